import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createNetServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import tls, { createServer as createTlsServer } from 'node:tls'

/** Of `github.example`, signed by itself, for tests alone. Below the root of the project. */
export const CERTIFICATE = '__tests__/support/tls/certificate.pem'

const read = (name: string) => readFileSync(join(import.meta.dirname, 'tls', name))

/** Lets this process trust the certificate of `startTls`. Returns a function that ends it. */
export function trustCertificate(): () => void {
  const original = tls.connect
  const ca = read('certificate.pem')
  Object.assign(tls, { connect: (options: tls.ConnectionOptions) => original({ ...options, ca }) })
  return () => Object.assign(tls, { connect: original })
}

/** Connects two sockets. If one breaks, so does the other. */
export const joined = (one: Socket, other: Socket): void => {
  for (const end of [one, other]) end.on('error', () => [one.destroy(), other.destroy()])
  one.pipe(other).pipe(one)
}

/** Listens on a free port of this machine. */
export async function listen(server: Server) {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** The variables of a runner whose GitHub Enterprise Server has this origin. */
export const serverAt = (origin: string) => ({
  GITHUB_SERVER_URL: origin,
  GITHUB_API_URL: `${origin}/api/v3`,
  GITHUB_GRAPHQL_URL: `${origin}/api/graphql`
})

/** TLS in front of a server that speaks plain HTTP. */
export function startTls(origin: string) {
  const { port, hostname } = new URL(origin)
  const options = { key: read('key.pem'), cert: read('certificate.pem') }
  return listen(createTlsServer(options, socket => joined(socket, connect(Number(port), hostname))))
}

/**
 * A relay in front of a server, which counts the connections that are made to it. A connection breaks with the request
 * that is one more than `maxRequests`.
 */
export async function startRelay(target: string, maxRequests = Infinity) {
  const { port, hostname } = new URL(target)
  let connections = 0
  let broken = 0
  const server = createNetServer(socket => {
    connections += 1
    const far = connect(Number(port), hostname)
    joined(socket, far)
    let requests = 0
    socket.on('data', data => {
      if (/^(GET|POST|DELETE) /.test(data.toString('latin1'))) requests += 1
      if (requests <= maxRequests) return
      broken += 1
      for (const end of [socket, far]) end.destroy()
    })
  })
  const { port: own, close } = await listen(server)
  return { origin: `http://127.0.0.1:${own}`, connections: () => connections, broken: () => broken, close }
}

type Hold = (milliseconds: number, signal: AbortSignal) => Promise<void>

const HOUR_MS = 3_600_000

/** Lets time pass until the other side closes the connection. */
export function hang(socket: Socket, hold: Hold | undefined): void {
  const closed = new AbortController()
  for (const event of ['end', 'close', 'error']) socket.on(event, () => [closed.abort(), socket.destroy()])
  socket.resume()
  void hold?.(HOUR_MS, closed.signal)
}

/** A server that accepts connections and sends nothing. */
export const startSilent = (hold: Hold) => listen(createNetServer(socket => hang(socket, hold)))

/** How a proxy answers CONNECT: with a tunnel, with a status, by closing the connection, or not at all. */
export type ProxyAnswer = 'open' | 'close' | 'hang' | number

/** What a proxy does with each CONNECT, counted from 1, and who lets time pass while it hangs. */
export interface ProxyOptions {
  readonly answer?: (count: number) => ProxyAnswer
  readonly hold?: Hold
}

/** A proxy whose tunnels all lead to one port of this machine. It records the host and credentials of each CONNECT. */
export async function startProxy(port: number, { answer = () => 'open', hold }: ProxyOptions = {}) {
  const tunnels: { host: string; authorization: string }[] = []
  const server = createServer((_request, response) => response.writeHead(501).end())
  server.on('connect', (request, socket: Socket) => {
    const authorization = request.headers['proxy-authorization'] ?? ''
    const count = tunnels.push({ host: request.url ?? '', authorization })
    const reply = answer(count)
    if (reply === 'hang') return hang(socket, hold)
    if (reply === 'close') return socket.destroy()
    // A proxy can send the password back.
    if (typeof reply === 'number') return socket.end(`HTTP/1.1 ${reply} ${authorization}\r\ncontent-length: 0\r\n\r\n`)
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      joined(socket, far)
    })
    return undefined
  })
  const listening = await listen(server)
  return { tunnels, host: `127.0.0.1:${listening.port}`, close: listening.close }
}
