import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { startGitHub, writes } from '../support/scenario.ts'
import { errors, lastStatus, outputsOf, runAll, runSteps, use, warnings } from '../support/steps.ts'

const RUN = 7_000
const FINISH = use({ mode: 'finish', state: 'failure' }, { id: 'finish' })

/** What another job of the run left: by its payload alone. */
const left = (github: LocalGitHub, more: object = {}, origin: object = {}) =>
  github.store.seedDeployment({
    environment: 'qa',
    state: 'in_progress',
    autoInactive: false,
    payload: {
      'deploy-status-action': { v: 1, run_id: RUN, run_attempt: 1, auto_finish: false, ...origin }
    },
    ...more
  })

const finish = (github: LocalGitHub, runAttempt = 1, inputs: Record<string, string> = {}) =>
  runSteps(github, [use({ mode: 'finish', state: 'failure', ...inputs }, { id: 'finish' })], {
    runId: RUN,
    runAttempt
  })

test('a deployment with auto-finish: true is finished by another job only with its id', async () => {
  const github = await startGitHub()
  left(github, {}, { auto_finish: true })
  const job = await finish(github)
  expect(job.conclusion).toBe('failure')
  expect(writes(github)).toEqual([])
})

test('deployments of other runs and of other tools are never finished', async () => {
  const github = await startGitHub()
  left(github, {}, { run_id: RUN + 1 })
  left(github, { payload: {} })
  left(github, { payload: 'text' })
  const job = await finish(github, 1, { state: 'success' })
  expect(errors(job)[0]).toContain('Found no deployment')
  expect(writes(github)).toEqual([])
})

test.each(['pending', 'queued', 'waiting', undefined] as const)(
  'a deployment whose newest status is %s is unfinished',
  async state => {
    const github = await startGitHub()
    const { id } = left(github, { state })
    expect((await finish(github)).conclusion).toBe('success')
    expect(lastStatus(github, id)?.state).toBe('failure')
  }
)

test('ids as text and an encoded payload are read', async () => {
  for (const payload of [
    { 'deploy-status-action': { run_id: String(RUN), auto_finish: false } },
    JSON.stringify({ 'deploy-status-action': { v: 1, run_id: RUN, auto_finish: false } })
  ]) {
    const github = await startGitHub()
    left(github, { payload })
    expect((await finish(github)).conclusion).toBe('success')
    expect(lastStatus(github)?.state).toBe('failure')
  }
})

test('a deployment that an earlier attempt left open is finished by the next attempt', async () => {
  const github = await startGitHub()
  const { id } = left(github)
  await finish(github, 2)
  expect(lastStatus(github, id)?.state).toBe('failure')
})

test.each([
  ['success', 'inactive'],
  ['failure', 'in_progress']
])('after %s, the deployment that an earlier attempt left open is %s', async (state, older) => {
  const github = await startGitHub()
  const old = left(github)
  const { id } = left(github, {}, { run_attempt: 2 })
  await finish(github, 2, { state })
  expect(lastStatus(github, id)?.state).toBe(state)
  expect(lastStatus(github, old.id)?.state).toBe(older)
  if (older === 'inactive') {
    expect(lastStatus(github, old.id)?.description).toBe(`Superseded by ${id}`)
  }
})

test.each([
  ['the same state', 'success'],
  ['no state', '']
])('a final deployment stays as it is with %s', async (_title, state) => {
  const github = await startGitHub()
  const url = 'https://qa.example.com'
  const { id } = left(github, { state: 'success', environmentUrl: url })
  const job = await finish(github, 1, { state })
  expect([job.conclusion, ...errors(job)]).toEqual(['success'])
  expect(writes(github)).toEqual([])
  expect(outputsOf(job, 'finish')).toMatchObject({
    'deployment-id': String(id),
    state: 'success',
    environment: 'qa',
    'environment-url': url
  })
})

