import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'

/** Where a server listens. Defaults to HTTP on 127.0.0.1. */
export interface ListenOptions {
  /** Enables HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** An address of the loopback interface. */
  readonly address?: string
  /** The host name in URLs. Defaults to the address. */
  readonly host?: string
  /** Defaults to a free port. */
  readonly port?: number
}

export interface Listener {
  readonly origin: string
  /** Closes the port; open connections are still served. Call the returned function to reopen it. */
  refuse(): () => Promise<void>
  close(): Promise<void>
}

/** Starts an HTTP server on the loopback interface whose port can be closed for a while. */
export async function listen(handle: RequestListener, options: ListenOptions = {}): Promise<Listener> {
  const { address = '127.0.0.1', host = address, port: wanted = 0 } = options
  const servers: Server[] = []
  let isRefusing = false
  const open = async (port: number): Promise<number> => {
    const answer: RequestListener = (message, response) => {
      // A kept-alive connection would bypass the closed port.
      if (isRefusing) response.shouldKeepAlive = false
      handle(message, response)
    }
    const server = options.tls ? createTlsServer(options.tls, answer) : createServer(answer)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, resolve)
    })
    servers.push(server)
    return Object(server.address()).port
  }
  const port = await open(wanted)
  return {
    origin: `${options.tls ? 'https' : 'http'}://${host}:${port}`,
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
