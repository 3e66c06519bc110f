import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import { closeAtEnd } from '../support/close-at-end.ts'
import { HOST, resolveHost } from '../support/fault-network.ts'
import { inOneJob } from '../support/one-job.ts'
import {
  listen,
  type ProxyAnswer,
  serverAt,
  startProxy,
  startSilent,
  startTls,
  trustCertificate
} from '../support/proxy.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { type VirtualTime, virtualTime } from '../support/virtual-clock.ts'

// Requests that do not leave the machine: GitHub has certainly not processed them, and the message has the reason.

const QA = { environment: 'qa', timeout: '60' }
const MAX_SILENCE_MS = 15_000

const restore: (() => unknown)[] = []
afterEach(() => {
  for (const each of restore.splice(0)) each()
})

interface Outage {
  readonly github: LocalGitHub
  readonly main: ActionResult
  readonly post: ActionResult
  readonly elapsedMs: number
  /** The longest time without a line in the log, in milliseconds. */
  readonly silenceMs: number
}

/** Main without GitHub, and post of another main that reached it. */
async function outage(time: VirtualTime, env: Record<string, string>): Promise<Outage> {
  const github = await startGitHub({ now: time.now })
  const { clock } = time
  let last = time.now()
  let silenceMs = 0
  const onLine = () => {
    silenceMs = Math.max(silenceMs, time.now() - last)
    last = time.now()
  }
  const reached = await inOneJob(github, { clock }, job => time.drive(job.main(QA)))
  const startedAt = time.now()
  last = startedAt
  const stages = await inOneJob(github, { clock, env, onLine }, async job => ({
    main: await time.drive(job.main(QA)).finally(onLine),
    post: await time.drive(job.post(reached, 'success', QA))
  }))
  onLine()
  return { github, ...stages, elapsedMs: time.now() - startedAt, silenceMs }
}

function expectNothingSent({ github, main, post, elapsedMs, silenceMs }: Outage, ...words: readonly string[]): void {
  expect(failureOf(main)).toContain('No deployment was created.')
  expect(warningsOf(post).join()).toContain('The final state of the deployment was not reported.')
  for (const word of words) {
    expect(failureOf(main)).toContain(word)
    expect(warningsOf(post).join()).toContain(word)
  }
  expect(states(github)).toEqual(['in_progress'])
  expect(silenceMs).toBeLessThanOrEqual(MAX_SILENCE_MS)
  // One operation in main. In post, the look-ups before the final state take at most 15 s more.
  expect(elapsedMs).toBeGreaterThan(60_000)
  expect(elapsedMs).toBeLessThanOrEqual(2 * 60_000 + 15_000)
}

test.each<[ProxyAnswer, string]>([
  ['hang', 'did not answer in time'],
  ['close', 'ECONNRESET'],
  [407, 'answered 407'],
  [403, 'answered 403'],
  [502, 'answered 502']
])('a proxy that answers CONNECT with %s: both stages end, and name the proxy', async (answer, words) => {
  const time = virtualTime()
  const proxy = closeAtEnd(await startProxy(0, { answer: () => answer, hold: time.hold }))
  const https_proxy = `http://user:hush@${proxy.host}`
  const result = await outage(time, { ...serverAt(`https://${HOST}`), https_proxy })
  expectNothingSent(result, `the proxy ${proxy.host}`, words, 'https_proxy')
  expect(proxy.tunnels.length).toBeGreaterThan(6)
  const said = JSON.stringify([result.main, result.post])
  for (const secret of ['hush', btoa('user:hush')]) expect(said).not.toContain(secret)
})

test.each<[boolean, ...string[]]>([
  [true, 'answered 407'],
  [false, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS']
])(
  'the certificate of an HTTPS proxy is that of the proxy, not of the server (trusted: %s)',
  async (isTrusted, ...words) => {
    if (isTrusted) restore.push(trustCertificate())
    const proxy = closeAtEnd(await startProxy(0, { answer: () => 407 }))
    const { port } = closeAtEnd(await startTls(`http://${proxy.host}`))
    const https_proxy = `https://user:hush@127.0.0.1:${port}`
    const result = await outage(virtualTime(), { ...serverAt('https://other.example'), https_proxy })
    expectNothingSent(result, `the proxy 127.0.0.1:${port}`, ...words)
  }
)

test('a proxy that is down is named', async () => {
  const env = { ...serverAt(`https://${HOST}`), HTTPS_PROXY: '127.0.0.1:9' }
  expectNothingSent(await outage(virtualTime(), env), 'the proxy 127.0.0.1:9', 'ECONNREFUSED', 'HTTPS_PROXY')
})

test.each(['ENOTFOUND', 'EAI_AGAIN'])('a name that does not resolve is in the message: %s', async code => {
  restore.push(resolveHost(code))
  expectNothingSent(await outage(virtualTime(), serverAt(`https://${HOST}`)), `(${code} ${HOST})`)
})

test('a certificate that is not trusted: the message names NODE_EXTRA_CA_CERTS', async () => {
  const { port } = closeAtEnd(await startTls('http://127.0.0.1:9'))
  const result = await outage(virtualTime(), serverAt(`https://127.0.0.1:${port}`))
  expectNothingSent(result, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS')
})

test('a server that ends the TLS handshake', async () => {
  const server = createServer((socket: Socket) => socket.once('data', () => socket.destroy()))
  const { port } = closeAtEnd(await listen(server))
  expectNothingSent(await outage(virtualTime(), serverAt(`https://127.0.0.1:${port}`)), 'ECONNRESET')
})

test('a server that does not answer the TLS handshake', async () => {
  const time = virtualTime()
  const { port } = closeAtEnd(await startSilent(time.hold))
  expectNothingSent(await outage(time, serverAt(`https://127.0.0.1:${port}`)), 'no connection in time')
})

test('a proxy that fails in every way and then works: one deployment, and no look-up', async () => {
  restore.push(trustCertificate())
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  // The first twice, since the create and a read start at the same time. The read is not repeated.
  const answers: readonly ProxyAnswer[] = ['close', 'close', 407, 'hang', 502, 403]
  const answer = (count: number) => answers[count - 1] ?? 'open'
  const { port } = closeAtEnd(await startTls(github.origin))
  const proxy = closeAtEnd(await startProxy(port, { answer, hold: time.hold }))
  const env = { ...serverAt(`https://${HOST}`), https_proxy: `http://${proxy.host}` }
  await inOneJob(github, { clock: time.clock, env }, async job => {
    const main = await time.drive(job.main(QA))
    expect(failureOf(main)).toBeUndefined()
    const post = await time.drive(job.post(main, 'success', QA))
    expect(warningsOf(post)).toEqual([])
  })
  expect(github.store.deployments()).toHaveLength(1)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(github.requests.filter(({ method }) => method === 'GET')).toEqual([])
})
