import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { clientProblems, createGate } from './gate.ts'
import { listen } from './http/listener.ts'
import { readRequest } from './http/read-request.ts'
import { makeReady, writeAnswer } from './http/write-answer.ts'
import { createIds } from './ids.ts'
import { createInspector } from './inspector.ts'
import { answerOrScript } from './interception.ts'
import { createRateLimiter } from './rate-limits.ts'
import { createStore } from './store/store.ts'
import type {
  Flavour,
  Interceptor,
  LocalGitHub,
  LocalGitHubOptions,
  Page,
  Pages,
  RequestRecord,
  RunnerUrls
} from './types.ts'

/** Starts a GitHub of its own on the loopback interface, on a free port unless told. */
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
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const record = await readRequest(message, requests.length + 1, now())
    record.number = requests.push(record)
    const inspection = await inspect(record)
    record.operation = inspection.operation
    record.isWrite = inspection.isWrite
    for (const problem of [...clientProblems(record), ...inspection.problems]) {
      problems.push(`${record.method} ${record.path}: ${problem}`)
    }
    const process = () => gate.process(record, inspection, origin)
    const sent = await limiter.pass(
      record,
      () => answerOrScript(handlers, record, process, gone.signal),
      answer => ({ answer })
    )
    if (sent === 'reset') return cut(message.socket)
    const ready = makeReady(record, sent.answer, gate.headers(record))
    record.status = ready.status
    await (sent.deliver ?? writeAnswer)(response, ready)
  }

  const listener = await listen((message, response) => {
    const page = pages(message)
    if (page) return sendPage(response, page)
    handle(message, response).catch(error => {
      // A client that was killed half-way is a story, not a fault.
      if (Object(error).code === 'ECONNRESET') return
      const reason = error instanceof Error ? error.stack : error
      problems.push(`${message.method} ${message.url}: the local GitHub failed: ${reason}`)
      response.writeHead(500).end()
    })
  }, options.reach)
  origin = listener.origin

  return {
    origin,
    env: flavour => runnerUrls(origin, flavour ?? 'github.com'),
    store,
    requests,
    problems,
    events: gate.events.emitted,
    broken: limiter.broken,
    on: gate.events.on,
    intercept: handler => {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    show: shown => {
      pages = shown
    },
    refuseConnections: listener.refuse,
    close: listener.close
  }
}

const sendPage = (response: ServerResponse, { status, headers, body }: Page): void =>
  void response.writeHead(status, headers).end(body)

/** Node resets only what is plain TCP. */
const cut = (socket: Socket): void =>
  void (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy())

const runnerUrls = (origin: string, flavour: Flavour): RunnerUrls => ({
  GITHUB_SERVER_URL: origin,
  GITHUB_API_URL: flavour === 'ghes' ? `${origin}/api/v3` : origin,
  GITHUB_GRAPHQL_URL: flavour === 'ghes' ? `${origin}/api/graphql` : `${origin}/graphql`
})
