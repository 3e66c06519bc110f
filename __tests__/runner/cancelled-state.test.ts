import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { inOneJob, runBoth, runMain } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'

const PREVIEW = { event: event('pull_request', { number: 5 }) }
const QA = { environment: 'qa' }

test('cancelled-state unset: a canceled job becomes failure', async () => {
  const github = await startGitHub()
  await runBoth(github, QA, 'cancelled')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(github.store.deployments()[0]?.statuses.at(-1)?.description).toBe('Canceled')
})

test('cancelled-state unset: a canceled preview becomes inactive', async () => {
  const github = await startGitHub()
  await runBoth(github, {}, 'cancelled', PREVIEW)
  expect(states(github)).toEqual(['in_progress', 'inactive'])
})

test.each([
  [{ ...QA, 'transient-environment': 'true' }, 'inactive'],
  [{ ...QA, 'transient-environment': 'true', 'cancelled-state': 'error' }, 'error'],
  [{ ...QA, 'cancelled-state': 'inactive' }, 'inactive'],
  [{ ...QA, 'cancelled-state': ' Failure ' }, 'failure']
])('a canceled job with %j becomes %s', async (inputs, state) => {
  const github = await startGitHub()
  await runBoth(github, inputs, 'cancelled')
  expect(states(github)).toEqual(['in_progress', state])
})

test.each([
  [{}, { 'cancelled-state': 'error' }, 'error'],
  [{ 'cancelled-state': 'error' }, {}, 'error'],
  [{ 'cancelled-state': 'error' }, { 'cancelled-state': 'inactive' }, 'inactive'],
  [{ 'transient-environment': 'true' }, {}, 'inactive'],
  [{}, {}, 'failure']
])('start with %j and finish with %j: a canceled job becomes %s', async (start, finish, state) => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    await job.main({ ...QA, ...start })
    await job.main({ mode: 'finish', state: 'cancelled', ...finish })
  })
  expect(states(github)).toEqual(['in_progress', state])
})

test.each([
  [PREVIEW, {}, 'inactive'],
  [{}, QA, 'failure'],
  [{}, { ...QA, 'transient-environment': 'true' }, 'inactive']
])('finish in another job: cancelled-state follows the deployment', async (options, start, state) => {
  const github = await startGitHub()
  await runMain(github, { ...start, 'auto-finish': 'false' }, options)
  const report = { ...options, job: 'report', checkRunId: 4343 }
  const run = await runMain(github, { mode: 'finish', state: 'cancelled' }, report)
  expect([failureOf(run), states(github)]).toEqual([undefined, ['in_progress', state]])
})

test.each([
  [{}, 'failure'],
  [{ 'cancelled-state': 'error' }, 'error']
])('cleanup of a canceled run with %j posts %s', async (inputs, state) => {
  const github = await startGitHub()
  await runMain(github, QA, { runId: 77 })
  github.store.setRun(77, 1, { status: 'completed', conclusion: 'cancelled' })
  const run = await runMain(
    github,
    { mode: 'finish', ...inputs },
    { event: event('schedule'), runId: 78, job: 'nightly', checkRunId: 4343 }
  )
  expect([failureOf(run), states(github)]).toEqual([undefined, ['in_progress', state]])
})
