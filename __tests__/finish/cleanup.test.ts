import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runWorkflow } from '../../simulator/runner/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { ACTION, ROOT, startGitHub } from '../support/scenario.ts'
import { seed, statesOf } from '../support/seeds.ts'

const DAY_MS = 24 * 3_600_000
const ALL = { deployments: 'write', contents: 'read', actions: 'read' } as const
const tokens = { ghs_local: { kind: 'github-token', permissions: ALL } } as const
const FINISH = { mode: 'finish' }
const OWN_RUN = 8_000

interface Left {
  readonly run: number
  readonly attempt?: number
  readonly autoFinish?: boolean
  readonly environment?: string
  readonly state?: 'in_progress' | 'queued' | 'success'
  readonly ageDays?: number
  readonly checkRun?: number
}

/** A deployment as a runner that died leaves it. */
const left = (github: LocalGitHub, { run, attempt = 1, autoFinish = true, ...more }: Left): number => {
  const { environment = 'qa', state = 'in_progress', ageDays = 1, checkRun = 77 } = more
  const origin = {
    v: 1,
    run_id: run,
    run_attempt: attempt,
    check_run_id: checkRun,
    job: 'deploy',
    auto_finish: autoFinish,
    key: 'k'
  }
  const payload = { 'deploy-status-action': origin }
  const createdAt = Date.now() - ageDays * DAY_MS
  const environmentUrl = 'https://qa.example.com'
  return seed(github, { environment, state, payload, createdAt, environmentUrl })[0] ?? 0
}

const last = (github: LocalGitHub, id: number) => github.store.statuses(id).at(-1)

const onSchedule = (github: LocalGitHub, inputs: Record<string, string> = {}) =>
  act(github, { ...FINISH, ...inputs }, { event: event('schedule'), runId: OWN_RUN })

const afterRun = (github: LocalGitHub, of: { runId: number; conclusion: string; runAttempt?: number }) =>
  act(github, FINISH, { event: event('workflow_run', of) })

test.each([
  ['failure', 'failure', 'Failed: the run ended before it reported'],
  ['cancelled', 'failure', 'Canceled: the run ended before it reported'],
  ['timed_out', 'failure', 'Timed out: the run ended before it reported'],
  ['startup_failure', 'error', 'Could not start: the run ended before it reported'],
  ['skipped', 'inactive', 'Skipped: the run ended before it reported'],
  ['success', 'error', 'The run ended without a result']
])(
  'cleanup after a run with the conclusion %s posts %s, on workflow_run and on a schedule',
  async (conclusion, state, words) => {
    for (const way of ['schedule', 'workflow_run']) {
      const github = await startGitHub({ tokens })
      const id = left(github, { run: 555 })
      github.store.setRun(555, 1, { status: 'completed', conclusion })
      const run = way === 'schedule' ? await onSchedule(github) : await afterRun(github, { runId: 555, conclusion })
      expect([run.exitCode, run.annotations]).toEqual([0, []])
      expect(last(github, id)).toMatchObject({
        state,
        description: words,
        environmentUrl: 'https://qa.example.com',
        logUrl: `${github.env().GITHUB_SERVER_URL}/octo-org/octo-repo/actions/runs/555/job/77`
      })
      expect(run.outputs).toMatchObject({ 'deployment-id': String(id), state })
      // When the run ended is not known.
      expect(run.summary).toMatch(/^### \S+ Deployment to qa /)
      expect(run.summary).not.toMatch('Duration')
    }
  }
)

test('on workflow_run, the triggering run is not looked up, and deployments of other runs stay open', async () => {
  const github = await startGitHub()
  const [own, other] = [left(github, { run: 555 }), left(github, { run: 556 })]
  const run = await afterRun(github, { runId: 555, conclusion: 'failure' })
  expect(run.exitCode).toBe(0)
  expect(statesOf(github, [own, other])).toEqual(['failure', 'in_progress'])
  expect(github.requests.filter(({ path }) => path.includes('/actions/'))).toEqual([])
})

test('on a schedule, each attempt is looked up once, and deployments of unfinished runs stay open', async () => {
  const github = await startGitHub({ tokens })
  github.store.setRun(600, 1, { status: 'completed', conclusion: 'cancelled' })
  github.store.setRun(600, 2, { status: 'completed', conclusion: 'failure' })
  github.store.setRun(601, 1, { status: 'in_progress', conclusion: null })
  const ids = [
    left(github, { run: 600, environment: 'a' }),
    left(github, { run: 600, environment: 'b', state: 'queued' }),
    left(github, { run: 600, attempt: 2, environment: 'a' }),
    left(github, { run: 601 }),
    left(github, { run: 600, environment: 'c', state: 'success' })
  ]
  const run = await onSchedule(github)
  expect(run.exitCode).toBe(0)
  expect(statesOf(github, ids)).toEqual(['failure', 'failure', 'failure', 'in_progress', 'success'])
  const lookUps = github.requests.filter(({ path }) => path.includes('/actions/runs/'))
  expect(lookUps.map(({ path }) => path.split('/runs/')[1]).sort()).toEqual([
    '600/attempts/1',
    '600/attempts/2',
    '601/attempts/1'
  ])
  const listed = JSON.parse(run.outputs['deployments'] ?? '[]') as { id: number }[]
  expect(listed.map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]])
})

