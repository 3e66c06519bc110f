import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createNetServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach } from '@jest/globals'

/** Of `github.example`, signed by itself, for tests alone. Below the root of the project. */
export const CERTIFICATE = '__tests__/support/tls/certificate.pem'

const read = (name: string) => readFileSync(join(import.meta.dirname, 'tls', name))

interface Closing {
  close(): void
}

const open: Closing[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** Closes it after the story. */
export function closeAtEnd<T extends Closing>(one: T): T {
  open.push(one)
  return one
}

const joined = (one: Socket, other: Socket): void => {
  for (const end of [one, other]) end.on('error', () => [one.destroy(), other.destroy()])
  one.pipe(other).pipe(one)
}

async function listen(server: Server) {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/** TLS in front of a server that speaks plain HTTP. */
export function startTls(origin: string) {
  const { port, hostname } = new URL(origin)
  const options = { key: read('key.pem'), cert: read('certificate.pem') }
  return listen(createTlsServer(options, socket => joined(socket, connect(Number(port), hostname))))
}

/** A bare relay in front of a server, which counts the connections that are made to it. */
export async function startRelay(target: string) {
  const { port, hostname } = new URL(target)
  let count = 0
  const server = createNetServer(socket => {
    count += 1
    joined(socket, connect(Number(port), hostname))
  })
  const relay = await listen(server)
  return { origin: `http://127.0.0.1:${relay.port}`, connections: () => count, close: relay.close }
}

/** A proxy whose tunnels all lead to one port of this machine, and which notes who asked for what. */
export async function startProxy(port: number) {
  const tunnels: { host: string; authorization: string }[] = []
  const server = createServer((_request, response) => response.writeHead(501).end())
  server.on('connect', (request, socket: Socket) => {
    const authorization = request.headers['proxy-authorization'] ?? ''
    tunnels.push({ host: request.url ?? '', authorization })
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      joined(socket, far)
    })
  })
  const listening = await listen(server)
  return { tunnels, host: `127.0.0.1:${listening.port}`, close: listening.close }
}
