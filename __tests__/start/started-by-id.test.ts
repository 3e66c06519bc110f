import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { left, start } from '../support/report-jobs.ts'
import { startGitHub } from '../support/scenario.ts'
import { runAll, runSteps, use, warnings } from '../support/steps.ts'

test('a preview that another job starts by its id replaces the preview before it', async () => {
  const github = await startGitHub()
  const jobs = {
    begin: {
      outputs: { id: '${{ steps.status.outputs.deployment-id }}' },
      steps: [use({ 'auto-finish': 'false', 'initial-state': 'queued' }, { id: 'status' })]
    },
    deploy: { needs: 'begin', steps: [use({ 'deployment-id': '${{ needs.begin.outputs.id }}' })] }
  }
  const cause = event('pull_request', { number: 12 })
  await runAll(github, jobs, { event: cause, runId: 1 })
  await runAll(github, jobs, { event: cause, runId: 2 })
  expect(github.store.deployments().map(each => github.store.stateOf(each.id))).toEqual(['inactive', 'success'])
})

test('a deployment with a task that another job starts by its id leaves the other tasks active', async () => {
  const github = await startGitHub()
  const api = github.store.seedDeployment({ environment: 'qa', task: 'api', state: 'success' })
  await runAll(github, {
    begin: {
      outputs: { id: '${{ steps.status.outputs.deployment-id }}' },
      steps: [left('qa', { task: 'web' }, { id: 'status' })]
    },
    deploy: { needs: 'begin', steps: [use({ 'deployment-id': '${{ needs.begin.outputs.id }}' })] }
  })
  expect(github.store.stateOf(api.id)).toBe('success')
})

test("a deployment of another tool that `deactivate` made inactive is not taken for that of the job's key", async () => {
  const github = await startGitHub()
  github.store.seedDeployment({ environment: 'production', state: 'success' })
  const job = await runSteps(github, [use({ mode: 'deactivate', environment: 'production' }), start('production')])
  expect(warnings(job)).toEqual([])
})