test.each([
  ['success', 'failure', 'failure'],
  ['failure', 'success', 'failure'],
  ['inactive', 'success', 'inactive'],
  ['inactive', 'failure', 'inactive'],
  ['failure', 'error', 'error']
] as const)('in the same attempt, %s with an explicit %s becomes %s', async (before, given, after) => {
  const github = await startGitHub()
  const { id } = left(github, { state: before })
  const job = await finish(github, 1, { state: given })
  expect([job.conclusion, ...errors(job)]).toEqual(['success'])
  expect(lastStatus(github, id)?.state).toBe(after)
  expect(outputsOf(job, 'finish')['state']).toBe(after)
})

test('`success` does not replace a newer success, also in a later attempt', async () => {
  const github = await startGitHub()
  const { id } = left(github, { state: 'failure' })
  left(github, { state: 'success', payload: {} })
  const job = await finish(github, 2, { state: 'success' })
  expect([job.conclusion, ...errors(job)]).toEqual(['success'])
  expect(lastStatus(github, id)?.state).toBe('failure')
})

test('if all are final, a later attempt corrects the newest one', async () => {
  const github = await startGitHub()
  const old = left(github, { state: 'inactive' })
  const { id } = left(github, { state: 'success', environmentUrl: 'https://qa.example.com' })
  const job = await finish(github, 2)
  expect(outputsOf(job, 'finish')['state']).toBe('failure')
  expect(writes(github)).toEqual([`POST ${id}/statuses failure`])
  expect(lastStatus(github, id)?.environmentUrl).toBe('https://qa.example.com')
  expect(github.store.stateOf(old.id)).toBe('inactive')
})

test('a later attempt that succeeds corrects a failure to a success', async () => {
  const github = await startGitHub()
  left(github, { state: 'failure' })
  const job = await finish(github, 3, { state: 'success' })
  expect(outputsOf(job, 'finish')['state']).toBe('success')
  expect(lastStatus(github)).toMatchObject({ state: 'success', description: '' })
})

test('finding no deployment is an error, and with fail-on-error: false a warning', async () => {
  const github = await startGitHub()
  const red = await finish(github, 1, { state: 'success' })
  expect(red.conclusion).toBe('failure')
  expect(errors(red)[0]).toContain('auto-finish: false')
  const green = await finish(github, 1, { state: 'success', 'fail-on-error': 'false' })
  expect(green.conclusion).toBe('success')
  expect(warnings(green)).toHaveLength(1)
})

test('finding no deployment is a notice after a start that created nothing, and in a dry run', async () => {
  const github = await startGitHub()
  const dry = await finish(github, 1, { 'dry-run': 'true' })
  expect(dry.conclusion).toBe('success')
  expect([...warnings(dry), ...errors(dry)]).toEqual([])
  const job = await runSteps(github, [use({ environment: 'qa', 'dry-run': 'true' }), FINISH])
  expect(job.conclusion).toBe('success')
  expect([...warnings(job), ...errors(job)]).toEqual([])
})

test('finish with state: in_progress leaves a queued deployment open for the next finish', async () => {
  const github = await startGitHub()
  left(github, { state: 'queued' })
  await finish(github, 1, { state: 'in_progress' })
  expect(lastStatus(github)?.state).toBe('in_progress')
  await finish(github, 1, { state: 'success' })
  expect(lastStatus(github)?.state).toBe('success')
})

test('deployments on the second page are found', async () => {
  const github = await startGitHub()
  const { id } = left(github)
  for (let more = 0; more < 120; more++) github.store.seedDeployment({ environment: `e-${more}` })
  await finish(github)
  expect(lastStatus(github, id)?.state).toBe('failure')
})

test("finish with deployment-id in another job uses its own job's result if state is not given", async () => {
  const github = await startGitHub()
  const { conclusion } = await runAll(github, {
    begin: {
      outputs: { id: '${{ steps.status.outputs.deployment-id }}' },
      steps: [use({ environment: 'qa', 'auto-finish': 'false' }, { id: 'status' })]
    },
    deploy: {
      needs: 'begin',
      steps: [use({ mode: 'finish', 'deployment-id': '${{ needs.begin.outputs.id }}' })]
    }
  })
  expect(conclusion).toBe('success')
  expect(lastStatus(github)?.state).toBe('success')
})
