import { expect, test } from '@jest/globals'
import { startGitHub } from '../support/scenario.ts'
import { outputsOf, runSteps, use, warnings } from '../support/steps.ts'

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
