import http from 'node:http'
import https from 'node:https'
import { ActionError } from '../lib/errors.ts'
import { parseUrl, sanitizeLine } from '../lib/text.ts'
import { ConnectionError, type Connections } from './connection.ts'

const MAX_ANSWER_BYTES = 5 * 1024 * 1024
const MAX_REDIRECTS = 3

/** The part of a `Response` that Octokit reads. A real one would load Node's whole `fetch`. */
export interface HttpResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: Map<string, string>
  /** The whole body. Octokit passes it on unparsed (`parseSuccessResponseBody: false`). */
  readonly body: string
  /** For errors, whose body Octokit parses. */
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

interface HttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** Writes one line for each request to the debug log. */
export interface RequestLog {
  readonly log: (line: string) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The request was sent, but its answer is missing, incomplete, too large or not JSON: its result is not known. */
export class BrokenResponse extends Error {
  override name = 'BrokenResponse'
}

/** The answer is larger than 5 MiB. */
export class TooLargeResponse extends BrokenResponse {}

/**
 * `request.fetch` for Octokit on Node's HTTP client. It follows redirects to the same origin only, with the same
 * method and body, as GitHub asks for renamed repositories (`fetch` would turn a POST into a GET). It reads the
 * whole body, up to 5 MiB, so that an incomplete answer is an error. It throws a ConnectionError only if nothing was sent.
 */
export const transport =
  (connections: Connections, requestLog?: RequestLog) =>
  async (address: string, outgoing: HttpRequest): Promise<HttpResponse> => {
    let url = new URL(address)
    for (let hop = 0; ; hop++) {
      const response = await logged(requestLog, url, outgoing, send(url, outgoing, connections))
      const location = response.headers.get('location')
      if (![301, 302, 307, 308].includes(response.status) || !location) return response
      const target = parseUrl(location, url.href)
      const section = 'connection'
      if (target?.origin !== url.origin) {
        throw new ActionError(
          `GitHub redirects to ${target?.origin ?? 'an address that cannot be read'}; not followed, since the token stays with ${url.origin}`,
          { section }
        )
      }
      if (hop >= MAX_REDIRECTS) throw new ActionError(`GitHub redirects more than ${MAX_REDIRECTS} times`, { section })
      url = target
    }
  }

function send(url: URL, outgoing: HttpRequest, connections: Connections): Promise<HttpResponse> {
  const { request } = url.protocol === 'https:' ? https : http
  const body = outgoing.body === undefined ? undefined : Buffer.from(outgoing.body)
  const headers = { ...outgoing.headers, 'content-length': String(body?.length ?? 0) }
  return new Promise((resolve, reject) => {
    const { method, signal } = outgoing
    const fail = (error: Error) => {
      connections.stopReuse()
      reject(error)
    }
    if (signal?.aborted) return fail(new ConnectionError('no connection in time', ''))
    const options = { method, headers, agent: connections.agent, connecting: signal }
    const sent = request(url, options, received => {
      readBody(received).then(text => resolve(toResponse(url, received, text)), fail)
    })
    // The connection is ready, so the request leaves this machine. Before that, the connection ends with the signal.
    sent.once('socket', () => {
      const abort = () => {
        fail(new BrokenResponse('no answer in time'))
        sent.destroy()
      }
      signal?.addEventListener('abort', abort, { once: true })
    })
    sent.once('upgrade', (received, socket) => {
      fail(new BrokenResponse(`a response that is not in the format of its API (status ${received.statusCode})`))
      socket.destroy()
    })
    sent.on('error', fail)
    sent.end(body)
  })
}

async function readBody(received: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of received) {
    size += (chunk as Buffer).length
    if (size > MAX_ANSWER_BYTES) throw new TooLargeResponse('an answer of more than 5 MiB')
    chunks.push(chunk as Buffer)
  }
  if (!received.complete) throw new BrokenResponse('an answer that ended in the middle')
  return Buffer.concat(chunks)
}

function toResponse(url: URL, received: http.IncomingMessage, body: Buffer): HttpResponse {
  const headers = Object.entries(received.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? '')
  ])
  const text = body.toString('utf8')
  return {
    status: received.statusCode ?? 0,
    statusText: received.statusMessage ?? '',
    url: url.href,
    headers: new Map(headers),
    body: text,
    text: async () => text,
    arrayBuffer: async () => new Uint8Array(body).buffer
  }
}

/** Logs a request in one line. Redirects and retries are requests of their own. */
async function logged(
  requestLog: RequestLog | undefined,
  { pathname, searchParams }: URL,
  { method, body }: HttpRequest,
  sending: Promise<HttpResponse>
): Promise<HttpResponse> {
  if (!requestLog) return sending
  const { log, now } = requestLog
  const startedAt = now()
  // Only the page: the rest of a query, above all of a redirect's, may hold data that is not for the log.
  const page = /^\d{1,9}$/.exec(searchParams.get('page') ?? '')?.[0]
  // The name of a GraphQL document, at its start.
  const operation = /^\{"query":"((?:query|mutation) \w{1,64})/.exec(body ?? '')?.[1]
  const request = `${method} ${pathname}${page ? `?page=${page}` : ''}${operation ? ` (${operation})` : ''}`
  const line = (result: string | number, facts: readonly string[]) =>
    log([`${request}: ${result} in ${now() - startedAt} ms`, ...facts].join(', '))
  const failed = (error: Error) => line(`no answer (${Object(error).code || error.message})`, [])
  sending.then(response => line(response.status, factsOf(response)), failed)
  return sending
}

function factsOf({ headers }: HttpResponse): string[] {
  const id = sanitizeLine(headers.get('x-github-request-id') ?? '', 100)
  const [remaining, limit, reset] = ['remaining', 'limit', 'reset'].map(
    name => /^\d{1,10}$/.exec(headers.get(`x-ratelimit-${name}`) ?? '')?.[0]
  )
  const until = reset === undefined ? '' : ` until ${new Date(Number(reset) * 1000).toISOString()}`
  return [
    ...(id === '' ? [] : [`request id ${id}`]),
    ...(remaining === undefined ? [] : [`${remaining} of ${limit ?? 'an unknown number'} left${until}`])
  ]
}
