import { expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus, outputsOf, runSteps, sh, use } from '../support/steps.ts'

const URL = 'https://qa.example.com'
const finish = (inputs: Record<string, string> = {}, step: Record<string, unknown> = {}) =>
  use({ mode: 'finish', ...inputs }, step)

test('a second `finish` that corrects the state keeps URL, description and log of the first one', async () => {
  const github = await startGitHub()
  const logUrl = 'https://logs.example.com/7'
  await runSteps(github, [
    use({ environment: 'qa', description: 'Started' }),
    finish({ 'environment-url': URL, description: 'Release 7', 'log-url': logUrl }),
    sh('exit 1'),
    finish({ state: 'failure' }, { if: 'failure()' })
  ])
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(lastStatus(github)).toMatchObject({ environmentUrl: URL, description: 'Failed: Release 7', logUrl })
})

test('a second `finish` by id keeps the description of the first one', async () => {
  const github = await startGitHub()
  await runSteps(github, [
    use({ environment: 'qa', description: 'Started' }, { id: 'start' }),
    finish({ 'environment-url': URL, description: 'Release 7' }),
    finish({ state: 'failure', 'deployment-id': '${{ steps.start.outputs.deployment-id }}' })
  ])
  expect(lastStatus(github)).toMatchObject({ environmentUrl: URL, description: 'Failed: Release 7' })
})

test('a `finish` with nothing to do has the URL of the deployment as output', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa' }),
    finish({ 'environment-url': URL }),
    finish({}, { id: 'again' })
  ])
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
  expect(outputsOf(job, 'again')).toMatchObject({ state: 'success', 'environment-url': URL })
})

test.each([
  ['the post step', []],
  ['a later `finish`', [finish()]]
])('the URL and description of a `finish` with `state: in_progress` are kept by %s', async (_, more) => {
  const github = await startGitHub()
  await runSteps(github, [
    use({ environment: 'qa' }),
    finish({ state: 'in_progress', 'environment-url': URL, description: 'Migrated' }),
    ...more
  ])
  expect(states(github)).toEqual(['in_progress', 'in_progress', 'success'])
  expect(lastStatus(github)).toMatchObject({ environmentUrl: URL, description: 'Migrated' })
})

test('a deployment that a `finish` reopens with `state: in_progress` gets its final state from the post step', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa' }), finish(), finish({ state: 'in_progress' }), sh('exit 1')])
  expect(states(github)).toEqual(['in_progress', 'success', 'in_progress', 'failure'])
})

test('a late URL is added to the unfinished state that a `finish` of this job posted', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'auto-finish': 'false', 'environment-url': '${{ steps.deploy.outputs.url }}' }),
    sh(`echo "url=${URL}" >> "$GITHUB_OUTPUT"`, { id: 'deploy' }),
    finish({ state: 'in_progress', description: 'Migrated' })
  ])
  expect(job.log).not.toContain('changed after this job reported it')
  expect(lastStatus(github)).toMatchObject({ state: 'in_progress', environmentUrl: URL, description: 'Migrated' })
})
