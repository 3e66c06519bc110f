import { expect, test } from '@jest/globals'
import { startGitHub, writes } from '../support/scenario.ts'
import { runSteps, use } from '../support/steps.ts'

test('a dry run with `run` does not report an interrupted deployment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', run: './deploy.sh', 'dry-run': 'true' })])
  expect(job.log).not.toMatch(/Interrupted|"state":"failure"/)
  expect(job.log).toContain('"state":"success"')
  expect(job.summaries.join()).not.toContain('interrupted')
})

test('a dry run with auto-finish: false says nothing about a deployment 0, and ends with its last line', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', 'auto-finish': 'false', 'dry-run': 'true' })])
  const post = job.steps.find(step => step.stage === 'post')
  expect(post?.stdout).not.toMatch(/deployment 0/i)
  expect(post?.stdout.trim()).toMatch(/Dry run: nothing was sent\.$/)
})

test('a dry run does not say that it reused a deployment', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const job = await runSteps(github, [use({ 'deployment-id': String(id), 'dry-run': 'true' })])
  expect(writes(github)).toEqual([])
  expect(job.log).not.toContain(`Reused deployment ${id}`)
})
