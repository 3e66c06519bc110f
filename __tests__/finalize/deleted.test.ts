import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { startGitHub } from '../support/scenario.ts'
import { errors, runSteps, sh, use, warnings } from '../support/steps.ts'

/** Deletes the deployment while the job runs. */
const deleting = (github: LocalGitHub, more: object = {}) => ({
  onLine: (line: { text: string }) => {
    if (line.text === 'deployed') github.store.state.deployments.splice(0)
  },
  ...more
})

const notices = (job: Awaited<ReturnType<typeof runSteps>>) =>
  job.annotations.filter(each => each.level === 'notice').map(each => each.message)

const DELETED = expect.stringMatching(/^Deployment \d+ of ".+" was deleted while the job ran/)

test.each([
  ['in post', {}, [], {}],
  ['in post, for a preview', {}, [], { event: event('pull_request', { number: 7 }) }],
  ['in post, with a late URL and auto-finish: false', { 'auto-finish': 'false' }, [], {}],
  ['in `finish`', {}, [use({ mode: 'finish' })], {}],
  ['in `finish` with auto-inactive: all', { 'auto-inactive': 'all' }, [use({ mode: 'finish' })], {}]
])('a deployment that was deleted while the job ran is one notice: %s', async (_, more, after, options) => {
  const github = await startGitHub()
  const url = '${{ env.DEPLOY_URL }}'
  const start = use({ environment: 'qa', 'environment-url': url, ...more })
  const deploy = sh('echo "DEPLOY_URL=https://qa.example.com" >> "$GITHUB_ENV"; echo deployed')
  const job = await runSteps(github, [start, deploy, ...after], deleting(github, options))
  expect([job.conclusion, ...errors(job), ...warnings(job)]).toEqual(['success'])
  expect(notices(job)).toEqual([DELETED])
})

test('a deployment that was deleted while its wrapped command ran is one notice', async () => {
  const github = await startGitHub()
  const run = 'echo deployed; sleep 0.3'
  const job = await runSteps(github, [use({ environment: 'qa', run })], deleting(github))
  expect([job.conclusion, ...errors(job), ...warnings(job)]).toEqual(['success'])
  expect(notices(job)).toEqual([DELETED])
})

test('a reused deployment that was deleted is a warning, since this job did not create it', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  const steps = [use({ 'deployment-id': String(id) }), sh('echo deployed')]
  const job = await runSteps(github, steps, deleting(github))
  expect(warnings(job)).toHaveLength(1)
})

test('a 404 for a deployment that exists is a warning, not a notice', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa' }), sh('echo deployed')], {
    onLine: line => {
      if (line.text !== 'deployed') return
      github.intercept(({ path }) =>
        path.endsWith('/statuses') ? { status: 404, body: { message: 'Not Found' } } : undefined
      )
    }
  })
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toContain('was deleted, or the token cannot see it')
})
