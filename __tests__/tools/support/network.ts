import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ListenOptions } from '../../../simulator/github/index.ts'
import { type ProxyServer, startProxy } from './proxy.ts'

/** A network in which GitHub speaks TLS and only the proxy gets through to it. */
export interface Network {
  readonly listen: ListenOptions
  /** What an administrator sets for the runner. */
  readonly env: Readonly<Record<string, string>>
  readonly proxy: ProxyServer
  close(): Promise<void>
}

/**
 * The name of the server. GitHub's toolkit asks no proxy for loopback addresses, and no name but theirs leads
 * to this machine everywhere. On Linux this one leads each client to the address that it comes from itself, and
 * the toolkit does not know it.
 */
const HOST = '0.0.0.0'
/** So who comes from here, as the proxy does, finds the server here, and all others find nothing. */
const BEHIND = '127.0.0.2'

/** Starts its proxy, and makes the certificate of its servers. */
export async function startNetwork(): Promise<Network> {
  const folder = mkdtempSync(join(tmpdir(), 'network-'))
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')]
  const subject = ['-subj', '/CN=enterprise', '-addext', `subjectAltName=IP:${HOST}`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const files = ['-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'ignore' })
  const proxy = await startProxy(folder, BEHIND)
  return {
    listen: {
      tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8') },
      address: BEHIND,
      host: HOST
    },
    env: {
      NODE_EXTRA_CA_CERTS: certificate,
      https_proxy: `http://127.0.0.1:${proxy.port}`,
      no_proxy: 'elsewhere.example.com'
    },
    proxy,
    close: async () => {
      await proxy.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
