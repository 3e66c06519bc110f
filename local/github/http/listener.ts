import { createServer, type RequestListener, type Server } from 'node:http'

export interface Listener {
  readonly port: number
  /** Nobody listens on the port from now on; what is connected is served. The function listens again. */
  refuse(): () => Promise<void>
  close(): Promise<void>
}

/** An HTTP server on the loopback interface whose port can be deaf for a while. */
export async function listen(handle: RequestListener, wanted = 0): Promise<Listener> {
  const servers: Server[] = []
  let isRefusing = false
  const open = async (port: number): Promise<number> => {
    const server = createServer((message, response) => {
      // A connection that stays open would lead around the closed port.
      if (isRefusing) response.shouldKeepAlive = false
      handle(message, response)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    servers.push(server)
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
  const port = await open(wanted)
  return {
    port,
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
