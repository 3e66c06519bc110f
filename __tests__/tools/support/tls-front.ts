import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'

export interface TlsFront {
  readonly origin: string
  readonly certificate: string
  close(): Promise<void>
}

/**
 * The name of the server. GitHub's toolkit asks no proxy for loopback addresses, and no name but theirs leads
 * to this machine everywhere; this address does on Linux, and the toolkit does not know it.
 */
export const HOST = '0.0.0.0'

/** HTTPS in front of the local GitHub, as every Enterprise Server has it, on the loopback interface. */
export async function startTlsFront(folder: string, target: string): Promise<TlsFront> {
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')]
  const subject = ['-subj', '/CN=enterprise', '-addext', `subjectAltName=IP:${HOST}`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const files = ['-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'ignore' })
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (message, response) => {
      const { method, headers } = message
      const behind = request(new URL(message.url ?? '/', target), { method, headers }, answer => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      behind.on('error', () => response.destroy())
      message.pipe(behind)
    }
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `https://${HOST}:${Object(server.address()).port}`,
    certificate,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
