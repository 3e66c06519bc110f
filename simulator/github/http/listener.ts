import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

/** How clients reach a server; by plain HTTP at 127.0.0.1 unless told. */
export interface Reach {
  /** With it the server speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Where it listens, which has to be on the loopback interface. */
  readonly address?: string
  /** The host in its links, where that is another name for the same. */
  readonly host?: string
  /** A free one where not given. */
  readonly port?: number
}

export interface Listener {
  readonly origin: string
  /** Nobody listens on the port from now on; what is connected is served. The function listens again. */
  refuse(): () => Promise<void>
  close(): Promise<void>
}

/** An HTTP server on the loopback interface whose port can be deaf for a while. */
export async function listen(handle: RequestListener, reach: Reach = {}): Promise<Listener> {
  const { address = '127.0.0.1', host = address, port: wanted = 0 } = reach
  const servers: Server[] = []
  let isRefusing = false
  const open = async (port: number): Promise<number> => {
    const answer: RequestListener = (message, response) => {
      // A connection that stays open would lead around the closed port.
      if (isRefusing) response.shouldKeepAlive = false
      handle(message, response)
    }
    const server = reach.tls ? createTlsServer(reach.tls, answer) : createServer(answer)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, resolve)
    })
    servers.push(server)
    return Object(server.address()).port
  }
  const port = await open(wanted)
  return {
    origin: `${reach.tls ? 'https' : 'http'}://${host}:${port}`,
    refuse: () => {
      isRefusing = true
      for (const server of servers) server.close()
      return async () => {
        await open(port)
        isRefusing = false
      }
    },
    close: async () => {
      await Promise.all(
        servers.map(
          server =>
            new Promise<void>(resolve => {
              server.close(() => resolve())
              server.closeAllConnections()
            })
        )
      )
    }
  }
}
