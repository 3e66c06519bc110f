import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../local/events/index.ts'
import type { LocalGitHub } from '../../local/github/index.ts'
import { runWorkflow } from '../../local/runner/index.ts'
import { ACTION, ROOT, startGitHub, states } from '../support/story.ts'
import { expectExit, runAct } from './support/nektos-act.ts'
import { openWorkspace } from './support/workspace.ts'

const { folder, remove } = openWorkspace()
afterAll(remove)

/** What each example leaves: environment, state and address of its deployments. */
const LEFT: Record<string, string[][]> = {
  'deploy.yml': [['production', 'success', 'https://www.example.com']],
  'environments.yml': ['dev', 'production', 'qa'].map(name => [
    name,
    'success',
    `https://${name}.example.com`
  ]),
  'finish-in-another-job.yml': [['production', 'success', '']],
  'wrap-a-command.yml': [['staging', 'success', 'https://staging.example.com']]
}

const left = (github: LocalGitHub): string[][] =>
  github.store
    .deployments()
    .map(({ id, environment, statuses }) => [
      environment,
      github.store.stateOf(id),
      statuses.at(-1)?.environmentUrl ?? ''
    ])
    .sort()

/** Examples that are run elsewhere, and why. */
const ELSEWHERE: Record<string, string> = {
  'preview.yml': 'needs two events, in act-shapes.tool.ts',
  'protected.yml': "act's schema does not know `deployment: false`; on the local runner, below",
  'reaper.yml': 'reads how runs ended, which is a matter of GitHub and not of a runner'
}

test('every example is run', () => {
  const examples = readdirSync(join(ROOT, 'examples')).filter(name => name.endsWith('.yml'))
  const known = [...Object.keys(LEFT), ...Object.keys(ELSEWHERE)]
  expect(examples.filter(name => !known.includes(name))).toEqual([])
})

for (const [example, expected] of Object.entries(LEFT)) {
  test(`act: examples/${example}`, async () => {
    const github = await startGitHub()
    expectExit(await runAct(github, folder, { workflow: `examples/${example}` }), 0)
    expect(left(github)).toEqual(expected)
  })
}

test('local runner: examples/protected.yml, where GitHub is asked for no deployment of its own', async () => {
  const github = await startGitHub()
  const asked: boolean[] = []
  await runWorkflow({
    workflow: join(ROOT, 'examples', 'protected.yml'),
    root: ROOT,
    actions: { [ACTION]: ROOT, 'actions/checkout@v6': 'skip' },
    event: event('push'),
    env: { ...github.env() },
    onJobEnvironment: (_, { deployment }) => void asked.push(deployment)
  })
  expect(new Set(asked)).toEqual(new Set([false]))
  expect(left(github)).toEqual([['production', 'success', 'https://www.example.com']])
})

test('act: without post in action.yml a deployment would stay open, so that these tests are red', async () => {
  const withoutPost = openWorkspace({ edit: text => text.replace(/^ +post(-if)?:.*\n/gm, '') })
  try {
    const github = await startGitHub()
    const workflow = '__tests__/workflows/late-url.yml'
    expectExit(await runAct(github, withoutPost.folder, { workflow }), 0)
    expect(states(github)).toEqual(['in_progress'])
  } finally {
    withoutPost.remove()
  }
})
