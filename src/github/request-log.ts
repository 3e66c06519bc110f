import { sanitizeLine } from '../lib/text.ts'
import type { HttpRequest, HttpResponse, Watch } from './transport.ts'

/** Tells each request in one line for the debug log, redirects and repetitions among them. */
export const traceTo =
  (log: (line: string) => void, now: () => number): Watch =>
  (url, outgoing) => {
    const began = now()
    return outcome => {
      const came = outcome instanceof Error ? `no answer (${reasonOf(outcome)})` : outcome.status
      const facts = outcome instanceof Error ? [] : factsOf(outcome)
      const what = `${outgoing.method} ${url.pathname}${pageOf(url)}${operationOf(outgoing)}`
      log([`${what}: ${came} in ${now() - began} ms`, ...facts].join(', '))
    }
  }

/** Of a query only the page: what else an address may hold, a redirect's above all, is nobody's business. */
function pageOf({ searchParams }: URL): string {
  const page = searchParams.get('page') ?? ''
  return /^\d{1,9}$/.test(page) ? `?page=${page}` : ''
}

/** The name of a GraphQL document, which stands at its beginning. */
function operationOf({ body }: HttpRequest): string {
  const [, operation] = /^\{"query":"((?:query|mutation) \w{1,64})/.exec(body ?? '') ?? []
  return operation === undefined ? '' : ` (${operation})`
}

function factsOf({ headers }: HttpResponse): string[] {
  const id = sanitizeLine(headers.get('x-github-request-id') ?? '', 100)
  const [left, limit, reset] = ['remaining', 'limit', 'reset'].map(
    name => /^\d{1,10}$/.exec(headers.get(`x-ratelimit-${name}`) ?? '')?.[0]
  )
  const until = reset === undefined ? '' : ` until ${new Date(Number(reset) * 1000).toISOString()}`
  return [
    ...(id === '' ? [] : [`request id ${id}`]),
    ...(left === undefined ? [] : [`${left} of ${limit ?? 'an unknown number'} left${until}`])
  ]
}

const reasonOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message
