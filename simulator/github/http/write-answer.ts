import type { ServerResponse } from 'node:http'
import { stringifyExact } from '../exact-json.ts'
import type { Answer, RequestRecord, WireAnswer } from '../types.ts'
import { etagOf } from './limits.ts'

/** The response as it is sent, with the headers that GitHub adds to all responses. */
export function toWireAnswer(record: RequestRecord, answer: Answer, extra: Record<string, string>): WireAnswer {
  const text = textOf(answer.body)
  const headers = { ...standardHeaders(record, answer.body), ...extra, ...answer.headers }
  const etag = etagOf(text)
  const isUnchanged = record.method === 'GET' && answer.status === 200 && record.headers['if-none-match'] === etag
  const isEtagged = answer.status >= 200 && answer.status < 300 && text !== ''
  const isEmpty = text === '' || answer.status === 204 || isUnchanged
  return {
    status: isUnchanged ? 304 : answer.status,
    headers: {
      ...headers,
      ...(isEtagged && { etag }),
      ...(answer.status !== 204 && !isUnchanged && { 'content-length': String(Buffer.byteLength(text)) })
    },
    text: isEmpty ? '' : text
  }
}

/** Sends the whole response. */
export function writeAnswer(response: ServerResponse, { status, headers, text }: WireAnswer): void {
  response.writeHead(status, headers)
  response.end(text === '' ? undefined : text)
}

function standardHeaders(record: RequestRecord, body: unknown): Record<string, string> {
  const type = typeof body === 'string' ? 'text/html' : 'application/json'
  return {
    ...(body !== undefined && { 'content-type': `${type}; charset=utf-8` }),
    server: 'github.com',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': record.requestId,
    'x-github-api-version-selected': record.headers['x-github-api-version'] ?? '2022-11-28'
  }
}

const textOf = (body: unknown): string => {
  if (body === undefined) return ''
  return typeof body === 'string' ? body : stringifyExact(body)
}
