import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Elsewhere {
  readonly origin: string
  readonly heard: readonly string[]
  readonly close: () => Promise<unknown>
}

/** Another server, which must never hear anything. */
export async function elsewhere(): Promise<Elsewhere> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers))
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const close = () => new Promise(resolve => server.close(resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, close }
}
