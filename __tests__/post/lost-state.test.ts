import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import type { Job } from '../support/job.ts'
import { inOneJob } from '../support/one-job.ts'
import { warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus, runSteps, sh, use } from '../support/steps.ts'
import { emptyTemp } from '../support/temp.ts'

const QA = { environment: 'qa', 'environment-url': 'https://qa.example.com' }

/** The environment of the post step if the state of main is lost. */
const withoutState = (main: ActionResult): ActionResult => ({ ...main, state: {} })

const origin = (more: object = {}) => ({
  'deploy-status-action': {
    v: 1,
    run_id: 100,
    run_attempt: 1,
    check_run_id: 4242,
    job: 'deploy',
    auto_finish: true,
    ...more
  }
})

const seed = (github: LocalGitHub, more: object = {}, payload: object = {}) =>
  github.store.seedDeployment({
    environment: 'qa',
    state: 'in_progress',
    autoInactive: false,
    payload: origin(payload),
    ...more
  }).id

const alone = (github: LocalGitHub, status = 'success', inputs: Record<string, string> = {}) =>
  inOneJob(github, {}, (job: Job) =>
    job.post({ ...EMPTY }, status, { environment: 'qa', 'job-status': status, ...inputs })
  )

const EMPTY = { state: {} }

test("without saved state, post uses this job's own record, and no request to find it", async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const sent = github.requests.length
    const post = await job.post(withoutState(main), 'failure', QA)
    expect(warningsOf(post)).toEqual([])
    const operations = github.requests.slice(sent).map(({ operation }) => operation)
    expect(operations).not.toContain('graphql query Deployments')
  })
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
})

test('with saved state, another value of `mode` in post changes no result', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => job.post(await job.main(QA), 'failure', { ...QA, mode: 'deactivate' }))
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('without saved state and record, post finishes the one deployment of this job that GitHub has', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    emptyTemp(job.tempFolder)
    const post = await job.post(withoutState(main), 'failure', { environment: 'qa' })
    expect(warningsOf(post)).toEqual([])
  })
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)).toMatchObject({
    environmentUrl: 'https://qa.example.com',
    logUrl: expect.stringMatching(/\/job\/4242$/)
  })
})

test('if several deployments fit, none is finished, and a warning lists them', async () => {
  const github = await startGitHub()
  const ids = [seed(github), seed(github, { environment: 'staging' })]
  const post = await alone(github)
  expect(warningsOf(post)).toHaveLength(1)
  for (const id of ids) {
    expect(warningsOf(post)[0]).toContain(String(id))
    expect(github.store.stateOf(id)).toBe('in_progress')
  }
})

test('without a check run ID (GHES), the only unfinished deployment of the job is finished', async () => {
  const github = await startGitHub()
  const done = seed(github, { state: 'failure' }, { check_run_id: undefined })
  const open = seed(github, { environment: 'staging' }, { check_run_id: undefined })
  const post = await alone(github, 'success', { 'check-run-id': '' })
  expect(warningsOf(post)).toEqual([])
  expect([done, open].map(id => github.store.stateOf(id))).toEqual(['failure', 'success'])
})

test('without a check run ID (GHES), several unfinished deployments of the job stay, and a warning lists them', async () => {
  const github = await startGitHub()
  // Those of a matrix have the same run and job.
  const ids = ['qa', 'staging'].map(environment => seed(github, { environment }, { check_run_id: undefined }))
  const post = await alone(github, 'success', { 'check-run-id': '' })
  expect(warningsOf(post)).toEqual([expect.stringMatching(new RegExp(`${ids[0]}.*${ids[1]}|${ids[1]}.*${ids[0]}`))])
  expect(ids.map(id => github.store.stateOf(id))).toEqual(['in_progress', 'in_progress'])
})

test.each([
  ['of another run', { run_id: 101 }],
  ['of another attempt', { run_attempt: 2 }],
  ['of another job', { job: 'other' }],
  ['of another leg of the matrix', { check_run_id: 4343 }]
])('a deployment %s does not fit', async (_, payload) => {
  const github = await startGitHub()
  const id = seed(github, {}, payload)
  const post = await alone(github)
  expect(warningsOf(post)).toEqual([])
  expect(github.store.stateOf(id)).toBe('in_progress')
})

test('a final deployment of this job does not fit', async () => {
  const github = await startGitHub()
  const id = seed(github, { state: 'failure' })
  await alone(github)
  expect(github.store.statuses(id)).toHaveLength(1)
})

test('a deployment with auto-finish: false that is found stays unfinished', async () => {
  const github = await startGitHub()
  const id = seed(github, {}, { auto_finish: false })
  await alone(github)
  expect(github.store.stateOf(id)).toBe('in_progress')
})

test('a step that empties RUNNER_TEMP after `start` changes no result', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use(QA),
    sh('rm -rf "$RUNNER_TEMP"/deploy-status-action'),
    use({ mode: 'finish' })
  ])
  expect([job.conclusion, ...job.annotations]).toEqual(['success'])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test.each([
  ['a file in the place of the folder', 'rm -rf "$D"; : > "$D"'],
  ['a FIFO in the place of the folder', 'rm -rf "$D"; mkfifo "$D"'],
  ['a link to another folder', 'mv "$D" "$RUNNER_TEMP/moved"; ln -s /proc "$D"'],
  ['FIFOs in the place of the records', 'for f in "$D"/*/*; do rm "$f"; mkfifo "$f"; done'],
  ['folders in the place of the records', 'for f in "$D"/*/*; do rm "$f"; mkdir "$f"; done'],
  ['links in the place of the records', 'for f in "$D"/*/*; do rm "$f"; ln -s /dev/zero "$f"; done']
])('%s changes no result', async (_, command) => {
  for (const after of [[], [use({ mode: 'finish' })]]) {
    const github = await startGitHub()
    const job = await runSteps(github, [use(QA), sh(`D="$RUNNER_TEMP/deploy-status-action"; ${command}`), ...after])
    expect([job.conclusion, ...job.annotations]).toEqual(['success'])
    expect(states(github)).toEqual(['in_progress', 'success'])
  }
})

test('a file at the path of the folder before `start` changes no result', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [sh(': > "$RUNNER_TEMP/deploy-status-action"'), use(QA), use({ mode: 'finish' })])
  expect([job.conclusion, ...job.annotations]).toEqual(['success'])
  expect(states(github)).toEqual(['in_progress', 'success'])
})
