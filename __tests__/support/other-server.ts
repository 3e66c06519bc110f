import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface OtherServer {
  readonly origin: string
  /** The headers of each request, as JSON. */
  readonly requests: readonly string[]
  readonly close: () => Promise<unknown>
}

/** Starts a server that must get no request. */
export async function startOtherServer(): Promise<OtherServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(JSON.stringify(request.headers))
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const close = () => new Promise(resolve => server.close(resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close }
}
