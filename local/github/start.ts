import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { clientProblems, createGate } from './gate.ts'
import { readRequest } from './http/read-request.ts'
import { writeAnswer } from './http/write-answer.ts'
import { createIds } from './ids.ts'
import { createInspector } from './inspector.ts'
import { answerOrScript } from './interception.ts'
import { createStore } from './store/store.ts'
import type {
  Flavour,
  Interceptor,
  LocalGitHub,
  LocalGitHubOptions,
  RequestRecord,
  RunnerUrls
} from './types.ts'

/** Starts a GitHub of its own on a free port of the loopback interface. */
export async function startLocalGitHub(options: LocalGitHubOptions = {}): Promise<LocalGitHub> {
  const now = options.now ?? Date.now
  const store = createStore(
    { now, ids: createIds() },
    { repository: 'octo-org/octo-repo', ...options }
  )
  const requests: RequestRecord[] = []
  const problems: string[] = []
  const handlers = new Set<Interceptor>()
  const gate = createGate(options, now)
  const inspect = createInspector({ store, problems, options, gate })
  let origin = ''

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const record = await readRequest(message, requests.length + 1, now())
    record.number = requests.push(record)
    const inspection = await inspect(record)
    record.operation = inspection.operation
    record.isWrite = inspection.isWrite
    for (const problem of [...clientProblems(record), ...inspection.problems]) {
      problems.push(`${record.method} ${record.path}: ${problem}`)
    }
    const sent = await answerOrScript(handlers, record, () =>
      gate.process(record, inspection, origin)
    )
    if (sent === 'reset') message.socket.resetAndDestroy()
    else writeAnswer(response, record, sent, gate.headers(record))
  }

  const server = createServer((message, response) => {
    handle(message, response).catch(error => {
      // A client that was killed half-way is a story, not a fault.
      if (Object(error).code === 'ECONNRESET') return
      const reason = error instanceof Error ? error.stack : error
      problems.push(`${message.method} ${message.url}: the local GitHub failed: ${reason}`)
      response.writeHead(500).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  origin = `http://127.0.0.1:${port}`

  return {
    origin,
    env: flavour => runnerUrls(origin, flavour ?? 'github.com'),
    store,
    requests,
    problems,
    events: gate.events.emitted,
    on: gate.events.on,
    intercept: handler => {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

const runnerUrls = (origin: string, flavour: Flavour): RunnerUrls => ({
  GITHUB_SERVER_URL: origin,
  GITHUB_API_URL: flavour === 'ghes' ? `${origin}/api/v3` : origin,
  GITHUB_GRAPHQL_URL: flavour === 'ghes' ? `${origin}/api/graphql` : `${origin}/graphql`
})
