import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { clientProblems, createGate } from './gate.ts'
import { listen } from './http/listener.ts'
import { readRequest } from './http/read-request.ts'
import { toWireAnswer, writeAnswer } from './http/write-answer.ts'
import { createIds } from './ids.ts'
import { createInspector } from './inspector.ts'
import { answerOrScript } from './interception.ts'
import { createRateLimiter } from './rate-limits.ts'
import { createStore } from './store/store.ts'
import type {
  Interceptor,
  LocalGitHub,
  LocalGitHubOptions,
  Page,
  Pages,
  Product,
  RequestRecord,
  RunnerUrls
} from './types.ts'

/** Starts a simulated GitHub on the loopback interface, on a free port by default. */
export async function startLocalGitHub(options: LocalGitHubOptions = {}): Promise<LocalGitHub> {
  const now = options.now ?? Date.now
  const store = createStore(
    { now, ids: createIds(), ...(options.lag && { lag: options.lag }) },
    { repository: 'octo-org/octo-repo', ...options }
  )
  const requests: RequestRecord[] = []
  const problems: string[] = []
  const handlers = new Set<Interceptor>()
  const gate = createGate(options, now)
  const inspect = createInspector({ store, problems, options, gate })
  const limiter = createRateLimiter(options.limits ?? {}, now)
  let pages: Pages = () => undefined
  let origin = ''

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const closed = new AbortController()
    response.on('close', () => closed.abort())
    const record = await readRequest(message, requests.length + 1, now())
    record.number = requests.push(record)
    const inspection = await inspect(record)
    record.operation = inspection.operation
    record.isWrite = inspection.isWrite
    for (const problem of [...clientProblems(record), ...inspection.problems]) {
      problems.push(`${record.method} ${record.path}: ${problem}`)
    }
    const process = () => gate.process(record, inspection, origin)
    const outcome = await limiter.pass(
      record,
      () => answerOrScript(handlers, record, process, closed.signal),
      answer => ({ answer })
    )
    if (outcome === 'reset') return resetConnection(message.socket)
    const wireAnswer = toWireAnswer(record, outcome.answer, gate.headers(record))
    record.status = wireAnswer.status
    await (outcome.deliver ?? writeAnswer)(response, wireAnswer)
  }

  const listener = await listen((message, response) => {
    const page = pages(message)
    if (page) return sendPage(response, page)
    handle(message, response).catch(error => {
      // Tests kill clients while they send a request.
      if (Object(error).code === 'ECONNRESET') return
      const reason = error instanceof Error ? error.stack : error
      problems.push(`${message.method} ${message.url}: the simulated GitHub failed: ${reason}`)
      response.writeHead(500).end()
    })
  }, options.listen)
  origin = listener.origin

  return {
    origin,
    env: product => runnerUrls(origin, product ?? 'github.com'),
    store,
    requests,
    problems,
    events: gate.events.emitted,
    limitViolations: limiter.violations,
    on: gate.events.on,
    intercept: handler => {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    setPages: given => {
      pages = given
    },
    refuseConnections: listener.refuse,
    close: listener.close
  }
}

const sendPage = (response: ServerResponse, { status, headers, body }: Page): void =>
  void response.writeHead(status, headers).end(body)

/** Node can reset only plain TCP connections. */
const resetConnection = (socket: Socket): void =>
  void (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy())

const runnerUrls = (origin: string, product: Product): RunnerUrls => ({
  GITHUB_SERVER_URL: origin,
  GITHUB_API_URL: product === 'ghes' ? `${origin}/api/v3` : origin,
  GITHUB_GRAPHQL_URL: product === 'ghes' ? `${origin}/api/graphql` : `${origin}/graphql`
})
