import { expect, test } from '@jest/globals'
import { finish, left, report, start } from '../support/report-jobs.ts'
import { startGitHub } from '../support/scenario.ts'
import { lastStatus, outputsOf, runAll, runSteps, sh, use } from '../support/steps.ts'

const URL = 'https://qa.example.com'

test.each([
  ['is moved to production', 'success', { environment: 'production' }],
  ['is tried again after a failure', 'failure', {}]
])('a finished deployment that %s by a second start gets a final state', async (_, state, inputs) => {
  const github = await startGitHub()
  await runSteps(github, [
    start('staging', {}, { id: 'first' }),
    finish({ state }),
    use({ 'deployment-id': '${{ steps.first.outputs.deployment-id }}', ...inputs }),
    sh('true')
  ])
  expect(lastStatus(github)?.state).toBe('success')
})

test('the post step names the state of the second command, not that of the first', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    start('qa', { run: 'true' }, { id: 'first' }),
    use({ 'deployment-id': '${{ steps.first.outputs.deployment-id }}', run: 'exit 1' })
  ])
  const [second] = job.steps.filter(({ stage }) => stage === 'post')
  expect(lastStatus(github)?.state).toBe('failure')
  expect(second?.stdout).toContain('is already `failure`')
})

test('a second `finish` that corrects the state keeps the URL and the description of the first', async () => {
  const github = await startGitHub()
  await runSteps(github, [
    start('qa'),
    finish({ 'environment-url': URL, description: 'Version 2' }),
    finish({ state: 'failure' }, { id: 'again' })
  ])
  expect(lastStatus(github)).toMatchObject({
    state: 'failure',
    environmentUrl: URL,
    description: 'Failed: Version 2'
  })
})

test('a second `finish` that has nothing to do gives the URL that the deployment has', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [start('qa'), finish({ 'environment-url': URL }), finish({}, { id: 'again' })])
  expect(outputsOf(job, 'again')['environment-url']).toBe(URL)
})

test.each([
  ['the post step', []],
  ['a `finish`', [finish({}, { id: 'last' })]]
])('%s keeps the URL that a `finish` with an unfinished state has set', async (_, end) => {
  const github = await startGitHub()
  await runSteps(github, [start('qa'), finish({ state: 'in_progress', 'environment-url': URL }), ...end])
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
})

test('after a `finish` with an unfinished state, a late URL is added for the `finish` of another job', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: {
      steps: [
        left('qa', { 'initial-state': 'queued', 'environment-url': '${{ steps.deploy.outputs.url }}' }),
        finish({ state: 'in_progress' }),
        sh(`echo url=${URL} >> "$GITHUB_OUTPUT"`, { id: 'deploy' })
      ]
    },
    report: report('deploy', { state: '${{ needs.deploy.result }}' })
  })
  expect(jobs['deploy']?.log).not.toContain('It was changed after this job reported it')
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
})

test('a `finish` with an unfinished state after a final one leaves the final state to the post step', async () => {
  const github = await startGitHub()
  await runSteps(github, [start('qa'), finish(), finish({ state: 'in_progress' }, { id: 'again' }), sh('true')])
  expect(lastStatus(github)?.state).toBe('success')
})
