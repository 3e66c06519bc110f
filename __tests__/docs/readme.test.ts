import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { event } from '../../simulator/events/index.ts'
import { runWorkflow } from '../../simulator/runner/index.ts'
import { actionsIn } from '../support/examples/repository.ts'
import { shown } from '../support/examples/run.ts'
import { ACTION, expectWellBehaved, ROOT, startGitHub } from '../support/scenario.ts'

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const blocks = [...readme.matchAll(/^```yaml\n((?:.*\n)*?)```$/gm)].map(([, yaml = '']) => yaml)
const [first = ''] = blocks

const root = mkdtempSync(join(tmpdir(), 'readme-'))
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))

/** Runs the first block unchanged, with a deploy script. */
async function runFirst(script: string) {
  const github = await startGitHub()
  const workflow = join(root, '.github', 'workflows', 'deploy.yml')
  mkdirSync(join(root, '.github', 'workflows'), { recursive: true })
  writeFileSync(workflow, first)
  writeFileSync(join(root, 'deploy.sh'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(root, 'deploy.sh'), 0o755)
  const options = {
    root,
    actions: actionsIn(first),
    checkRunId: () => 4242,
    env: { ...github.env() }
  }
  expectWellBehaved(await runWorkflow({ ...options, workflow, event: event('push') }))
  return shown(github)
}

test('the first block is a complete workflow that reports a successful deploy', async () => {
  expect(await runFirst('echo "url=https://www.example.com" >> "$GITHUB_OUTPUT"')).toEqual([
    'production feed: in_progress success https://www.example.com'
  ])
})

test('the first block reports a failed deploy', async () => {
  expect(await runFirst('exit 1')).toEqual(['production feed: in_progress failure'])
})

/** Every `with` of our action, at any depth of a workflow, a job or a list of steps. */
function givenIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return []
  const { uses, with: given } = value as { uses?: unknown; with?: Record<string, unknown> }
  const here = typeof uses === 'string' && uses.startsWith(ACTION) ? [given ?? {}] : []
  return [...here, ...Object.values(value).flatMap(givenIn)]
}

test('every block is valid YAML, and uses only inputs of the action', () => {
  const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'))
  expect(blocks.length).toBeGreaterThan(3)
  for (const block of blocks) {
    const given = givenIn(parse(block))
    expect([block, given.length > 0]).toEqual([block, block.includes('uses:')])
    for (const name of given.flatMap(each => Object.keys(each))) expect(inputs).toHaveProperty(name)
  }
})

test('it has at most 320 lines', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(320)
})
