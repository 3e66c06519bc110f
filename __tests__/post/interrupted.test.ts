import { expect, test } from '@jest/globals'
import type { ActionResult } from '../../simulator/runner/index.ts'
import { annotationsOf } from '../support/act.ts'
import { startGitHub, states, type TestGitHub } from '../support/scenario.ts'
import { openJob, type StagedJob } from '../support/stage-process.ts'
import { lastStatus } from '../support/steps.ts'

const QA = { environment: 'qa' }
const SUCCESS = { 'job-status': 'success' }
const FINISH = { mode: 'finish', ...SUCCESS }

/** Kills main while GitHub holds the status `state`, before or after GitHub has recorded it. */
async function killedAt(
  github: TestGitHub,
  job: StagedJob,
  state: string,
  { isDone, inputs }: { isDone: boolean; inputs: Record<string, string> }
): Promise<ActionResult> {
  const main = job.start('main', inputs)
  let isHeld = false
  const stop = github.intercept(async (request, proceed, closed) => {
    if (Object(request.body).state !== state || isHeld) return undefined
    isHeld = true
    if (isDone) await proceed()
    const gone = new Promise(resolve => closed.addEventListener('abort', resolve, { once: true }))
    main.kill('SIGKILL')
    await gone
    return 'reset'
  })
  const ended = await main.ended
  stop()
  expect(isHeld).toBe(true)
  return ended
}

test.each([
  ['before GitHub took its status', false],
  ['after GitHub took its status', true]
])('an interrupted `finish`, %s, is completed by its own post step', async (_, isDone) => {
  const github = await startGitHub()
  const job = openJob(github)
  const start = await job.main(QA)
  const finish = await killedAt(github, job, 'success', { isDone, inputs: FINISH })
  // The job is canceled, which must not replace what `finish` posted.
  const canceled = { 'job-status': 'cancelled' }
  const own = await job.post({ ...FINISH, ...canceled }, finish)
  const post = await job.post({ ...QA, ...canceled }, start)
  expect([own.exitCode, post.exitCode]).toEqual([0, 0])
  expect([own, post].flatMap(stage => annotationsOf(stage, 'warning'))).toEqual([])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('the post step of `start` alone leaves a final state that GitHub has', async () => {
  const github = await startGitHub()
  const job = openJob(github)
  const start = await job.main(QA)
  await killedAt(github, job, 'success', { isDone: true, inputs: FINISH })
  const given = { ...QA, 'job-status': 'cancelled' }
  await job.post(given, start)
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('the post step of an interrupted `finish` whose status GitHub refuses warns once', async () => {
  const github = await startGitHub()
  const job = openJob(github)
  await job.main(QA)
  const finish = await killedAt(github, job, 'success', { isDone: false, inputs: FINISH })
  github.intercept(({ body }) =>
    Object(body).state === 'success' ? { status: 422, body: { message: 'No' } } : undefined
  )
  const own = await job.post(FINISH, finish)
  expect(own.exitCode).toBe(0)
  expect(annotationsOf(own, 'warning')).toEqual([expect.stringContaining('The `finish` was interrupted')])
})

test.each([false, true])(
  'an interrupted `start` whose job goes on never becomes `success` (status recorded: %s)',
  async isDone => {
    const github = await startGitHub()
    const job = openJob(github)
    const start = await killedAt(github, job, 'in_progress', { isDone, inputs: QA })
    await job.post({ ...QA, ...SUCCESS }, start)
    expect(states(github)).not.toContain('success')
    expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Interrupted' })
  }
)

test('a `finish` counts a `start` whose process has ended as interrupted', async () => {
  const github = await startGitHub()
  const job = openJob(github)
  const start = await killedAt(github, job, 'in_progress', { isDone: true, inputs: QA })
  const finish = await job.main(FINISH)
  expect(finish.exitCode).toBe(0)
  await job.post(FINISH, finish)
  await job.post({ ...QA, ...SUCCESS }, start)
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toBe('Interrupted')
})

test('a `finish` with its own `failure` keeps that for an interrupted `start`', async () => {
  const github = await startGitHub()
  const job = openJob(github)
  await killedAt(github, job, 'in_progress', { isDone: true, inputs: QA })
  const finish = await job.main({ ...FINISH, state: 'error' })
  expect(finish.exitCode).toBe(0)
  expect(lastStatus(github)).toMatchObject({ state: 'error', description: 'Error' })
})

test('main that is still alive when its post step runs does not reopen the deployment', async () => {
  const github = await startGitHub()
  const job = openJob(github)
  let release = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  let hold = () => {}
  const isHeld = new Promise<void>(resolve => {
    hold = resolve
  })
  github.intercept(async request => {
    if (request.operation !== 'POST /repos/{owner}/{repo}/deployments') return undefined
    hold()
    await gate
    return undefined
  })
  const main = job.start('main', QA)
  await isHeld
  // Main reads the list once. A second time, it is post that looks for the deployment.
  let lists = 0
  github.intercept(({ operation }) => {
    if (operation !== 'graphql query Deployments') return undefined
    lists += 1
    if (lists === 2) release()
    return undefined
  })
  // A `cancel` step: the state of main is lost, and post runs beside it.
  const [, ended] = await Promise.all([main.ended, job.start('post', { ...QA, ...SUCCESS }).ended])
  expect(ended.exitCode).toBe(0)
  expect(['failure', 'error', 'inactive']).toContain(states(github).at(-1))
})
