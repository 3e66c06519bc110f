import { expect, test } from '@jest/globals'
import { startGitHub } from '../support/scenario.ts'
import { runSteps, use } from '../support/steps.ts'

test('deactivate with the id of a deployment of another task is an error before any write', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', task: 'api', state: 'success' })
  const job = await runSteps(github, [use({ mode: 'deactivate', 'deployment-id': String(id), task: 'web' })])
  expect([job.conclusion, github.store.stateOf(id)]).toEqual(['failure', 'success'])
})
