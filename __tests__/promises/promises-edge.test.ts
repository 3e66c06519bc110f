import { afterEach, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { Interceptor, LocalGitHub } from '../../simulator/github/index.ts'
import { INPUT } from '../docs/messages/input.ts'
import { act, annotationsOf } from '../support/act.ts'
import { collectMessages, isCreate } from '../support/catalogue.ts'
import { expectHarmless, MANY_LINES, ONE_LINE } from '../support/hostile.ts'
import { startJob } from '../support/one-job.ts'
import { startOtherServer } from '../support/other-server.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { expectNoToken } from '../support/safe-output.ts'
import { startGitHub, TOKEN } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test.each(Object.entries(INPUT))('P4: bad input is refused before the first request: %s', async (_, tale) => {
  let github: LocalGitHub | undefined
  const [message = '', ...more] = await collectMessages({
    ...tale,
    arrange: started => {
      github = started
    }
  })
  expect(message).toMatch(/^Error: /)
  expect([more, github?.requests]).toEqual([[], []])
})

/** Every way in which GitHub can fail post. */
const FAULTS: Readonly<Record<string, Interceptor>> = {
  'says no to everything': () => ({ status: 422, body: { message: 'No' } }),
  'forgets the token': () => ({ status: 401, body: { message: 'Bad credentials' } }),
  'forbids everything': () => ({
    status: 403,
    body: { message: 'Resource not accessible by integration' }
  }),
  'is down': () => ({ status: 503, body: '<h1>Unicorn</h1>' }),
  'closes every connection': () => 'reset',
  'limits for an hour': () => ({ status: 429, headers: { 'retry-after': '3600' } }),
  'answers in another shape': () => ({ status: 200, body: [{ id: 'x' }] }),
  'redirects to another server': () => ({ status: 302, headers: { location: 'https://e.example/' } })
}

test.each(Object.entries(FAULTS))(
  'P7: post never fails a deploy, but warns about a state that it could not report: GitHub %s',
  async (_, fault) => {
    for (const inputs of [{}, { 'auto-inactive': 'all' }, { 'fail-on-error': 'false' }]) {
      const github = await startGitHub({ time: virtualTime() })
      const job = startJob(github)
      const main = await job.main({ environment: 'qa', ...inputs })
      github.intercept(fault)
      const post = await job.post(main, 'success', inputs)
      expect(failureOf(post)).toBeUndefined()
      const [warning = '', ...more] = warningsOf(post)
      expect(more).toEqual([])
      expect(warning).toMatch(/^The final state of the deployment was not reported\. Could not /)
      expect(warning).toMatch(/Deployment \d+ of "qa" (is still|may still be) open; finish it with `mode: finish`/)
    }
  }
)

test('P7: state that is broken, and a main that never ran, leave post green', async () => {
  const github = await startGitHub()
  for (const started of ['', '{', '[]', '{"v":1,"phase":"open"}', '{"v":1,"phase":"creating","id":-1}']) {
    const post = await act(github, {}, { stage: 'post', state: { started } })
    expect([post.exitCode, annotationsOf(post, 'error')]).toEqual([0, []])
  }
  expect(github.requests.filter(request => request.isWrite)).toEqual([])
})

test('P8: the same operation that fails twice names both requests by their own id', async () => {
  const github = await startGitHub()
  github.intercept(request => (request.isWrite ? { status: 422, body: { message: 'Validation Failed' } } : undefined))
  const runs = [await act(github, { environment: 'qa' }), await act(github, { environment: 'qa' })]
  const sent = github.requests.filter(request => request.isWrite)
  const messages = runs.map(run => annotationsOf(run, 'error')[0] ?? '')
  expect(messages.map(message => /request id (\S+)\)/.exec(message)?.[1])).toEqual(
    sent.map(request => request.requestId)
  )
  for (const message of messages) {
    expect(message).toMatch(
      /^Could not create the deployment of "qa" at "\S+" in octo-org\/octo-repo: GitHub answered 422 "Validation Failed"/
    )
    expect(message.split('\n').slice(1)).toEqual([
      'No deployment was created.',
      'GitHub does not accept a value. Correct the one that its message names, and run the job again.'
    ])
  }
})

test('P8: if an earlier create may have been processed, the message does not claim that no deployment exists', async () => {
  const github = await startGitHub()
  let creates = 0
  github.intercept(async (request, proceed) => {
    if (request.method === 'GET') return { status: 200, body: [] }
    if (!isCreate(request)) return undefined
    creates += 1
    if (creates > 1) return { status: 403, body: { message: 'Forbidden for now' } }
    await proceed()
    return 'reset'
  })
  const job = startJob(github)
  const main = await job.main({ environment: 'qa' })
  expect(creates).toBe(2)
  expect(failureOf(main)).toContain('It is not known whether a deployment was created; the post step')
  await job.post(main, 'failure')
  expect(github.store.deployments().map(({ id }) => github.store.stateOf(id))).toEqual(['failure'])
})

test('P9: no text of anybody becomes a command, live Markdown or a control sequence', async () => {
  const github = await startGitHub()
  const hostile = { environment: ONE_LINE.slice(0, 255), description: MANY_LINES }
  const of = event('pull_request', {
    branch: ONE_LINE,
    payload: { pull_request: { title: MANY_LINES } }
  })
  const main = await act(github, hostile, { event: of })
  const post = await act(github, hostile, { event: of, stage: 'post', state: main.state })
  for (const run of [main, post]) expectHarmless(run)
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
})

test.each([301, 302, 307, 308])('P10: a redirect (%i) to another origin hears nothing', async status => {
  const { origin, requests, close } = await startOtherServer()
  closing.push(close)
  const github = await startGitHub()
  github.intercept(() => ({ status, headers: { location: `${origin}/repos/x` } }))
  const run = await act(github, { environment: 'qa' })
  expect([run.exitCode, requests]).toEqual([1, []])
  expect(annotationsOf(run, 'error')[0]).toContain(`GitHub redirects to ${origin}; not followed`)
})

test('P10: a redirect on the same origin is followed three times, with method and body', async () => {
  for (const [hops, exitCode] of [
    [3, 0],
    [4, 1]
  ] as const) {
    const github = await startGitHub()
    let count = 0
    github.intercept(request => {
      if (!isCreate(request)) return undefined
      count += 1
      return count <= hops ? { status: 308, headers: { location: request.path } } : undefined
    })
    const run = await act(github, { environment: 'qa' })
    expect([hops, run.exitCode, github.store.deployments().length]).toEqual([hops, exitCode, 1 - exitCode])
    expect(annotationsOf(run, 'error').join()).toContain(exitCode === 0 ? '' : 'GitHub redirects more than 3 times')
    const creates = github.requests.filter(isCreate)
    expect(new Set(creates.map(({ body, token }) => JSON.stringify([body, token]))).size).toBe(1)
  }
})

test('P10: the token is in no file, no output and no line, and is never saved', async () => {
  const github = await startGitHub()
  const debug = { env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' } }
  const inputs = { environment: 'qa', description: `by ${TOKEN}`, 'dry-run': 'true' }
  const dry = await act(github, inputs, debug)
  const main = await act(github, { environment: 'qa' }, debug)
  const post = await act(github, {}, { ...debug, stage: 'post', state: main.state })
  for (const run of [dry, main, post]) expectNoToken(run, TOKEN)
  expect(JSON.stringify(github.requests.map(({ path, query, body }) => [path, query, body]))).not.toContain(TOKEN)
})
