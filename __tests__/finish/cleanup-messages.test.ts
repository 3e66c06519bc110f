import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { DeploymentSeed, LocalGitHub } from '../../simulator/github/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { lastStatus, runAll, use } from '../support/steps.ts'
import { startWithTokens } from '../support/tokens.ts'

const OWN = 8_000
const qa = { environment: 'qa' }
const NOT_FOUND = { status: 404, body: { message: 'Not Found' } }

/** A deployment that a run of this repository left open. */
const left = (github: LocalGitHub, run: number, more: DeploymentSeed = {}): DeploymentSeed => ({
  ...qa,
  state: 'in_progress',
  logUrl: `${github.env().GITHUB_SERVER_URL}/octo-org/octo-repo/actions/runs/${run}/job/77`,
  payload: { 'deploy-status-action': { v: 1, run_id: run, run_attempt: 1, auto_finish: true, key: `k${run}` } },
  ...more
})

const over = (github: LocalGitHub, run: number, conclusion: string) =>
  github.store.setRun(run, 1, { status: 'completed', conclusion })

const cleanUp = (github: LocalGitHub, inputs: Record<string, string> = {}) => {
  github.store.setRun(OWN, 1, { status: 'in_progress' })
  return act(github, { mode: 'finish', ...inputs }, { event: event('schedule'), runId: OWN })
}

test('the description of a cleanup does not stay on a deployment that a re-run finishes with success', async () => {
  const github = await startWithTokens()
  const runId = 50
  await runAll(
    github,
    { start: { steps: [use({ ...qa, 'auto-finish': 'false' })], 'runs-on': 'ubuntu-latest' } },
    { runId }
  )
  const cause = event('workflow_run', { runId, conclusion: 'failure' })
  await act(github, { mode: 'finish' }, { event: cause, runId: 60 })
  expect(lastStatus(github)).toMatchObject({ state: 'failure' })
  const finish = { steps: [use({ mode: 'finish', state: 'success' })], 'runs-on': 'ubuntu-latest' }
  await runAll(github, { finish }, { runId, runAttempt: 2 })
  expect(lastStatus(github)).toMatchObject({ state: 'success', description: '' })
})

test('cleanup of another repository reads the runs of this one', async () => {
  const github = await startWithTokens()
  const other = github.store.repository('octo-org/other')
  const { id } = other.seedDeployment(left(github, 5))
  over(github, 5, 'failure')
  const run = await cleanUp(github, { repository: 'octo-org/other', token: 'ghs_other' })
  expect([run.exitCode, ...annotationsOf(run, 'error')]).toEqual([0])
  expect(other.stateOf(id)).toBe('failure')
})

test('cleanup warns about a comma that was meant as a separator', async () => {
  const github = await startWithTokens()
  seed(github, left(github, 1), left(github, 1, { environment: 'qb' }))
  over(github, 1, 'failure')
  const run = await cleanUp(github, { environment: 'qa,qb' })
  expect(annotationsOf(run, 'warning')).toEqual([expect.stringContaining('"qa, qb"')])
})

test('without actions: read, the error of a cleanup of several links to the permissions', async () => {
  const permissions = { deployments: 'write' } as const
  const github = await startGitHub({ tokens: { ghs_local: { kind: 'github-token', permissions } } })
  seed(github, left(github, 1), left(github, 2))
  const run = await cleanUp(github)
  expect(run.stdout).toContain('See "The token lacks a permission"')
})

test('the error of a cleanup does not name its own run as the one that left deployments open', async () => {
  const github = await startWithTokens()
  seed(github, left(github, 1))
  github.intercept(({ path }) => (path.includes('/actions/runs/') ? NOT_FOUND : undefined))
  const run = await cleanUp(github)
  expect(annotationsOf(run, 'error')).toEqual([expect.not.stringContaining(`run ${OWN} left open`)])
})

test('the notice about a deleted run names the deployments that must be finished by id', async () => {
  const github = await startWithTokens()
  const ids = seed(github, left(github, 1), left(github, 2))
  const notices = annotationsOf(await cleanUp(github), 'notice')
  expect(notices).toHaveLength(1)
  for (const id of ids) expect(notices[0]).toContain(String(id))
})
