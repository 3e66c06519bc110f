import { expect, test } from '@jest/globals'
import { deploySummary, pushed } from '../../scripts/pictures/scenarios.ts'
import { BASE_SHA, event } from '../../simulator/events/index.ts'
import { act } from '../support/act.ts'
import { beginJob } from '../support/in-process.ts'
import { seed } from '../support/seeds.ts'
import { startGitHub } from '../support/story.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const DEPLOY = {
  environment: 'qa',
  jobStatus: 'success',
  seconds: 60,
  event: pushed('Fix totals')
}

const diagramOf = (summary: string): string[] =>
  (/```mermaid\n([\s\S]*?)\n```/.exec(summary)?.[1] ?? '').split('\n').map(line => line.trim())

test.each([
  ['failure', 90, 'failure :crit, milestone, 2000-01-01 00:01:30, 0s', 'axisFormat %M:%S'],
  ['cancelled', 7_500, 'inactive :milestone, 2000-01-01 02:05:00, 0s', 'axisFormat %H:%M']
])('a job with the result %s after %i s', async (jobStatus, seconds, milestone, axis) => {
  const summary = await deploySummary({ ...DEPLOY, jobStatus, seconds })
  expect(diagramOf(summary)).toEqual(expect.arrayContaining([milestone, axis]))
})

test.each([
  ['too short to see', 1],
  ['of a day and more', 90_000]
])('no diagram of a deploy %s, but its duration', async (_, seconds) => {
  const summary = await deploySummary({ ...DEPLOY, seconds })
  expect(summary).toContain('Duration')
  expect(summary).not.toContain('mermaid')
})

test('the first line of the message, and its author where the event names one', async () => {
  const summary = await deploySummary({ ...DEPLOY, event: pushed('Fix totals\n\nAnd why.') })
  expect(summary).toContain('\nFix totals, by monalisa\n')
  expect(summary).not.toContain('And why')
})

test('a pull request is named and linked', async () => {
  const github = await startGitHub()
  const payload = { pull_request: { title: 'Fix totals', user: { login: 'monalisa' } } }
  const pull = event('pull_request', { number: 12, payload })
  const { summary } = await act(github, { 'auto-finish': 'false' }, { event: pull })
  const link = `[&#35;&#8203;12](${github.origin}/octo-org/octo-repo/pull/12)`
  expect(summary).toContain(`\nFix totals ${link}, by monalisa\n`)
})

test('the words of one commit are not said of another', async () => {
  const { summary } = await act(
    await startGitHub(),
    { environment: 'qa', ref: BASE_SHA, 'auto-finish': 'false' },
    { event: pushed('Fix totals') }
  )
  expect(summary).toContain(`[${BASE_SHA.slice(0, 7)}](`)
  expect(summary).not.toContain('Fix totals')
})

test('a dry run lists what it would send', async () => {
  const summary = await deploySummary({ ...DEPLOY, inputs: { 'dry-run': 'true' } })
  expect(summary).toMatch(/^### ✅ success: .* \(dry run, nothing was changed\)\n/)
  expect(summary).toContain('| deployment, in_progress, success | none |')
  expect(summary).not.toMatch(/mermaid|Duration/)
})

/** A job that ends a deployment which another one began an hour ago. */
async function endOf(state: 'in_progress' | 'success'): Promise<string> {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const [id] = seed(github, { environment: 'qa', state, createdAt: time.now() - 3_600_000 })
  const job = beginJob(github, { event: event('push'), clock: time.clock })
  const inputs = { mode: 'finish', state: 'success', 'deployment-id': String(id) }
  const { summary } = await time.drive(job.main(inputs))
  job.end()
  return summary
}

test('of what another job began, the time that it was open is told', async () => {
  const summary = await endOf('in_progress')
  expect(summary).toContain('| 1 h 0 min |')
  expect(diagramOf(summary)).toContain(
    'open, 1 h 0 min :active, 2000-01-01 00:00:00, 2000-01-01 01:00:00'
  )
})

test('of what was over already, no time is told', async () => {
  expect(await endOf('success')).not.toMatch(/mermaid|Duration/)
})

test('nothing but our own words gets into a diagram, whatever the saved state says', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const job = beginJob(github, { event: event('push'), clock: time.clock })
  const main = await time.drive(job.main({ environment: 'qa' }))
  const begun = JSON.parse(main.state['begun'] ?? '')
  const at = begun.startedAt
  const entered = [{ state: 'queued', at }, { state: 'x\n click y href "//z"', at }, 'pending', {}]
  const state = { begun: JSON.stringify({ ...begun, entered }) }
  await time.drive(time.sleep(60_000))
  const { summary } = await time.drive(job.post({ ...main, state }, 'success'))
  job.end()
  expect(diagramOf(summary).slice(-2)).toEqual([
    'queued, 1 min 0 s :active, 2000-01-01 00:00:00, 2000-01-01 00:01:00',
    'success :milestone, 2000-01-01 00:01:00, 0s'
  ])
  expect(summary).not.toContain('click')
})
