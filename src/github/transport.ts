import http from 'node:http'
import https from 'node:https'
import { ActionError } from '../lib/errors.ts'

const MAX_ANSWER_BYTES = 5 * 1024 * 1024
const MAX_REDIRECTS = 3
// Shorter than any server keeps an idle connection: a request must not meet one that is being closed.
const IDLE_MS = 4_000

/** The part of a `Response` that Octokit reads. A real one would load Node's whole `fetch`. */
export interface HttpResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: Map<string, string>
  /** The whole body; Octokit hands it on as it is where it is told not to parse it. */
  readonly body: string
  /** Where it is an error, whose body Octokit parses. */
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

export interface HttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** Looks on while one request is sent. Returns what to tell what came of it: the answer, or what went wrong. */
export type Watch = (url: URL, outgoing: HttpRequest) => (outcome: HttpResponse | Error) => void

/** The answer was cut, endless or of no use: what the request did is not known. */
export class BrokenResponse extends Error {
  override name = 'BrokenAnswer'
}

/** Keeps a connection open for the next request, which saves it the handshakes; one left idle is closed. */
export function keepingAgent(address: string): http.Agent {
  const { Agent } = new URL(address).protocol === 'https:' ? https : http
  return new Agent({ keepAlive: true, timeout: IDLE_MS })
}

/**
 * Octokit's `request.fetch` on Node's own HTTP client. Redirects are followed to the same origin only,
 * with the same method and body (GitHub's advice for renamed repositories; `fetch` would turn a POST into
 * a GET), and the whole body is read here, up to 5 MiB, so that a cut one is an error and never a success.
 */
export const transport =
  (agent: http.Agent, watch?: Watch) =>
  async (address: string, outgoing: HttpRequest): Promise<HttpResponse> => {
    let url = new URL(address)
    for (let hop = 0; ; hop++) {
      const answer = await watched(watch?.(url, outgoing), send(url, outgoing, agent))
      const location = answer.headers.get('location')
      if (![301, 302, 307, 308].includes(answer.status) || !location) return answer
      const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined
      if (target?.origin !== url.origin || hop >= MAX_REDIRECTS) {
        throw new ActionError(
          `GitHub redirects to ${target?.origin ?? 'an address that cannot be read'}; not followed, since the token stays with ${url.origin}`
        )
      }
      url = target
    }
  }

async function watched(
  log: ReturnType<Watch> | undefined,
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
      readBody(received).then(text => resolve(toAnswer(url, received, text)), reject)
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

function toAnswer(url: URL, received: http.IncomingMessage, body: Buffer): HttpResponse {
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
