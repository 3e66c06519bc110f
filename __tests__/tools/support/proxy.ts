import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, program, type Server, startServer } from './processes.ts'

export interface ProxyServer extends Server {
  /** What clients have asked it for, in order: `CONNECT host:port`. */
  asked(): string[]
}

/** A real proxy on the loopback interface, which serves this machine alone and comes from an address of it. */
export async function startProxy(folder: string, from: string): Promise<ProxyServer> {
  const port = await freePort()
  const settings = [
    `Port ${port}`,
    'Listen 127.0.0.1',
    'Allow 127.0.0.1',
    `Bind ${from}`,
    'MaxClients 20',
    'Timeout 30',
    'LogLevel Info'
  ]
  const config = join(folder, 'tinyproxy.conf')
  writeFileSync(config, `${settings.join('\n')}\n`)
  const command = [program('tinyproxy'), '-d', '-c', config] as const
  const server = await startServer(command, port, 'Accepting connections')
  return { ...server, asked: () => server.printed().match(/CONNECT [^\s/]+/g) ?? [] }
}