test('cleanup leaves deployments of other tools, of this run, older than 40 days, or left to another system', async () => {
  const github = await startGitHub({ tokens })
  github.store.setRun(700, 1, { status: 'completed', conclusion: 'success' })
  github.store.setRun(701, 1, { status: 'completed', conclusion: 'failure' })
  github.store.setRun(OWN_RUN, 1, { status: 'in_progress', conclusion: null })
  const [foreign] = seed(github, { environment: 'qa', state: 'in_progress' })
  const ids = [
    foreign ?? 0,
    left(github, { run: 701, ageDays: 41 }),
    left(github, { run: 700, autoFinish: false }),
    left(github, { run: 702 })
  ]
  const run = await onSchedule(github)
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning')]).toEqual([0, [], []])
  expect(statesOf(github, ids)).toEqual(ids.map(() => 'in_progress'))
  expect(annotationsOf(run, 'notice')).toEqual([expect.stringContaining('was deleted')])
  expect(run.stdout).toContain('No deployment was cleaned up.')
})

test('a later attempt of the triggering run is looked up, because it may not be over', async () => {
  const github = await startGitHub({ tokens })
  github.store.setRun(555, 1, { status: 'completed', conclusion: 'failure' })
  github.store.setRun(555, 2, { status: 'in_progress', conclusion: null })
  const [old, now] = [left(github, { run: 555 }), left(github, { run: 555, attempt: 2 })]
  await afterRun(github, { runId: 555, conclusion: 'failure', runAttempt: 1 })
  expect(statesOf(github, [old, now])).toEqual(['failure', 'in_progress'])
})

test('environment and task select the deployments to clean up', async () => {
  const github = await startGitHub({ tokens })
  github.store.setRun(800, 1, { status: 'completed', conclusion: 'failure' })
  const ids = ['qa', 'pr-1', 'pr-2'].map(environment => left(github, { run: 800, environment }))
  await onSchedule(github, { environment: 'pr-*' })
  expect(statesOf(github, ids)).toEqual(['in_progress', 'failure', 'failure'])
})

test('a status that was posted at the end of the run is kept, even if the list is older', async () => {
  const github = await startGitHub({ tokens })
  github.store.setRun(555, 1, { status: 'completed', conclusion: 'success' })
  const id = left(github, { run: 555 })
  github.intercept(async ({ operation }, proceed) => {
    if (operation !== 'graphql query Deployments') return undefined
    await proceed()
    github.store.seedStatus(id, { state: 'success' })
    return undefined
  })
  const run = await afterRun(github, { runId: 555, conclusion: 'success' })
  expect([run.exitCode, github.store.stateOf(id)]).toEqual([0, 'success'])
})

test('without actions: read, cleanup fails with an error that names the permission and says that nothing was changed', async () => {
  const github = await startGitHub({
    tokens: { ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } } }
  })
  const id = left(github, { run: 900 })
  github.store.setRun(900, 1, { status: 'completed', conclusion: 'failure' })
  const run = await onSchedule(github)
  expect(run.exitCode).toBe(1)
  const [message = '', ...more] = annotationsOf(run, 'error')
  expect(more).toEqual([])
  expect(message).toContain('Could not read attempt 1 of run 900')
  expect(message).toContain('actions: read')
  expect(github.store.stateOf(id)).toBe('in_progress')
})

test('cleanup in a dry run sends no write', async () => {
  const github = await startGitHub({ tokens })
  github.store.setRun(555, 1, { status: 'completed', conclusion: 'failure' })
  const id = left(github, { run: 555 })
  const run = await onSchedule(github, { 'dry-run': 'true' })
  expect([run.exitCode, github.store.stateOf(id)]).toEqual([0, 'in_progress'])
  expect(run.stdout).toContain(`/deployments/${id}/statuses {"state":"failure"`)
})

test('with both of its triggers, the example finishes only deployments that a lost runner left open', async () => {
  const workflow = readFileSync(join(ROOT, 'examples', 'cleanup.yml'), 'utf8')
  for (const cause of [event('schedule'), event('workflow_run', { runId: 555, conclusion: 'failure' })]) {
    const github = await startGitHub({ tokens })
    github.store.setRun(555, 1, { status: 'completed', conclusion: 'failure' })
    github.store.setRun(556, 1, { status: 'in_progress', conclusion: null })
    const [dead, alive] = [left(github, { run: 555 }), left(github, { run: 556 })]
    const active = seed(github, { environment: 'qa' })[0] ?? 0
    const run = await runWorkflow({
      workflow,
      root: ROOT,
      actions: { [ACTION]: ROOT },
      event: cause,
      env: { ...github.env() },
      runId: 900
    })
    expect(run.conclusion).toBe('success')
    expect(statesOf(github, [dead, alive, active])).toEqual(['failure', 'in_progress', 'success'])
  }
})
