import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { startGitHub } from '../support/scenario.ts'
import { outputsOf, runSteps, use, warnings } from '../support/steps.ts'

const finish = (inputs: Record<string, string> = {}, step: Record<string, unknown> = {}) =>
  use({ mode: 'finish', ...inputs }, step)

test.each([
  ['the post step', []],
  ['finish', [finish()]]
])('a reused deployment with a task leaves those of other tasks active: %s', async (_, more) => {
  const github = await startGitHub()
  const web = github.store.seedDeployment({ environment: 'qa', task: 'deploy:web', state: 'success' })
  const api = github.store.seedDeployment({ environment: 'qa', task: 'deploy:api' })
  const deployment = { id: api.id, environment: 'qa', task: 'deploy:api' }
  await runSteps(github, [use({}), ...more], { event: event('deployment', { deployment }) })
  expect([web.id, api.id].map(id => github.store.stateOf(id))).toEqual(['success', 'success'])
})

test.each(['all', 'task'])(
  'an older deployment that is reused for a rollback becomes a success: auto-inactive: %s',
  async rule => {
    const github = await startGitHub()
    const seed = { environment: 'production', autoInactive: false }
    const old = github.store.seedDeployment({
      ...seed,
      state: 'inactive',
      createdAt: Date.parse('2026-01-01T00:00:00Z')
    })
    const bad = github.store.seedDeployment({
      ...seed,
      state: 'success',
      createdAt: Date.parse('2026-01-02T00:00:00Z')
    })
    const job = await runSteps(github, [use({ 'deployment-id': String(old.id), 'auto-inactive': rule })])
    expect(warnings(job)).toEqual([])
    expect([old.id, bad.id].map(id => github.store.stateOf(id))).toEqual(['success', 'inactive'])
  }
)

test('an older deployment that is reused for a rollback has the active one as the previous one', async () => {
  const github = await startGitHub()
  const seed = { environment: 'qa', autoInactive: false }
  const old = github.store.seedDeployment({ ...seed, state: 'inactive' })
  const bad = github.store.seedDeployment({ ...seed, state: 'success' })
  const job = await runSteps(github, [use({ 'deployment-id': String(old.id) }, { id: 'start' })])
  expect(outputsOf(job, 'start')['previous-deployment-id']).toBe(String(bad.id))
})
