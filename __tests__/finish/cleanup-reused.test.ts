import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

const ALL = { deployments: 'write', contents: 'read', actions: 'read' } as const
const tokens = { ghs_local: { kind: 'github-token', permissions: ALL } } as const
const [CREATOR, REPORTER, OWN] = [555, 666, 8_000]

/** An unfinished deployment that one run created, and whose newest status links to `logUrl`. */
const left = (github: LocalGitHub, logUrl: string, autoFinish = true) =>
  github.store.seedDeployment({
    environment: 'qa',
    state: 'in_progress',
    logUrl,
    payload: {
      'deploy-status-action': {
        v: 1,
        run_id: CREATOR,
        run_attempt: 1,
        check_run_id: 77,
        auto_finish: autoFinish
      }
    }
  }).id

const pageOf = (github: LocalGitHub, run: number, repository = 'octo-org/octo-repo') =>
  `${github.env().GITHUB_SERVER_URL}/${repository}/actions/runs/${run}/job/9`

const setRun = (github: LocalGitHub, run: number, conclusion: string | null) =>
  github.store.setRun(run, 1, { status: conclusion ? 'completed' : 'in_progress', conclusion })

const onSchedule = (github: LocalGitHub) => act(github, { mode: 'finish' }, { event: event('schedule'), runId: OWN })

test.each([
  ['both runs are over', 'success', 'failure', 'failure'],
  ['both runs are over', 'failure', 'cancelled', 'failure'],
  ['both runs are over, the reporting one with success', 'failure', 'success', 'error'],
  ['the run that reported on it goes on', 'failure', null, 'in_progress'],
  ['the run that created it goes on', null, 'failure', 'in_progress']
] as const)('a reused deployment, %s (%s, %s): %s', async (_, creator, reporter, state) => {
  const github = await startGitHub({ tokens })
  const id = left(github, pageOf(github, REPORTER))
  setRun(github, CREATOR, creator)
  setRun(github, REPORTER, reporter)
  const run = await onSchedule(github)
  expect([run.exitCode, ...annotationsOf(run, 'error'), ...annotationsOf(run, 'warning')]).toEqual([0])
  expect(github.store.stateOf(id)).toBe(state)
  if (state !== 'in_progress') {
    expect(github.store.statuses(id).at(-1)?.logUrl).toBe(pageOf(github, REPORTER))
  }
})

test('a reused deployment gets the result of the run that reported on it last', async () => {
  const github = await startGitHub({ tokens })
  const id = left(github, pageOf(github, REPORTER))
  setRun(github, CREATOR, 'success')
  const cause = event('workflow_run', { runId: REPORTER, conclusion: 'failure' })
  await act(github, { mode: 'finish' }, { event: cause, runId: OWN })
  expect(github.store.stateOf(id)).toBe('failure')
})

test('a reused deployment stays open while the run that reuses it is not over', async () => {
  const github = await startGitHub({ tokens })
  const id = left(github, pageOf(github, REPORTER))
  setRun(github, REPORTER, null)
  const cause = event('workflow_run', { runId: CREATOR, conclusion: 'failure' })
  await act(github, { mode: 'finish' }, { event: cause, runId: OWN })
  expect(github.store.stateOf(id)).toBe('in_progress')
})

test.each([
  ['with auto-finish: false it is left alone', false, 'in_progress'],
  ['with auto-finish its own run decides', true, 'failure']
])('a log URL of another system: %s', async (_, autoFinish, state) => {
  const github = await startGitHub({ tokens })
  const id = left(github, 'https://argo.example.com/applications/qa', autoFinish)
  setRun(github, CREATOR, 'failure')
  await onSchedule(github)
  expect(github.store.stateOf(id)).toBe(state)
  if (state === 'failure') {
    expect(github.store.statuses(id).at(-1)?.logUrl).toMatch(/argo/)
  }
})

test('the log URL of a run in another repository does not count as a run of this repository', async () => {
  const github = await startGitHub({ tokens })
  const id = left(github, pageOf(github, REPORTER, 'octo-org/octo-repository'), false)
  setRun(github, CREATOR, 'failure')
  setRun(github, REPORTER, 'failure')
  await onSchedule(github)
  expect(github.store.stateOf(id)).toBe('in_progress')
})

test.each([
  ['the run that created it', CREATOR],
  ['the run that reported on it', REPORTER]
])('%s was deleted: one notice, and no warning', async (_, deleted) => {
  const github = await startGitHub({ tokens })
  const ids = [left(github, pageOf(github, REPORTER)), left(github, pageOf(github, REPORTER))]
  for (const run of [CREATOR, REPORTER]) if (run !== deleted) setRun(github, run, 'failure')
  setRun(github, OWN, null)
  const run = await onSchedule(github)
  expect([run.exitCode, ...annotationsOf(run, 'error'), ...annotationsOf(run, 'warning')]).toEqual([0])
  expect(annotationsOf(run, 'notice')).toEqual([expect.stringContaining('was deleted')])
  expect(ids.map(id => github.store.stateOf(id))).toEqual(['in_progress', 'in_progress'])
})

test('without actions: read, looking up the reporting run is one error that names the permission', async () => {
  const github = await startGitHub({
    tokens: { ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } } }
  })
  const id = left(github, pageOf(github, REPORTER))
  const cause = event('workflow_run', { runId: CREATOR, conclusion: 'failure' })
  const run = await act(github, { mode: 'finish' }, { event: cause, runId: OWN })
  expect(run.exitCode).toBe(1)
  expect(annotationsOf(run, 'error')).toEqual([expect.stringContaining('actions: read')])
  expect(github.store.stateOf(id)).toBe('in_progress')
})

test('cleanup keeps the log URL of a deployment, and adds that of its run if there is none', async () => {
  for (const logUrl of [pageOf(await startGitHub(), 1), '']) {
    const github = await startGitHub({ tokens })
    const given = logUrl === '' ? '' : pageOf(github, CREATOR)
    const id = left(github, given)
    setRun(github, CREATOR, 'failure')
    await onSchedule(github)
    expect(github.store.statuses(id).at(-1)?.logUrl).toBe(given || pageOf(github, CREATOR).replace('/job/9', '/job/77'))
  }
})
