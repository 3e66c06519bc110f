import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'

/** A server of another project, which the test starts and stops. */
export interface Server {
  readonly port: number
  /** All that it has said so far. */
  printed(): string
  stop(): Promise<void>
}

/** The path of a program. Throws an error that names it if it is missing. */
export function program(name: string): string {
  const path = [`/usr/sbin/${name}`, `/usr/bin/${name}`].find(file => existsSync(file))
  if (path === undefined) {
    throw new Error(`${name} is missing. Install Debian's packages as root: bash .ci/tools debian`)
  }
  return path
}

/** A port of the loopback interface that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = Object(server.address())
      server.close(() => resolve(port))
    })
  })

/** Starts a server and waits until it prints that it is there. */
export async function startServer(
  [path, ...parameters]: readonly [string, ...string[]],
  port: number,
  says: string
): Promise<Server> {
  // The time is a bound for a test that was killed itself; usually the test ends the server.
  const child = spawn(path, parameters, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 })
  const closed = new Promise<void>(resolve => child.on('close', () => resolve()))
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    const read = (text: Buffer): void => {
      printed += text
      if (printed.includes(says)) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', reject)
    child.on('close', () => reject(new Error(`${path} ended at once:\n${printed}`)))
  })
  return {
    port,
    printed: () => printed,
    stop: async () => {
      child.kill()
      await closed
    }
  }
}
