import http from 'node:http'
import https from 'node:https'
import { ActionError } from '../lib/errors.ts'
import { parseUrl } from '../lib/text.ts'

const MAX_ANSWER_BYTES = 5 * 1024 * 1024
const MAX_REDIRECTS = 3
// Shorter than servers keep idle connections, so that no request meets one that is being closed.
const IDLE_MS = 4_000

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

export interface HttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** Called with each request that is sent. Returns a function that takes its answer or error. */
export type RequestObserver = (url: URL, outgoing: HttpRequest) => (outcome: HttpResponse | Error) => void

/** An answer that is incomplete, too large or not JSON: the result of the request is not known. */
export class BrokenResponse extends Error {
  override name = 'BrokenResponse'
}

/** Keeps the connection for the next request, and closes an idle one. */
export function keepAliveAgent(address: string): http.Agent {
  const { Agent } = new URL(address).protocol === 'https:' ? https : http
  return new Agent({ keepAlive: true, timeout: IDLE_MS })
}

/**
 * `request.fetch` for Octokit on Node's HTTP client. It follows redirects to the same origin only, with the same
 * method and body, as GitHub asks for renamed repositories (`fetch` would turn a POST into a GET). It reads the
 * whole body, up to 5 MiB, so that an incomplete answer is an error.
 */
export const transport =
  (agent: http.Agent, observer?: RequestObserver) =>
  async (address: string, outgoing: HttpRequest): Promise<HttpResponse> => {
    let url = new URL(address)
    for (let hop = 0; ; hop++) {
      const response = await observed(observer?.(url, outgoing), send(url, outgoing, agent))
      const location = response.headers.get('location')
      if (![301, 302, 307, 308].includes(response.status) || !location) return response
      const target = parseUrl(location, url.href)
      if (target?.origin !== url.origin || hop >= MAX_REDIRECTS) {
        throw new ActionError(
          `GitHub redirects to ${target?.origin ?? 'an address that cannot be read'}; not followed, since the token stays with ${url.origin}`
        )
      }
      url = target
    }
  }

async function observed(
  log: ReturnType<RequestObserver> | undefined,
  sending: Promise<HttpResponse>
): Promise<HttpResponse> {
  if (log) sending.then(log, log)
  return sending
}

function send(url: URL, outgoing: HttpRequest, agent: http.Agent): Promise<HttpResponse> {
  const { request } = url.protocol === 'https:' ? https : http
  const body = outgoing.body === undefined ? undefined : Buffer.from(outgoing.body)
  const headers = { ...outgoing.headers, 'content-length': String(body?.length ?? 0) }
  return new Promise((resolve, reject) => {
    const { method, signal } = outgoing
    const options = { method, headers, agent, ...(signal && { signal }) }
    const sent = request(url, options, received => {
      readBody(received).then(text => resolve(toResponse(url, received, text)), reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function readBody(received: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of received) {
    size += (chunk as Buffer).length
    if (size > MAX_ANSWER_BYTES) throw new BrokenResponse('an answer of more than 5 MiB')
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
