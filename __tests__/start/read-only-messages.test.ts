import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { startGitHub } from '../support/scenario.ts'
import { outputsOf, READ_ONLY, runSteps, use, warnings } from '../support/steps.ts'

const FORK_CLOSED = {
  event: event('pull_request', {
    action: 'closed',
    number: 12,
    fork: 'someone/octo-repo',
    closedAt: '2099-01-01T00:00:00Z'
  })
}

test.each([
  ['deactivate', { mode: 'deactivate' }],
  ['start', {}]
] as [string, Record<string, string>][])(
  '%s with a read-only token does not say that no deployment was recorded',
  async (_, inputs) => {
    const github = await startGitHub(READ_ONLY)
    const { id } = github.store.seedDeployment({ environment: 'pr-12', state: 'success' })
    const job = await runSteps(github, [use(inputs)], FORK_CLOSED)
    expect(job.conclusion).toBe('success')
    expect(github.store.stateOf(id)).toBe('success')
    expect(warnings(job)).toHaveLength(1)
    expect(warnings(job)[0]).not.toContain('No deployment was recorded')
    expect(warnings(job)[0]).toContain('Nothing was changed')
  }
)

test('a reused deployment that cannot be changed is not reported as missing', async () => {
  const github = await startGitHub(READ_ONLY)
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'in_progress' })
  const options = { event: event('pull_request', { fork: 'someone/octo-repo' }) }
  const job = await runSteps(github, [use({ 'deployment-id': String(id) }, { id: 'start' })], options)
  expect(outputsOf(job, 'start')['deployment-id']).toBe(String(id))
  expect(warnings(job)[0]).not.toContain('`deployment-id` is empty')
})
