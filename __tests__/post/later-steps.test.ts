import { expect, test } from '@jest/globals'
import { killMain, startJob } from '../support/one-job.ts'
import { left } from '../support/report-jobs.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus, runSteps, sh, use } from '../support/steps.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const URL = 'https://new.example.com'
const OLD = 'https://old.example.com'
const LOG = 'https://logs.example.com/7'
const finish = (inputs: Record<string, string> = {}, step: Record<string, unknown> = {}) =>
  use({ mode: 'finish', ...inputs }, step)
const LATE = { 'environment-url': '${{ steps.deploy.outputs.url }}' }
const DEPLOY = sh(`echo "url=${OLD}" >> "$GITHUB_OUTPUT"`, { id: 'deploy' })

test('the post step keeps the URL of a `finish` with an unfinished state if `start` has one too', async () => {
  const github = await startGitHub()
  const steps = [use({ environment: 'qa', 'environment-url': OLD })]
  await runSteps(github, [...steps, finish({ state: 'in_progress', 'environment-url': URL })])
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
})

test('the post step keeps the description of a `finish` with an unfinished state if `start` has one too', async () => {
  const github = await startGitHub()
  const steps = [use({ environment: 'qa', description: 'Started' })]
  await runSteps(github, [...steps, finish({ state: 'in_progress', description: 'Migrated' })])
  expect(lastStatus(github)).toMatchObject({ state: 'success', description: 'Migrated' })
})

test('a late URL does not replace that of a `finish` with an unfinished state', async () => {
  const github = await startGitHub()
  const steps = [use({ environment: 'qa', ...LATE }), DEPLOY]
  await runSteps(github, [...steps, finish({ state: 'in_progress', 'environment-url': URL })])
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
})

test('a late URL does not replace the URL of the first `finish`, which the second one keeps', async () => {
  const github = await startGitHub()
  const steps = [use({ environment: 'qa', ...LATE }), DEPLOY]
  await runSteps(github, [...steps, finish({ 'environment-url': URL }), finish({ state: 'failure' })])
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(lastStatus(github)).toMatchObject({ environmentUrl: URL })
})

test('a late URL keeps the log URL of a `finish` with an unfinished state', async () => {
  const github = await startGitHub()
  await runSteps(github, [left('qa', LATE), DEPLOY, finish({ state: 'in_progress', 'log-url': LOG })])
  expect(lastStatus(github)).toMatchObject({ environmentUrl: OLD, logUrl: LOG })
})

test('no post step calls a deployment a success that was started again and failed, or records its artifacts', async () => {
  const github = await startGitHub()
  const image = `ghcr.io/o/app@sha256:${'a'.repeat(64)}`
  const job = await runSteps(github, [
    use({ environment: 'qa', artifacts: '${{ steps.build.outputs.image }}' }, { id: 'first' }),
    finish(),
    use({ 'deployment-id': '${{ steps.first.outputs.deployment-id }}' }),
    sh(`echo "image=${image}" >> "$GITHUB_OUTPUT"`, { id: 'build' }),
    sh('exit 1')
  ])
  expect(states(github)).toEqual(['in_progress', 'success', 'in_progress', 'failure'])
  expect(job.log).not.toContain('already `success`')
  expect(github.requests.filter(({ path }) => path.includes('artifacts'))).toEqual([])
})

test('no post step calls a preview a success that was deactivated between two `finish` steps', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'pr-1', 'transient-environment': 'true' }, { id: 'start' }),
    finish(),
    use({ mode: 'deactivate', 'deployment-id': '${{ steps.start.outputs.deployment-id }}' }),
    sh('exit 1'),
    finish({ state: 'failure' }, { if: 'failure()' })
  ])
  expect(states(github)).toEqual(['in_progress', 'success', 'inactive'])
  expect(job.log).not.toContain('already `success`')
})

test('the late URL of a `start` does not replace that of a later `start` of the same deployment', async () => {
  const github = await startGitHub()
  const moved = { environment: 'production', 'environment-url': URL }
  await runSteps(github, [
    use({ environment: 'staging', ...LATE }, { id: 'first' }),
    DEPLOY,
    finish(),
    use({ 'deployment-id': '${{ steps.first.outputs.deployment-id }}', ...moved }),
    finish()
  ])
  expect(lastStatus(github)).toMatchObject({ environment: 'production', environmentUrl: URL })
})

test.each(['true', 'rm -rf "$RUNNER_TEMP/deploy-status-action"'])(
  'a skipped result after a `finish` of the same job has the same end after: %s',
  async command => {
    const github = await startGitHub()
    await runSteps(github, [left('qa'), finish(), sh(command), finish({ state: 'skipped' })])
    expect(states(github)).toEqual(['in_progress', 'success', 'inactive'])
  }
)

test('an interrupted `finish` after an unfinished one is completed by its post step', async () => {
  const time = virtualTime()
  const github = await startGitHub({ time })
  const job = startJob(github)
  const start = await job.main({ environment: 'qa' })
  await job.main({ mode: 'finish' })
  await job.main({ mode: 'finish', state: 'in_progress' })
  const isFinal = ({ body }: { body: unknown }) => Object(body).state === 'success'
  const last = await killMain({ github, job }, { mode: 'finish' }, isFinal)
  let lost = 0
  github.intercept(request => (isFinal(request) && lost++ === 0 ? 'reset' : undefined))
  await job.post(last, 'success', { mode: 'finish' })
  await job.post(start, 'success', { environment: 'qa' })
  expect(states(github)).toEqual(['in_progress', 'success', 'in_progress', 'success'])
})

test('a second `finish` by id keeps a description that begins like a result', async () => {
  const github = await startGitHub()
  await runSteps(github, [
    use({ environment: 'qa', description: 'Error: handle an empty cart' }, { id: 'start' }),
    finish(),
    finish({ state: 'failure', 'deployment-id': '${{ steps.start.outputs.deployment-id }}' })
  ])
  expect(lastStatus(github)?.description).toBe('Failed: Error: handle an empty cart')
})
