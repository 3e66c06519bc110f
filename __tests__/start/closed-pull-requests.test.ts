import { expect, test } from '@jest/globals'
import { event, MERGE_SHA } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { inOneJob, runBoth, runMain, sentWrites } from '../support/one-job.ts'
import { failureOf, logOf, warningsOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { ofBranch, seed, statesOf } from '../support/seeds.ts'
import { READ_ONLY } from '../support/steps.ts'

const CLOSED_AT = '2026-01-02T03:04:05Z'
const at = (seconds: number) => Date.parse(CLOSED_AT) + seconds * 1000
const CLOSED = { action: 'closed', number: 5, closedAt: CLOSED_AT }
const closed = (more: object = {}) => ({ event: event('pull_request', { ...CLOSED, ...more }) })
const ONE =
  'The pull request is closed, so nothing was deployed. 1 deployment was marked inactive. To delete it, use `mode: deactivate`.'
const NONE = 'The pull request is closed, so nothing was deployed. No deployment was marked inactive.'

/** A deployment of a pull request in an environment. */
const ofPull = (environment: string, number: number, createdAt = at(-60)) => ({
  environment,
  createdAt,
  payload: { 'deploy-status-action': { v: 1, pull_request: number } }
})

async function expectNothingDeployed(
  github: LocalGitHub,
  inputs: Record<string, string>,
  options: Parameters<typeof runMain>[2]
): Promise<readonly string[]> {
  const count = github.store.deployments().length
  const { main, post } = await runBoth(github, inputs, 'success', options)
  expect([failureOf(main), warningsOf(main), warningsOf(post)]).toEqual([undefined, [], []])
  expect(main.outputs['deployment-id'] ?? '').toBe('')
  expect(github.store.deployments()).toHaveLength(count)
  expect(logOf(post)).toEqual(['Nothing to finish.'])
  return logOf(main)
}

test.each([[false], [true]])(
  'start on a closed pull request creates nothing and marks its preview inactive (merged: %s)',
  async merged => {
    const github = await startGitHub()
    const ids = seed(
      github,
      { environment: 'pr-5', createdAt: at(-60) },
      { environment: 'pr-5', createdAt: at(60) },
      { environment: 'pr-5/web', createdAt: at(-60) },
      { environment: 'pr-55', createdAt: at(-60) }
    )
    const lines = await expectNothingDeployed(github, {}, closed({ merged }))
    expect(lines).toContain(ONE)
    expect(statesOf(github, ids)).toEqual(['inactive', 'success', 'success', 'success'])
  }
)

test('with an environment, only deployments of this pull request are marked inactive', async () => {
  const github = await startGitHub()
  const ids = seed(
    github,
    ofPull('preview', 5),
    ofPull('preview', 6),
    ofBranch('preview', 'changes', { createdAt: at(-60) }),
    ofPull('preview', 5, at(60)),
    ofPull('other', 5),
    { ...ofPull('preview', 5), state: 'failure' }
  )
  const lines = await expectNothingDeployed(github, { environment: 'preview' }, closed())
  expect(lines).toContain(ONE)
  expect(statesOf(github, ids)).toEqual([...['inactive', 'success', 'success', 'success', 'success', 'failure']])
})

test('the log counts several deployments, and none', async () => {
  const github = await startGitHub()
  expect(await expectNothingDeployed(github, {}, closed())).toContain(NONE)
  seed(github, ofPull('qa', 5), ofPull('qa', 5))
  expect(await expectNothingDeployed(github, { environment: 'qa' }, closed())).toContain(
    'The pull request is closed, so nothing was deployed. 2 deployments were marked inactive. To delete them, use `mode: deactivate`.'
  )
})

test('a fork on pull_request_target does not reach production in the same environment', async () => {
  const github = await startGitHub()
  const ids = seed(github, ofBranch('production', 'main'), ofPull('production', 5))
  const of = event('pull_request_target', { ...CLOSED, fork: 'someone/octo-repo', branch: 'main' })
  await expectNothingDeployed(github, { environment: 'production' }, { event: of })
  expect(statesOf(github, ids)).toEqual(['success', 'inactive'])
})

test.each([
  ['pull_request_review', { number: 5, payload: { pull_request: { state: 'closed' } } }],
  ['pull_request', { action: 'labeled', number: 5, payload: { pull_request: { state: 'closed' } } }]
] as const)('%s with the state closed is a closed pull request', async (name, options) => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'pr-5', createdAt: at(-60) })
  const of = event(name, name === 'pull_request' ? { ...options, action: 'opened' } : options)
  expect(await expectNothingDeployed(github, {}, { event: of })).toContain(ONE)
  expect(statesOf(github, ids)).toEqual(['inactive'])
})

test.each([
  [{ environment: 'production' }, {}],
  [{ environment: 'production' }, { payload: { pull_request: { merge_commit_sha: null } } }]
])('merged, with another environment: the merge commit is deployed', async (inputs, more) => {
  const github = await startGitHub()
  const options = { ...closed({ merged: true, ...more }), env: { GITHUB_SHA: MERGE_SHA } }
  const run = await runMain(github, inputs, options)
  expect([failureOf(run), run.outputs['sha']]).toEqual([undefined, MERGE_SHA])
})

