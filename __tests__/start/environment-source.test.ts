import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { runMain } from '../support/one-job.ts'
import { failureOf, logOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const PULL = { event: event('pull_request', { number: 5 }) }

test.each([
  [{ environment: 'qa' }, {}, 'Environment: qa (input "environment")'],
  [{ environment: ' ' }, PULL, 'Environment: pr-5 (pull request #5; the input "environment" is empty)'],
  [{ environment: 'qa', 'dry-run': 'true' }, PULL, 'Environment: qa (input "environment")'],
  [{ mode: 'deactivate', environment: 'qa' }, PULL, 'Environments: qa (input "environment")'],
  [{ mode: 'deactivate' }, PULL, 'Environments: pr-5 (pull request #5; the input "environment" is empty)']
])('the log names the environment of %j and where it comes from', async (inputs, options, line) => {
  const github = await startGitHub()
  const run = await runMain(github, inputs, options)
  expect([failureOf(run), logOf(run).filter(each => each.startsWith('Environment'))]).toEqual([undefined, [line]])
})

test('the log names the environment of a reused deployment', async () => {
  const github = await startGitHub()
  const [id = 0] = seed(github, { environment: 'staging', state: 'queued' })
  const byId = await runMain(github, { 'deployment-id': String(id) })
  expect(logOf(byId)).toContain(`Environment: staging (deployment ${id}; the input "environment" is empty)`)
  const moved = await runMain(github, { 'deployment-id': String(id), environment: 'qa' })
  expect(logOf(moved)).toContain('Environment: qa (input "environment")')
  const { sha } = github.store.deployments()[0] ?? {}
  const of = event('deployment', { deployment: { id, environment: 'staging', sha, ref: sha } })
  const byEvent = await runMain(github, {}, { event: of })
  expect(logOf(byEvent)).toContain(`Environment: staging (deployment ${id}; the input "environment" is empty)`)
})
