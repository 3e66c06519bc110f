import { expect, test } from '@jest/globals'
import { deploySummary, pushed } from '../../scripts/pictures/scenarios.ts'
import { BASE_SHA, event } from '../../simulator/events/index.ts'
import { act } from '../support/act.ts'
import { runBoth, runMain } from '../support/one-job.ts'
import { failureOf, logOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const DEPLOY = {
  environment: 'qa',
  jobStatus: 'success',
  seconds: 60,
  event: pushed('Fix totals')
}

test.each([
  ['success', 1, '2 s'],
  ['failure', 90, '1 min 31 s'],
  ['cancelled', 7_500, '2 h 5 min'],
  ['success', 90_000, '25 h 0 min']
])('a job with the result %s after %i s has the duration %s', async (jobStatus, seconds, text) => {
  expect(await deploySummary({ ...DEPLOY, jobStatus, seconds })).toContain(`| ${text} |`)
})

test('the summary shows the first line of the commit message and its author', async () => {
  const summary = await deploySummary({ ...DEPLOY, event: pushed('Fix totals\n\nAnd why.') })
  expect(summary).toContain('\nFix totals, by monalisa\n')
  expect(summary).not.toContain('And why')
})

test('the summary links to the pull request', async () => {
  const github = await startGitHub()
  const payload = { pull_request: { title: 'Fix totals', user: { login: 'monalisa' } } }
  const pull = event('pull_request', { number: 12, payload })
  const { summary } = await act(github, { 'auto-finish': 'false' }, { event: pull })
  const link = `[&#35;&#8203;12](${github.origin}/octo-org/octo-repo/pull/12)`
  expect(summary).toContain(`\nFix totals ${link}, by monalisa\n`)
})

test('the title of one commit is not shown for another', async () => {
  const { summary } = await act(
    await startGitHub(),
    { environment: 'qa', ref: BASE_SHA, 'auto-finish': 'false' },
    { event: pushed('Fix totals') }
  )
  expect(summary).toContain(`[${BASE_SHA.slice(0, 7)}](`)
  expect(summary).not.toContain('Fix totals')
})

test('the summary of a dry run is labeled as one and has no duration', async () => {
  const summary = await deploySummary({ ...DEPLOY, inputs: { 'dry-run': 'true' } })
  expect(summary).toMatch(/^### ✅ Deployed to qa \(dry run, nothing was changed\)\n/)
  expect(summary).not.toContain('Duration')
})

/** The summary of a `finish` for a deployment that another job started an hour ago. */
async function finishSummary(state: 'in_progress' | 'success'): Promise<string> {
  const time = virtualTime()
  const github = await startGitHub({ time })
  const [id] = seed(github, { environment: 'qa', state, createdAt: time.now() - 3_600_000 })
  const { summary } = await runMain(github, { mode: 'finish', state: 'success', 'deployment-id': String(id) })
  return summary
}

test("the duration of another job's deployment counts from its creation", async () => {
  expect(await finishSummary('in_progress')).toContain('| 1 h 0 min |')
})

test('a deployment that was already final has no duration', async () => {
  expect(await finishSummary('success')).not.toContain('Duration')
})

const OLD_SHA = '1'.repeat(40)

test.each([
  ['success', {}, 'Deployed to qa'],
  ['failure', {}, 'Deployment to qa failed'],
  ['cancelled', {}, 'Deployment canceled; qa still runs 1111111'],
  ['cancelled', { 'cancelled-state': 'inactive' }, 'Deployment canceled; qa still runs 1111111'],
  ['success', { state: 'skipped' }, 'Deployment to qa skipped'],
  ['success', { state: 'error' }, 'Deployment to qa ended with an error']
])(
  'the heading of the summary and the end of the log for a job with the result %s and %j',
  async (status, inputs, text) => {
    const github = await startGitHub()
    seed(github, { environment: 'qa', sha: OLD_SHA })
    const { post } = await runBoth(github, { environment: 'qa', ...inputs }, status)
    expect(post.summary).toMatch(new RegExp(`^### \\S+ ${text}\n`))
    const page = `${github.origin}/octo-org/octo-repo/deployments/activity_log?environments_filter=qa`
    expect(logOf(post).at(-1)).toBe(`${text}: ${page}`)
  }
)

test('the summary of a canceled deployment without an earlier one names no running commit', async () => {
  const { post } = await runBoth(await startGitHub(), { environment: 'qa' }, 'cancelled')
  expect(post.summary).toContain('Deployment to qa canceled\n')
})

test('a deactivation that fails is not called one that had nothing to do', async () => {
  const github = await startGitHub()
  seed(github, { environment: 'qa' })
  github.intercept(({ operation }) =>
    operation.endsWith('/statuses') ? { status: 422, body: { message: 'No' } } : undefined
  )
  const run = await runMain(github, { mode: 'deactivate', environment: 'qa' })
  expect(failureOf(run)).toContain('Completed: 0 deployments made inactive')
  expect(run.summary).toMatch(/^### ⚠️ Deactivation failed\n\nSee the log for the errors\.\n\n$/)
  expect(logOf(run).at(-1)).toBe(`Deactivation failed: ${github.origin}/octo-org/octo-repo/deployments`)
})
