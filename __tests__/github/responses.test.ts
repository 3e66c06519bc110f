import { expect, test } from '@jest/globals'
import { act, annotationsOf } from '../support/act.ts'
import { closeAtEnd } from '../support/close-at-end.ts'
import { runBoth, runMain } from '../support/one-job.ts'
import { startRelay } from '../support/proxy.ts'
import { failureOf, logOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

/** A deployment to take over, which the server shows in the given way. */
async function shown(type: string | undefined, change = (text: string) => text) {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', payload: 'theirs' })
  github.intercept(({ method, path }) =>
    method === 'GET' && path.endsWith(`/deployments/${id}`)
      ? {
          deliver: (response, ready) => {
            if (type !== undefined) response.setHeader('content-type', type)
            response.writeHead(200).end(change(ready.text))
          }
        }
      : undefined
  )
  // Long enough for the first request of a busy machine, since it loads GitHub's descriptions.
  const run = await act(github, { 'deployment-id': `${id}`, timeout: '5' })
  return { github, run }
}

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;x=y'])(
  'a response with a JSON content type is read: %s',
  async type => {
    const { github, run } = await shown(type)
    expect(run.exitCode).toBe(0)
    expect(states(github)).toEqual(['in_progress'])
  }
)

test.each([undefined, 'text/html', 'text/plain; charset=utf-8', 'application/json-seq'])(
  'a response with another content type is rejected, even with a JSON body: %s',
  async type => {
    const { github, run } = await shown(type)
    expect(run.exitCode).toBe(1)
    expect(annotationsOf(run, 'error')[0]).toContain('a response that is not in the format of its API')
    expect(states(github)).toEqual([])
  }
)

test('an integer beyond 2^53 in the payload of another system does not stop the deploy', async () => {
  const { github, run } = await shown('application/json', text =>
    text.replace('"payload":"theirs"', '"payload":{"build":12345678901234567890}')
  )
  expect(annotationsOf(run, 'error')).toEqual([])
  expect(run.exitCode).toBe(0)
  expect(Object.keys(JSON.parse(run.outputs['payload'] ?? ''))).toEqual(['build'])
  expect(states(github)).toEqual(['in_progress'])
})

test('a server that ends each connection with its second request: each retry has a new one', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const relay = closeAtEnd(await startRelay(github.origin, 1))
  const env = Object.fromEntries(
    Object.entries(github.env()).map(([name, url]) => [name, url.replace(github.origin, relay.origin)])
  )
  const { main, post } = await time.drive(runBoth(github, { environment: 'qa' }, 'success', { clock: time.clock, env }))
  expect([failureOf(main), warningsOf(main), warningsOf(post)]).toEqual([undefined, [], []])
  expect(states(github)).toEqual(['in_progress', 'success'])
  // The status that main sends on a connection that was kept.
  expect(relay.broken()).toBe(1)
})

test('after a 101 response, the result is looked up', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const switched = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'
  github.intercept(({ isWrite }) => (isWrite ? { deliver: ({ socket }) => void socket?.end(switched) } : undefined))
  const { main, post } = await time.drive(runBoth(github, { environment: 'qa' }, 'success', { clock: time.clock }))
  expect([failureOf(main), warningsOf(main), warningsOf(post)]).toEqual([undefined, [], []])
  expect(logOf(main).join()).toContain('a response that is not in the format of its API (status 101)')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

const HOUR_MS = 3_600_000
const secondsLater = (now: number, seconds: number) => Math.ceil(now / 1000) + seconds

test.each([
  ['an hour behind', -HOUR_MS],
  ['an hour ahead', HOUR_MS]
])('with a local clock that is %s, a limit lasts as long as GitHub says', async (_, skewMs) => {
  const limits: ((now: number) => Record<string, string>)[] = [
    now => ({ 'retry-after': new Date(secondsLater(now, 2) * 1000).toUTCString() }),
    now => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${secondsLater(now, 2)}` })
  ]
  for (const headersAt of limits) {
    const time = virtualTime()
    const now = () => time.now() - skewMs
    const github = await startGitHub({ now })
    const end = now() + 2_000
    github.intercept(({ isWrite }) =>
      isWrite && now() < end ? { status: 403, headers: headersAt(now()), body: { message: 'rate limit' } } : undefined
    )
    const main = await time.drive(runMain(github, { environment: 'qa' }, { clock: time.clock }))
    expect([failureOf(main), ...states(github)]).toEqual([undefined, 'in_progress'])
    // The create is sent twice: before and after the limit.
    expect(github.requests.filter(({ isWrite }) => isWrite)).toHaveLength(3)
    expect(now() - end).toBeLessThan(3_000)
  }
})

test('a server that asks to wait no time, again and again, does not get a request each second', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  github.intercept(({ isWrite }) => (isWrite ? { status: 429, headers: { 'retry-after': '0' }, body: {} } : undefined))
  const main = await time.drive(runMain(github, { environment: 'qa', timeout: '120' }, { clock: time.clock }))
  expect(failureOf(main)).toContain('GitHub answered 429')
  expect(github.requests.filter(({ isWrite }) => isWrite).length).toBeLessThan(20)
})

test.each(['40', 'date'])('a 503 that asks to wait, with retry-after in the form of %s, is waited out', async form => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const end = time.now() + 40_000
  github.intercept(({ isWrite }) => {
    if (!isWrite || time.now() >= end) return undefined
    const after = form === 'date' ? new Date(end).toUTCString() : String(Math.ceil((end - time.now()) / 1000))
    return { status: 503, headers: { 'retry-after': after }, body: {} }
  })
  const main = await time.drive(runMain(github, { environment: 'qa' }, { clock: time.clock }))
  expect([failureOf(main), ...states(github)]).toEqual([undefined, 'in_progress'])
  // Only the first create meets the outage. The third write is the status.
  expect(github.requests.filter(({ isWrite }) => isWrite).map(({ status }) => status)).toEqual([503, 201, 201])
})
