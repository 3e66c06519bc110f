import { expect, test } from '@jest/globals'
import { left } from '../support/report-jobs.ts'
import { startGitHub, writes } from '../support/scenario.ts'
import { runSteps, sh, use } from '../support/steps.ts'

const OLD = 'https://old.example.com'
const LATE = { 'environment-url': '${{ steps.deploy.outputs.url }}' }
const DEPLOY = sh(`echo "url=${OLD}" >> "$GITHUB_OUTPUT"`, { id: 'deploy' })

test('a dry run with `run` that reuses a final deployment logs the final state and its last line', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const job = await runSteps(github, [use({ 'deployment-id': String(id), run: './deploy.sh', 'dry-run': 'true' })])
  const post = job.steps.find(step => step.stage === 'post')
  expect(writes(github)).toEqual([])
  expect(post?.stdout).toContain('"state":"success"')
  expect(post?.stdout.trim()).toMatch(/Dry run: nothing was sent\.$/)
})

test('a dry run with auto-finish: false and a late URL says nothing about a deployment 0', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [left('qa', { 'dry-run': 'true', ...LATE }), DEPLOY])
  const post = job.steps.find(step => step.stage === 'post')
  expect(post?.stdout).not.toMatch(/deployment 0|was changed after/i)
})
