import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { errors, lastStatus, outputsOf, runSteps, sh, use, warnings } from '../support/steps.ts'

type Steps = Parameters<typeof runSteps>[1]

const seeded = (github: LocalGitHub) => github.store.seedDeployment({ environment: 'qa' }).id

/** Runs a job that reuses a deployment. Something else posts a state to it while the job runs. */
async function runReusing(
  github: LocalGitHub,
  state: 'success' | 'failure' | 'error' | 'inactive' | 'in_progress',
  after: Steps = []
) {
  const id = seeded(github)
  const steps = [use({ 'deployment-id': String(id) }), sh('echo deployed'), ...after]
  const job = await runSteps(github, steps, {
    onLine: line => {
      if (line.text === 'deployed') github.store.seedStatus(id, { state })
    }
  })
  return { id, job }
}

test.each(['failure', 'error', 'inactive'] as const)(
  'the post step does not replace a %s that something else posted to a reused deployment by `success`',
  async state => {
    const github = await startGitHub()
    const { job } = await runReusing(github, state)
    expect(job.conclusion).toBe('success')
    expect(states(github)).toEqual(['in_progress', state])
    expect(warnings(job)).toEqual([expect.stringContaining(`became \`${state}\``)])
  }
)

test('`finish` does not replace it either, and its outputs have the state on GitHub', async () => {
  const github = await startGitHub()
  const { job } = await runReusing(github, 'failure', [use({ mode: 'finish' }, { id: 'finish' })])
  expect([job.conclusion, ...errors(job)]).toEqual(['success'])
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(outputsOf(job, 'finish')['state']).toBe('failure')
  expect(warnings(job)).toHaveLength(1)
})

test('a failure of the job replaces a final state that something else posted', async () => {
  const github = await startGitHub()
  const { job } = await runReusing(github, 'success', [sh('exit 1')])
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(warnings(job)).toEqual([])
})

test('an unfinished state that something else posted does not keep it from becoming `success`', async () => {
  const github = await startGitHub()
  const { job } = await runReusing(github, 'in_progress')
  expect(states(github)).toEqual(['in_progress', 'in_progress', 'success'])
  expect(warnings(job)).toEqual([])
})

test('a final state from before this job is replaced by `success`', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'failure' })
  const job = await runSteps(github, [use({ 'deployment-id': String(id) })])
  expect(states(github)).toEqual(['failure', 'in_progress', 'success'])
  expect(warnings(job)).toEqual([])
})

test('a wrapped command that succeeds does not replace a failure that something else posted', async () => {
  const github = await startGitHub()
  const id = seeded(github)
  const job = await runSteps(github, [use({ 'deployment-id': String(id), run: 'echo deployed; sleep 0.3' })], {
    onLine: line => {
      if (line.text === 'deployed') github.store.seedStatus(id, { state: 'failure' })
    }
  })
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('a reused deployment needs one more read, and a created one none', async () => {
  const reads = async (reused: boolean) => {
    const github = await startGitHub()
    const inputs = reused ? { 'deployment-id': String(seeded(github)) } : { environment: 'qa' }
    await runSteps(github, [use({ ...inputs }), sh('echo deployed')])
    const after = github.requests.findIndex(({ body }) => Object(body).state === 'in_progress')
    return github.requests.slice(after + 1).filter(({ isWrite }) => !isWrite).length
  }
  expect([await reads(true), await reads(false)]).toEqual([1, 0])
})

test.each([
  ['ref', { ref: 'other' }],
  ['task', { task: 'web' }],
  ['payload', { payload: '{"a":2}' }]
])('a %s that differs is a warning, since it cannot change a reused deployment', async (name, inputs) => {
  const github = await startGitHub()
  const payload = { a: 1 }
  const { id } = github.store.seedDeployment({ environment: 'qa', ref: 'main', payload })
  const job = await runSteps(github, [use({ 'deployment-id': String(id), ...inputs })])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toEqual([expect.stringContaining(name)])
  expect(lastStatus(github, id)?.state).toBe('success')
})

test('`ref`, `task` and `payload` that equal those of the reused deployment cause no warning', async () => {
  const github = await startGitHub()
  const payload = { a: 1, b: { c: 2 }, 'deploy-status-action': { v: 1 } }
  const { id } = github.store.seedDeployment({ environment: 'qa', ref: 'main', payload })
  const same = { ref: 'main', task: 'deploy', payload: '{"b": {"c": 2}, "a": 1}' }
  const job = await runSteps(github, [use({ 'deployment-id': String(id), ...same })])
  expect(warnings(job)).toEqual([])
})
