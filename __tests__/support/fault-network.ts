import dns from 'node:dns'
import { connect, createServer, type Socket } from 'node:net'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { Network } from './fault-cell.ts'
import { hang, joined, listen, type ProxyAnswer, startProxy, startTls, trustCertificate } from './proxy.ts'
import type { VirtualTime } from './virtual-clock.ts'

/** A name that only these tests resolve. The certificate of `startTls` is of this host. */
export const HOST = 'github.example'

/** Resolves the host to this machine, or lets that fail with a code, until the returned function is called. */
export function resolveHost(code?: string): () => Promise<void> {
  const original = dns.lookup
  const lookup: typeof dns.lookup = Object.assign((...given: Parameters<typeof original>) => {
    const [hostname, options] = given
    const answer = given.at(-1) as unknown as (error: Error | null, ...result: unknown[]) => void
    if (hostname !== HOST) return original(...given)
    const error = Object.assign(new Error(`getaddrinfo ${code}`), { code, hostname })
    const address = { address: '127.0.0.1', family: 4 }
    const isAll = Object(options).all === true
    const result = isAll ? [[address]] : [address.address, address.family]
    return process.nextTick(() => (code === undefined ? answer(null, ...result) : answer(error)))
  }, original)
  Object.assign(dns, { lookup })
  return async () => void Object.assign(dns, { lookup: original })
}

const envAt = (origin: string) => ({
  GITHUB_SERVER_URL: origin,
  GITHUB_API_URL: origin,
  GITHUB_GRAPHQL_URL: `${origin}/graphql`
})

/** A proxy that answers CONNECT so for a time, and then opens tunnels. Without an answer, it is down. */
export const behindProxy =
  (answer: ProxyAnswer | undefined, forMs: number) =>
  async (github: LocalGitHub, time: VirtualTime): Promise<Network> => {
    const endsAt = time.now() + forMs
    const distrust = trustCertificate()
    const front = await startTls(github.origin)
    const proxy = await startProxy(front.port, {
      answer: () => (answer !== undefined && time.now() < endsAt ? answer : 'open'),
      hold: time.hold
    })
    const env = { ...envAt(`https://${HOST}`), https_proxy: `http://${proxy.host}` }
    const close = () => {
      for (const one of [proxy, front]) one.close()
      distrust()
    }
    if (answer === undefined) proxy.close()
    return { env, close }
  }

/** TLS whose handshakes end, or get no answer, for a time; `untrusted`: the certificate is not known to the runner. */
export const behindTls =
  (how: 'end' | 'silence' | 'untrusted', forMs: number) =>
  async (github: LocalGitHub, time: VirtualTime): Promise<Network> => {
    const endsAt = time.now() + forMs
    const trusted = how === 'untrusted' ? () => undefined : trustCertificate()
    const front = await startTls(github.origin)
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined)
      const isBroken = how !== 'untrusted' && time.now() < endsAt
      if (isBroken && how === 'end') return void socket.once('data', () => socket.destroy())
      if (isBroken) return hang(socket, time.hold)
      return joined(socket, connect(front.port, '127.0.0.1'))
    })
    const relay = await listen(server)
    const restore = resolveHost()
    const close = () => {
      for (const one of [relay, front]) one.close()
      trusted()
      void restore()
    }
    return { env: envAt(`https://${HOST}:${relay.port}`), close }
  }
