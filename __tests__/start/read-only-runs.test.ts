import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { runBoth, runMain } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'

const FORK = event('pull_request', { fork: 'someone/octo-repo' })
const DEPENDABOT = event('push', { sender: 'dependabot[bot]' })
const RUNS = [
  ["a fork's pull request", { event: FORK }],
  ['Dependabot', { event: DEPENDABOT, env: { GITHUB_ACTOR: 'dependabot[bot]' } }]
] as const

test.each(RUNS)('an empty secret as token on a run of %s counts as read-only', async (_, options) => {
  const github = await startGitHub()
  const inputs = { environment: 'qa', token: '' }
  const { main, post } = await runBoth(github, inputs, 'success', options)
  expect([failureOf(main), warningsOf(main).length]).toEqual([undefined, 1])
  expect(warningsOf(main)[0]).toMatch(/secret/)
  expect(main.outputs['deployment-id'] ?? '').toBe('')
  expect([failureOf(post), warningsOf(post), github.requests]).toEqual([undefined, [], []])
})

test.each(RUNS)('finish and deactivate with an empty secret on a run of %s succeed', async (_, options) => {
  const github = await startGitHub()
  for (const mode of ['finish', 'deactivate']) {
    const inputs = { mode, environment: 'qa', state: 'success', token: '' }
    const run = await runMain(github, inputs, options)
    expect([mode, failureOf(run), warningsOf(run).length]).toEqual([mode, undefined, 1])
  }
  expect(github.requests).toEqual([])
})

test.each(RUNS)('with an empty secret on a run of %s, the command still runs', async (_, options) => {
  const github = await startGitHub()
  const inputs = { environment: 'qa', token: '', run: 'echo "url=https://x" >> "$GITHUB_OUTPUT"' }
  const run = await runMain(github, inputs, options)
  expect([failureOf(run), run.outputs['url']]).toEqual([undefined, 'https://x'])
})

test.each([
  ['push', event('push')],
  ['pull_request', event('pull_request')],
  ['pull_request_target', event('pull_request_target', { fork: 'someone/octo-repo' })]
])('an empty token on %s of the repository is an input error', async (_, of) => {
  const github = await startGitHub()
  const run = await runMain(github, { environment: 'qa', token: '' }, { event: of })
  expect(failureOf(run)).toMatch(/^token: /)
  expect(github.requests).toEqual([])
})
