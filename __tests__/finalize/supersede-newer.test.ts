import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { rejectStatus } from '../support/reject-status.ts'
import { startGitHub } from '../support/scenario.ts'
import { lastStatus, outputsOf, runSteps, sh, use, warnings } from '../support/steps.ts'

const seed = (github: LocalGitHub, more: object = {}) =>
  github.store.seedDeployment({
    environment: 'staging',
    state: 'success',
    autoInactive: false,
    transient: true,
    ...more
  }).id

const start = (rule: string) => use({ environment: 'staging', 'auto-inactive': rule }, { id: 'status' })

/** Another run starts and finishes a deployment while the deployment of this job is in progress. */
async function runBeside(github: LocalGitHub, rule: string, other: object, steps: object[] = [], options: object = {}) {
  const older = seed(github)
  let newer = 0
  const onLine = (line: { text: string }) => {
    if (line.text === 'deploying') newer = seed(github, other)
  }
  const all = [start(rule), sh('echo deploying'), ...steps]
  const job = await runSteps(github, all as ReturnType<typeof use>[], { onLine, ...options })
  const ours = Number(outputsOf(job, 'status')['deployment-id'])
  const states = github.store.statuses(ours).map(status => status.state)
  return { job, older, newer, ours, states }
}

test.each(['all', 'task'])('with %s, a deployment yields to a newer success', async rule => {
  const github = await startGitHub()
  const { job, older, newer, ours, states } = await runBeside(github, rule, {})
  expect(job.conclusion).toBe('success')
  expect(states).toEqual(['in_progress', 'inactive'])
  expect(lastStatus(github, ours)?.description).toBe(`Superseded by ${newer}`)
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toMatch(/ended after the newer deployment.*may run the older commit.*concurrency/s)
  expect(github.store.stateOf(newer)).toBe('success')
  expect(github.store.stateOf(older)).toBe('success')
})

test('the outputs of a finish that yields have the state inactive', async () => {
  const github = await startGitHub()
  const finish = use({ mode: 'finish' }, { id: 'finish' })
  const { job, states } = await runBeside(github, 'all', {}, [finish])
  expect(outputsOf(job, 'finish')['state']).toBe('inactive')
  expect(states).toEqual(['in_progress', 'inactive'])
})

test.each([
  ['is still running', 'all', { state: 'in_progress' }],
  ['failed', 'all', { state: 'failure' }],
  ['is of another task', 'task', { task: 'api' }],
  ['is of another environment', 'all', { environment: 'qa' }]
])('a newer one that %s changes nothing and is left alone', async (_, rule, other) => {
  const github = await startGitHub()
  const { job, older, newer, states } = await runBeside(github, rule, other)
  expect(states).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([])
  expect(github.store.stateOf(older)).toBe('inactive')
  expect(github.store.stateOf(newer)).not.toBe('inactive')
})

test("with GitHub's own rule, no deployment yields", async () => {
  const github = await startGitHub()
  const { states } = await runBeside(github, 'true', {})
  expect(states).toEqual(['in_progress', 'success'])
})

test('a failure does not yield, because it is the result of the job', async () => {
  const github = await startGitHub()
  const { states } = await runBeside(github, 'all', {}, [sh('exit 1')])
  expect(states).toEqual(['in_progress', 'failure'])
})

test('a deployment also yields to a newer one that succeeds at the same moment', async () => {
  const github = await startGitHub()
  const older = seed(github)
  let newer = 0
  github.intercept(request => {
    if (newer === 0 && Object(request.body).state === 'success') newer = seed(github)
    return undefined
  })
  const job = await runSteps(github, [start('all')])
  const ours = Number(outputsOf(job, 'status')['deployment-id'])
  expect(github.store.statuses(ours).map(status => status.state)).toEqual(['in_progress', 'success', 'inactive'])
  expect(lastStatus(github, ours)?.description).toBe(`Superseded by ${newer}`)
  expect(warnings(job)).toHaveLength(1)
  expect(github.store.stateOf(newer)).toBe('success')
  expect(github.store.stateOf(older)).toBe('success')
})

test('a deployment that cannot be deactivated is a warning with a count, and the others are deactivated', async () => {
  const github = await startGitHub()
  const [one, two, three] = [seed(github), seed(github), seed(github)]
  rejectStatus(github, two)
  const job = await runSteps(github, [start('all')])
  expect(job.conclusion).toBe('success')
  expect(github.store.stateOf(github.store.deployments().at(-1)?.id ?? 0)).toBe('success')
  expect([one, two, three].map(id => github.store.stateOf(id))).toEqual(['inactive', 'success', 'inactive'])
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toMatch(/\b1\b.*Validation Failed/s)
})

test('a wrapped command yields too', async () => {
  const github = await startGitHub()
  const run = { environment: 'staging', 'auto-inactive': 'task', run: 'echo deploying' }
  let newer = 0
  const job = await runSteps(github, [use(run, { id: 'status' })], {
    onLine: line => {
      if (line.text === 'deploying') newer = seed(github)
    }
  })
  const ours = Number(outputsOf(job, 'status')['deployment-id'])
  expect(outputsOf(job, 'status')['state']).toBe('inactive')
  expect(lastStatus(github, ours)?.description).toBe(`Superseded by ${newer}`)
})

test('of two deployments of one job in one environment, the later one stays active', async () => {
  const github = await startGitHub()
  const steps = [start('all'), start('all'), use({ mode: 'finish' })]
  const job = await runSteps(github, steps)
  expect(job.conclusion).toBe('success')
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['inactive', 'success'])
  expect(warnings(job)).toEqual([])
})

test('of two deployments that the post steps of one job finish, the later one stays active', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [start('all'), start('all')])
  expect(job.conclusion).toBe('success')
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['inactive', 'success'])
  // `concurrency` has no effect within a job.
  expect(warnings(job)).toEqual([])
})

test('a deployment of another job of the same run causes the `concurrency` warning', async () => {
  const github = await startGitHub()
  const payload = {
    'deploy-status-action': { v: 1, run_id: 9, run_attempt: 1, job: 'other', check_run_id: 4242 }
  }
  const { job } = await runBeside(github, 'all', { payload }, [], { runId: 9 })
  expect(warnings(job)[0]).toContain('concurrency')
})
