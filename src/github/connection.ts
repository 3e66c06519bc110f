import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { getText } from '../lib/json.ts'
import { sanitizeLine } from '../lib/text.ts'
import type { HttpProxy } from '../runner/addresses.ts'

// Shorter than servers keep idle connections, so that no request meets one that is being closed.
const IDLE_MS = 4_000

/** There was no connection, so nothing of the request left this machine: GitHub has certainly not done it. */
export class ConnectionError extends Error {
  override name = 'ConnectionError'
  /** The code of Node's error, such as `ECONNREFUSED`; empty if there is none. */
  readonly code: string
  /** The connection to the proxy, or its tunnel, has failed. */
  readonly proxy: HttpProxy | undefined

  constructor(message: string, code: string, proxy?: HttpProxy) {
    super(sanitizeLine(message, 200))
    this.code = code
    this.proxy = proxy
  }
}

/** The connections to one server. */
export interface Connections {
  /** Hands out only connections that are ready. The `connecting` signal of a request ends a wait for one. */
  readonly agent: http.Agent
  /** Every further request gets a new connection: a server can break all that it has kept. */
  stopReuse(): void
}

interface ConnectOptions extends http.ClientRequestArgs {
  readonly connecting?: AbortSignal
}

/** Opens connections when they are needed, through the proxy if there is one, and keeps them for later requests. */
export function openConnections(address: string, proxy: HttpProxy | undefined): Connections {
  const target = new URL(address)
  const isSecure = target.protocol === 'https:'
  const agentWith = (keepAlive: boolean): http.Agent => {
    const { Agent } = isSecure ? https : http
    const agent = new Agent({ keepAlive, timeout: IDLE_MS })
    const connect = agent.createConnection.bind(agent)
    agent.createConnection = (options: ConnectOptions, ready) => {
      const { connecting = new AbortController().signal } = options
      const open = async () => {
        const tunnel = proxy && (await openTunnel(proxy, target, connecting))
        const socket = connect({ ...options, ...(tunnel && { socket: tunnel }) }) as Socket
        await settled(socket, isSecure ? 'secureConnect' : 'connect', connecting).catch(error => {
          throw new ConnectionError(connecting.aborted ? 'no connection in time' : describe(error), codeOf(error))
        })
        return socket
      }
      open().then(
        socket => ready?.(null, socket),
        error => (ready as (error: Error) => void)?.(error)
      )
      return undefined
    }
    return agent
  }
  let agent = agentWith(true)
  return {
    get agent() {
      return agent
    },
    stopReuse: () => {
      agent = agentWith(false)
    }
  }
}

/** A connection through the proxy to the port of the server. Throws a ConnectionError. */
async function openTunnel(proxy: HttpProxy, target: URL, signal: AbortSignal): Promise<Socket> {
  const { request } = proxy.origin.startsWith('https:') ? https : http
  const host = `${target.hostname}:${target.port || 443}`
  const headers = { host, ...(proxy.authorization !== '' && { 'proxy-authorization': proxy.authorization }) }
  // Without it, Node checks the proxy's certificate against the header `host`, which names the server.
  const { hostname } = new URL(proxy.origin)
  const servername = isIP(hostname.replace(/[[\]]/g, '')) === 0 ? hostname : ''
  const options: https.RequestOptions = { method: 'CONNECT', path: host, headers, servername, agent: false }
  const sent = request(proxy.origin, options)
  sent.end()
  const [response, socket] = await settled<[http.IncomingMessage, Socket]>(sent, 'connect', signal).catch(error => {
    const reason = signal.aborted
      ? `the proxy ${proxy.host} did not answer in time`
      : `no connection to the proxy ${proxy.host} (${codeOf(error)})`
    throw new ConnectionError(reason, codeOf(error), proxy)
  })
  const { statusCode = 0 } = response
  if (statusCode >= 200 && statusCode < 300) return socket
  socket.destroy()
  // Without the text of the status, in which a proxy could send its password back.
  throw new ConnectionError(`the proxy ${proxy.host} answered ${statusCode}`, '', proxy)
}

/** The values of an event. Rejects after an error, and always when the signal aborts; then it destroys the emitter. */
async function settled<T extends unknown[]>(
  emitter: Socket | http.ClientRequest,
  event: string,
  signal: AbortSignal
): Promise<T> {
  try {
    return (await once(emitter, event, { signal })) as T
  } catch (error) {
    emitter.on('error', () => undefined).destroy()
    throw error
  }
}

const codeOf = (error: unknown): string => getText(error, 'code')

function describe(error: unknown): string {
  const host = getText(error, 'hostname') || getText(error, 'address')
  return `no connection (${[codeOf(error), host].filter(part => part !== '').join(' ')})`
}
