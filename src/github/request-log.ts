import { sanitizeLine } from '../lib/text.ts'
import type { HttpRequest, HttpResponse, RequestObserver } from './transport.ts'

/** Logs each request in one line, redirects and retries included. */
export const logRequestsTo =
  (log: (line: string) => void, now: () => number): RequestObserver =>
  (url, outgoing) => {
    const startedAt = now()
    return outcome => {
      const result = outcome instanceof Error ? `no answer (${reasonOf(outcome)})` : outcome.status
      const facts = outcome instanceof Error ? [] : factsOf(outcome)
      const request = `${outgoing.method} ${url.pathname}${pageOf(url)}${operationOf(outgoing)}`
      log([`${request}: ${result} in ${now() - startedAt} ms`, ...facts].join(', '))
    }
  }

/** Only the page: the rest of a query, above all of a redirect's, may hold data that is not for the log. */
function pageOf({ searchParams }: URL): string {
  const page = searchParams.get('page') ?? ''
  return /^\d{1,9}$/.test(page) ? `?page=${page}` : ''
}

/** The name of a GraphQL document, at its start. */
function operationOf({ body }: HttpRequest): string {
  const [, operation] = /^\{"query":"((?:query|mutation) \w{1,64})/.exec(body ?? '') ?? []
  return operation === undefined ? '' : ` (${operation})`
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

const reasonOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message
