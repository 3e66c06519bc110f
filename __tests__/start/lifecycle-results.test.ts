import { expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { errors, lastStatus, outputsOf, runSteps, sh, use, warnings } from '../support/steps.ts'

const STATE = { environment: 'qa', state: '${{ steps.deploy.outcome }}' }
const WAITING = sh('echo deploying; exec sleep 60', { id: 'deploy' })
const CANCEL = { cancelWhen: (line: { text: string }) => line.text === 'deploying' }

test('a canceled job makes the deployment a `failure`', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa' }), WAITING], CANCEL)
  expect(job.conclusion).toBe('cancelled')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toBe('Canceled')
})

test.each(['failure', 'error', 'inactive'])('cancelled-state: %s is the state of a canceled job', async state => {
  const github = await startGitHub()
  const step = use({ environment: 'qa', 'cancelled-state': state, description: 'Nightly' })
  await runSteps(github, [step, WAITING], CANCEL)
  expect(lastStatus(github)).toMatchObject({ state, description: 'Canceled: Nightly' })
})

test('the outcome of a canceled step counts as canceled', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ ...STATE, 'cancelled-state': 'error' }), WAITING], CANCEL)
  expect(lastStatus(github)).toMatchObject({ state: 'error', description: 'Canceled' })
})

test('a skipped deploy in a successful job makes the deployment inactive', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use(STATE), sh('exit 1', { id: 'deploy', if: 'false' })])
  expect(job.conclusion).toBe('success')
  expect(lastStatus(github)).toMatchObject({ state: 'inactive' })
  expect(lastStatus(github)?.description).toMatch(/^Skipped/)
})

test('a skipped deploy in a failed job makes the deployment a failure', async () => {
  const github = await startGitHub()
  await runSteps(github, [use(STATE), sh('exit 1'), sh('echo never', { id: 'deploy' })])
  expect(lastStatus(github)).toMatchObject({ state: 'failure' })
})

test('a skipped deploy in a canceled job gets the canceled state', async () => {
  const github = await startGitHub()
  const before = sh('echo deploying; exec sleep 60')
  const step = use({ ...STATE, 'cancelled-state': 'failure' })
  await runSteps(github, [step, before, sh('echo never', { id: 'deploy' })], CANCEL)
  expect(lastStatus(github)).toMatchObject({ state: 'failure' })
})

test('the outcome of a step with continue-on-error counts', async () => {
  const github = await startGitHub()
  const deploy = sh('exit 1', { id: 'deploy', 'continue-on-error': true })
  const job = await runSteps(github, [use(STATE), deploy])
  expect(job.conclusion).toBe('success')
  expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Failed' })
})

test('the outcome of the deploy step decides although a later step fails', async () => {
  const github = await startGitHub()
  await runSteps(github, [use(STATE), sh('true', { id: 'deploy' }), sh('exit 1')])
  expect(lastStatus(github)).toMatchObject({ state: 'success' })
})

test('a list of results is reduced to its worst, regardless of case and spaces', async () => {
  const github = await startGitHub()
  await runSteps(github, [
    use({ environment: 'qa', state: '${{ steps.a.outputs.all }}' }),
    sh('echo "all= Success ,SKIPPED, Timed_Out" >> "$GITHUB_OUTPUT"', { id: 'a' })
  ])
  expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Timed out' })
})

test('a late state that is not a known result becomes error, with a warning', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', state: '${{ steps.a.outputs.state }}' }),
    sh('echo "state=splendid" >> "$GITHUB_OUTPUT"', { id: 'a' })
  ])
  expect(job.conclusion).toBe('success')
  expect(lastStatus(github)).toMatchObject({ state: 'error' })
  expect(lastStatus(github)?.description).toMatch(/^Unknown result .*splendid/)
  expect(warnings(job).join()).toContain('Unknown result')
})

test.each(['in_progress', 'queued'])('a late %s becomes error, with a warning', async state => {
  const github = await startGitHub()
  await runSteps(github, [
    use({ environment: 'qa', state: '${{ steps.a.outputs.state }}' }),
    sh(`echo "state=${state}" >> "$GITHUB_OUTPUT"`, { id: 'a' })
  ])
  expect(lastStatus(github)?.state).toBe('error')
})

test('an invalid state in main is an input error', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', state: 'splendid' })])
  expect(job.conclusion).toBe('failure')
  expect(github.requests).toEqual([])
  expect(errors(job).join()).toMatch(/state: .*splendid/)
})

test('without any result, the deployment becomes error', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', 'job-status': '' })])
  expect(job.conclusion).toBe('success')
  expect(lastStatus(github)).toMatchObject({
    state: 'error',
    description: "The job's result is unknown"
  })
})

test('an invalid late URL is left out with a warning, and success is posted', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'environment-url': '${{ steps.a.outputs.url }}' }),
    sh('echo "url=javascript:alert(1)" >> "$GITHUB_OUTPUT"', { id: 'a' })
  ])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toContain('environment-url')
  const [request] = github.requests.filter(each => Object(each.body).state === 'success')
  expect(request?.body).not.toHaveProperty('environment_url')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('the description stands alone after a success and follows the result after a failure', async () => {
  for (const [run, expected] of [
    ['true', 'Nightly of main'],
    ['exit 1', 'Failed: Nightly of main']
  ]) {
    const github = await startGitHub()
    const step = use({ environment: 'qa', description: 'Nightly of main' })
    await runSteps(github, [step, sh(String(run))])
    expect(lastStatus(github)?.description).toBe(expected)
    expect(github.store.deployments()[0]?.description).toBe('Nightly of main')
  }
})

test('a description is cut to 140 characters as GitHub counts them, ellipsis included', async () => {
  const github = await startGitHub()
  const step = use({ environment: 'qa', description: '🚀'.repeat(150) }, { id: 'status' })
  const job = await runSteps(github, [step, sh('exit 1')])
  const text = lastStatus(github)?.description ?? ''
  expect([...text]).toHaveLength(140)
  expect(text).toBe(`Failed: ${'🚀'.repeat(131)}…`)
  expect(outputsOf(job, 'status')['state']).toBe('in_progress')
})

test('a late description is that of the final status', async () => {
  const github = await startGitHub()
  await runSteps(github, [
    use({ environment: 'qa', description: '${{ steps.a.outputs.text }}' }),
    sh('echo "text=Version 7" >> "$GITHUB_OUTPUT"', { id: 'a' })
  ])
  expect(lastStatus(github)?.description).toBe('Version 7')
})
