import type { IncomingMessage } from 'node:http'
import { readToken } from '../access.ts'
import { requestId } from '../ids.ts'
import type { RequestRecord } from '../types.ts'

// GraphQL is beside the REST API of an Enterprise Server, not below it.
const GHES_PREFIX = /^\/api(?:\/v3(?!\/graphql)(?=\/|$)|(?=\/graphql$))/

/** One request as the log keeps it; its operation is found later. */
export async function readRequest(
  message: IncomingMessage,
  number: number,
  at: number
): Promise<RequestRecord> {
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
    flavour: GHES_PREFIX.test(url.pathname) ? 'ghes' : 'github.com',
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
    return JSON.parse(text)
  } catch {
    return text
  }
}
