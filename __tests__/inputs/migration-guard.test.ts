import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { MIGRATION_NAMES } from '../../src/inputs/migration.ts'
import { runMain } from '../support/one-job.ts'
import { failureOf, logOf, warningsOf } from '../support/results.ts'
import { ROOT, startGitHub, states } from '../support/scenario.ts'
import { withoutLink } from '../support/without-link.ts'

const QA = { environment: 'qa' }
const variable = (name: string, value: string) => ({
  env: { [`INPUT_${name.toUpperCase()}`]: value }
})

test.each(['finish', 'deactivate-env', 'delete-env', ' Finish\n'])(
  'migration guard: INPUT_STEP %j fails a start before any request',
  async step => {
    const github = await startGitHub()
    const run = await runMain(github, QA, variable('step', step))
    expect(failureOf(run)).toMatch(/^step: .*`mode: (finish|deactivate)`/)
    expect(failureOf(run)).toContain('migrating.md')
    expect(github.requests).toEqual([])
  }
)

test.each([
  ['start', { ...QA }],
  ['build', { ...QA }],
  ['finished', { ...QA }],
  ['', { ...QA }],
  ['finish', { mode: 'deactivate', ...QA }]
])('migration guard: INPUT_STEP %j with %j fails nothing', async (step, inputs) => {
  const github = await startGitHub()
  const run = await runMain(github, inputs, variable('step', step))
  expect([failureOf(run), warningsOf(run)]).toEqual([undefined, []])
})

test.each(MIGRATION_NAMES.filter(name => name !== 'step'))(
  "a workflow's own variable INPUT_%s fails no step and warns about nothing",
  async name => {
    const github = await startGitHub()
    const run = await runMain(github, QA, variable(name, 'finish'))
    expect([failureOf(run), warningsOf(run)]).toEqual([undefined, []])
    expect(states(github)).toEqual(['in_progress'])
    expect(logOf(run).join('\n')).not.toContain('finish')
  }
)

test.each([
  ['env', {}, 'environment'],
  ['env_url', { ...QA, 'environment-url': 'example.com' }, 'environment-url'],
  ['deployment_id', { mode: 'finish' }, 'deployment-id'],
  ['initial-status', { ...QA, 'initial-state': 'success' }, 'initial-state'],
  ['status', { mode: 'finish', state: 'ok' }, 'state'],
  ['onlyRemoveDeployments', { mode: 'deactivate' }, 'delete']
])("another action's input %s adds a hint to an error that occurs anyway", async (name, inputs, ours) => {
  const github = await startGitHub()
  const without = await runMain(github, inputs)
  const run = await runMain(github, inputs, variable(name, 'hush-hush\n::error::x'))
  const message = withoutLink(failureOf(without) ?? '')
  expect(message).not.toBe('')
  expect(failureOf(run)?.startsWith(message)).toBe(true)
  const hint = failureOf(run)?.slice(message.length) ?? ''
  expect(hint).toContain(`"${name}"`)
  expect(hint).toContain(`"${ours}"`)
  expect(hint).toContain('migrating.md')
  expect(JSON.stringify(run)).not.toContain('hush')
})

const { inputs: declared } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
}

test.each(MIGRATION_NAMES)('the hint for %s names an input of this action', async name => {
  const github = await startGitHub()
  const failure = failureOf(await runMain(github, {}, variable(name, 'x'))) ?? ''
  const ours = new RegExp(`"${name}" is "([^"]+)"`).exec(failure)?.[1] ?? ''
  expect(Object.keys(declared)).toContain(ours)
  expect(Object.keys(declared)).not.toContain(name)
})

test('the hint links to the migration guide at the version of the action', async () => {
  const github = await startGitHub()
  const env = {
    INPUT_ENV: 'qa',
    GITHUB_ACTION_REPOSITORY: 'octo-org/ship',
    GITHUB_ACTION_REF: 'v1'
  }
  expect(failureOf(await runMain(github, {}, { env }))).toContain(
    `${github.env().GITHUB_SERVER_URL}/octo-org/ship/blob/v1/docs/migrating.md`
  )
})
