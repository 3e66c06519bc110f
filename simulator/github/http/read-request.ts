import type { IncomingMessage } from 'node:http'
import { readToken } from '../access.ts'
import { parseExact } from '../exact-json.ts'
import { requestId } from '../ids.ts'
import type { RequestRecord } from '../types.ts'

// On GHES, GraphQL is at /api/graphql, next to the REST API at /api/v3.
const GHES_PREFIX = /^\/api(?:\/v3(?!\/graphql)(?=\/|$)|(?=\/graphql$))/

/** Reads a request. The operation is determined later. */
export async function readRequest(message: IncomingMessage, number: number, at: number): Promise<RequestRecord> {
  const url = new URL(message.url ?? '/', 'http://localhost')
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)])
  return {
    number,
    method: message.method ?? 'GET',
    path: url.pathname.replace(GHES_PREFIX, '') || '/',
    query: Object.fromEntries(url.searchParams),
    body: parseBody(await readText(message)),
    headers: Object.fromEntries(headers),
    token: readToken(message.headers.authorization),
    product: GHES_PREFIX.test(url.pathname) ? 'ghes' : 'github.com',
    status: 0,
    requestId: requestId(number),
    at,
    operation: 'unknown',
    isWrite: false
  }
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    // Go's libraries send `null` for no body, which GitHub accepts.
    return parseExact(text) ?? undefined
  } catch {
    return text
  }
}