test.each([
  [{ environment: 'PR-5' }],
  [{ environment: 'pr-5/web' }],
  [{ environment: 'review', 'transient-environment': 'true' }]
])('merged, with the preview %j: nothing is deployed', async inputs => {
  const github = await startGitHub()
  const [id = 0] = seed(github, ofPull(inputs.environment.toLowerCase(), 5))
  expect(await expectNothingDeployed(github, inputs, closed({ merged: true }))).toContain(ONE)
  expect(statesOf(github, [id])).toEqual(['inactive'])
})

test('an explicit ref on a closed pull request deploys', async () => {
  const github = await startGitHub()
  const run = await runMain(github, { environment: 'qa', ref: 'main' }, closed())
  expect([failureOf(run), github.store.deployments().length]).toEqual([undefined, 1])
})

test('a deployment-id on a closed pull request is reused', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: 'qa', state: 'queued' })
  const run = await runMain(github, { 'deployment-id': String(id) }, closed())
  expect([failureOf(run), run.outputs['deployment-id']]).toEqual([undefined, String(id)])
})

test('with a task, only deployments of this task are marked inactive', async () => {
  const github = await startGitHub()
  const task = (name: string) => ({ ...ofPull('pr-5', 5), task: name })
  const ids = seed(github, task('web'), task('api'))
  await expectNothingDeployed(github, { task: 'web' }, closed())
  expect(statesOf(github, ids)).toEqual(['inactive', 'success'])
})

test('auto-finish: false and a report job on a closed pull request succeed', async () => {
  const github = await startGitHub()
  seed(github, { environment: 'pr-5', createdAt: at(-60) })
  await expectNothingDeployed(github, { 'auto-finish': 'false' }, closed())
  const finish = { mode: 'finish', state: 'success' }
  const report = { ...closed(), job: 'report', checkRunId: 4343 }
  const run = await runMain(github, finish, report)
  expect([failureOf(run), warningsOf(run)]).toEqual([undefined, []])
})

test('a finish after start in the job of a closed pull request succeeds', async () => {
  const github = await startGitHub()
  const stages = await inOneJob(github, closed(), async job => [await job.main({}), await job.main({ mode: 'finish' })])
  expect(stages.map(stage => [failureOf(stage), warningsOf(stage)])).toEqual([
    [undefined, []],
    [undefined, []]
  ])
})

test('a command on a closed pull request is not started, with a warning', async () => {
  const github = await startGitHub()
  const run = await runMain(github, { run: 'echo "url=x" >> "$GITHUB_OUTPUT"' }, closed())
  expect([failureOf(run), run.outputs['url']]).toEqual([undefined, undefined])
  expect(warningsOf(run)).toEqual([
    expect.stringContaining('run: the command was not started. The pull request is closed.\n')
  ])
})

test('a dry run on a closed pull request logs the writes and sends none', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: 'pr-5', createdAt: at(-60) })
  const lines = await expectNothingDeployed(github, { 'dry-run': 'true' }, closed())
  expect(sentWrites(github)).toEqual([])
  expect(lines.join('\n')).toContain(`POST /repos/octo-org/octo-repo/deployments/${id}/statuses {"state":"inactive"`)
  expect(lines.join('\n')).toContain('1 deployment would be marked inactive.')
  expect(lines.at(-1)).toBe('Dry run: nothing was sent.')
})

test('a deployment that cannot be marked inactive fails the step', async () => {
  const github = await startGitHub()
  seed(github, { environment: 'pr-5', createdAt: at(-60) })
  github.intercept(request => (request.isWrite ? { status: 422, body: { message: 'Validation Failed' } } : undefined))
  const run = await runMain(github, {}, closed())
  expect(failureOf(run)).toMatch(/Validation Failed[\s\S]*Deployment \d+ of "pr-5" is still "success"/)
})

test("a fork's closed pull request with a read-only token is one warning", async () => {
  const github = await startGitHub(READ_ONLY)
  seed(github, { environment: 'pr-5', createdAt: at(-60) })
  const run = await runMain(github, {}, closed({ fork: 'someone/octo-repo' }))
  expect([failureOf(run), warningsOf(run).length]).toEqual([undefined, 1])
})

test.each([
  ['delete', { branch: 'topic' }, 'branch topic'],
  ['push', { deleted: true, branch: 'topic' }, 'branch topic'],
  ['delete', { tag: 'topic' }, 'tag topic'],
  ['push', { deleted: true, tag: 'topic' }, 'tag topic']
] as const)('start on %s %j marks inactive what the ref has deployed', async (name, options, ref) => {
  const github = await startGitHub()
  const ids = seed(github, ofBranch('qa', 'topic'), ofBranch('qa', 'other'), ofBranch('eu', 'topic'))
  const inputs = { environment: 'qa' }
  const lines = await expectNothingDeployed(github, inputs, { event: event(name, options) })
  expect(lines).toContain(
    `The ${ref} was deleted, so nothing was deployed. 1 deployment was marked inactive. To delete it, use \`mode: deactivate\`.`
  )
  expect(statesOf(github, ids)).toEqual(['inactive', 'success', 'success'])
})

test('start on a delete event needs an environment', async () => {
  const github = await startGitHub()
  const run = await runMain(github, {}, { event: event('delete') })
  expect(failureOf(run)).toMatch(/^environment: /)
  expect(github.requests).toEqual([])
})
