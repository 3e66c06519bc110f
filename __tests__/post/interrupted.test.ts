import { afterEach, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { type Bench, type Ended, openBench, stateFor } from '../support/stage-process.ts'
import { lastStatus } from '../support/steps.ts'
import { startGitHub, states } from '../support/story.ts'

const benches: Bench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

const QA = { environment: 'qa' }
const SUCCESS = { 'job-status': 'success' }
const FINISH = { mode: 'finish', ...SUCCESS }

function bench(github: LocalGitHub): Bench {
  const opened = openBench(github)
  benches.push(opened)
  return opened
}

/** Kills main while GitHub holds the status `state`, before or after GitHub has recorded it. */
async function killedAt(
  github: LocalGitHub,
  opened: Bench,
  state: string,
  { isDone, inputs }: { isDone: boolean; inputs: Record<string, string> }
): Promise<Ended> {
  const main = opened.run('main', inputs)
  let isHeld = false
  const stop = github.intercept(async (request, proceed, closed) => {
    if (Object(request.body).state !== state || isHeld) return undefined
    isHeld = true
    if (isDone) await proceed()
    const gone = new Promise(resolve => closed.addEventListener('abort', resolve, { once: true }))
    main.child.kill('SIGKILL')
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
  const opened = bench(github)
  const start = await opened.run('main', QA).ended
  const finish = await killedAt(github, opened, 'success', { isDone, inputs: FINISH })
  // The job is canceled, which must not replace what `finish` posted.
  const canceled = { 'job-status': 'cancelled' }
  const own = await opened.run('post', { ...FINISH, ...canceled }, stateFor(finish)).ended
  const post = await opened.run('post', { ...QA, ...canceled }, stateFor(start)).ended
  expect([own.exitCode, post.exitCode]).toEqual([0, 0])
  expect(`${own.stdout}${post.stdout}`).not.toContain('::warning')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('the post step of `start` alone leaves a final state that GitHub has', async () => {
  const github = await startGitHub()
  const opened = bench(github)
  const start = await opened.run('main', QA).ended
  await killedAt(github, opened, 'success', { isDone: true, inputs: FINISH })
  const given = { ...QA, 'job-status': 'cancelled' }
  await opened.run('post', given, stateFor(start)).ended
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('the post step of an interrupted `finish` whose status GitHub refuses warns once', async () => {
  const github = await startGitHub()
  const opened = bench(github)
  await opened.run('main', QA).ended
  const finish = await killedAt(github, opened, 'success', { isDone: false, inputs: FINISH })
  github.intercept(({ body }) =>
    Object(body).state === 'success' ? { status: 422, body: { message: 'No' } } : undefined
  )
  const own = await opened.run('post', FINISH, stateFor(finish)).ended
  expect(own.exitCode).toBe(0)
  expect(own.stdout.match(/::warning/g)).toHaveLength(1)
  expect(own.stdout).toContain('The `finish` was interrupted')
})

test.each([false, true])(
  'an interrupted `start` whose job goes on never becomes `success` (status recorded: %s)',
  async isDone => {
    const github = await startGitHub()
    const opened = bench(github)
    const start = await killedAt(github, opened, 'in_progress', { isDone, inputs: QA })
    await opened.run('post', { ...QA, ...SUCCESS }, stateFor(start)).ended
    expect(states(github)).not.toContain('success')
    expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Interrupted' })
  }
)

test('a `finish` beside a `start` whose process is gone counts it as interrupted', async () => {
  const github = await startGitHub()
  const opened = bench(github)
  const start = await killedAt(github, opened, 'in_progress', { isDone: true, inputs: QA })
  const finish = await opened.run('main', FINISH).ended
  expect(finish.exitCode).toBe(0)
  await opened.run('post', FINISH, stateFor(finish)).ended
  await opened.run('post', { ...QA, ...SUCCESS }, stateFor(start)).ended
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toBe('Interrupted')
})

test('a `finish` with its own `failure` keeps that for an interrupted `start`', async () => {
  const github = await startGitHub()
  const opened = bench(github)
  await killedAt(github, opened, 'in_progress', { isDone: true, inputs: QA })
  const finish = await opened.run('main', { ...FINISH, state: 'error' }).ended
  expect(finish.exitCode).toBe(0)
  expect(lastStatus(github)).toMatchObject({ state: 'error', description: 'Error' })
})

test('main that is still alive when its post step runs does not reopen the deployment', async () => {
  const github = await startGitHub()
  const opened = bench(github)
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
  const main = opened.run('main', QA)
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
  const post = opened.run('post', { ...QA, ...SUCCESS })
  const [, ended] = await Promise.all([main.ended, post.ended])
  expect(ended.exitCode).toBe(0)
  expect(['failure', 'error', 'inactive']).toContain(states(github).at(-1))
})
