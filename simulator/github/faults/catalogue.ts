import { errorAnswer, json } from '../http/answers.ts'
import { redirects } from './redirects.ts'
import type { Fault } from './types.ts'

const HOUR_S = 3600
// GitHub ends a request after 10 s. Clients wait longer than that.
const SLOW_MS = 9_000
const ENDLESS_MS = 60_000

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head>\n<body><h1>${title}</h1>${'<p>Unicorn!</p>'.repeat(100)}</body></html>\n`

const errorWith = (status: number, message: string) => errorAnswer(status, { message })
const unicorn = (status: number) => ({ status, headers: {}, body: page('Unicorn! · GitHub') })
const gateway = unicorn(502)
const portal = { status: 200, headers: {}, body: page('Sign in to this network') }
const otherShape = json(200, { ok: true })

const before = (name: string, rest: Omit<Fault, 'name' | 'kind'>): Fault => ({
  name,
  kind: 'transient',
  ...rest
})
const after = (name: string, rest: Omit<Fault, 'name' | 'kind' | 'isDone'>): Fault => ({
  name,
  kind: 'ambiguous',
  isProcessed: true,
  ...rest
})
const late = (name: string, rest: Omit<Fault, 'name' | 'kind' | 'isDone'>): Fault => ({
  name,
  kind: 'late',
  isProcessed: true,
  ...rest
})

const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes.'
const PRIMARY = 'API rate limit exceeded for installation.'

const secondary = (status: number, wait?: string) =>
  errorAnswer(status, {
    message: SECONDARY,
    headers: wait === undefined ? {} : { 'retry-after': wait }
  })
const primary =
  (seconds: number) =>
  ({ now }: { now: number }) =>
    errorAnswer(403, {
      message: PRIMARY,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(now / 1000) + seconds)
      }
    })
const retryAfterDate = ({ now }: { now: number }) => secondary(429, new Date(now + 5_000).toUTCString())

/** The known failures of GitHub, a proxy or the network. */
export const FAULTS: readonly Fault[] = [
  before('500', { answer: errorWith(500, 'Server Error') }),
  before('502 with HTML', { answer: gateway }),
  before('503', { answer: unicorn(503) }),
  before('504', { answer: errorWith(504, 'We could not respond to your request in time.') }),
  before('408', { answer: errorWith(408, 'Request Timeout') }),
  before('reset', { answer: 'reset' }),
  before('refused connection', { answer: 'refused' }),
  before('hang', { holdMs: ENDLESS_MS, answer: 'reset' }),
  before('200 with HTML', { answer: portal }),
  before('200 of another shape', { answer: otherShape }),
  before('202', { answer: json(202, { message: 'Auto-merged main into topic on deployment.' }) }),
  late('slow', { holdMs: SLOW_MS }),
  late('slow, in small pieces', { delivery: 'pieces', overMs: SLOW_MS }),
  after('500 after it was done', { answer: errorWith(500, 'Server Error') }),
  after('502 after it was done', { answer: gateway }),
  after('reset after it was done', { answer: 'reset' }),
  after('hang after it was done', { holdMs: ENDLESS_MS, answer: 'reset' }),
  after('small pieces without end', { delivery: 'pieces', overMs: ENDLESS_MS }),
  after('body cut in the middle', { delivery: 'cut' }),
  after('half of the JSON', { delivery: 'half' }),
  after('empty body', { delivery: 'empty' }),
  after('200 with HTML after it was done', { answer: portal }),
  after('another shape after it was done', { answer: otherShape }),
  { name: '429, retry-after 2', kind: 'limit', answer: secondary(429, '2') },
  { name: '429, retry-after as a date', kind: 'limit', answer: retryAfterDate },
  { name: '429', kind: 'limit', answer: secondary(429) },
  { name: '403 secondary, retry-after 5', kind: 'limit', answer: secondary(403, '5') },
  { name: '403 secondary', kind: 'limit', answer: secondary(403) },
  { name: '403 primary, reset in 30 s', kind: 'limit', answer: primary(30) },
  { name: '429, retry-after 3600', kind: 'stopped', answer: secondary(429, String(HOUR_S)) },
  {
    name: '403 secondary, retry-after 3600',
    kind: 'stopped',
    answer: secondary(403, String(HOUR_S))
  },
  { name: '403 primary, reset in an hour', kind: 'stopped', answer: primary(HOUR_S) },
  { name: '401', kind: 'rejected', answer: errorWith(401, 'Bad credentials') },
  {
    name: '403 permission',
    kind: 'rejected',
    answer: errorAnswer(403, {
      message: 'Resource not accessible by integration',
      headers: { 'x-accepted-github-permissions': 'deployments=write' }
    })
  },
  { name: '404', kind: 'rejected', answer: errorWith(404, 'Not Found') },
  { name: '409', kind: 'rejected', answer: errorWith(409, 'Conflict: merge conflict') },
  { name: '410', kind: 'rejected', answer: errorWith(410, 'Gone') },
  { name: '422', kind: 'rejected', answer: errorWith(422, 'Validation Failed') },
  ...redirects
]

/** The value with each connection of a GraphQL response changed. */
function mapConnections(value: unknown, change: (connection: object) => object): unknown {
  if (Array.isArray(value)) return value.map(each => mapConnections(each, change))
  if (typeof value !== 'object' || value === null) return value
  if ('pageInfo' in value) return change(value)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapConnections(each, change)]))
}

const endless = (name: string, pageOf: (hits: number) => { cursor: string; isEmpty?: boolean }): Fault => ({
  name,
  kind: 'rejected',
  change: ({ status, headers, body }, { hits, origin, path }) => {
    const { cursor, isEmpty = false } = pageOf(hits)
    if (Array.isArray(body)) {
      const link = `<${origin}${path}&after=${cursor}>; rel="next"`
      return { status, headers: { ...headers, link }, body: isEmpty ? [] : body }
    }
    const pageInfo = { hasNextPage: true, endCursor: cursor }
    const changed = mapConnections(body, each => ({ ...each, pageInfo, ...(isEmpty && { nodes: [] }) }))
    return { status, headers, body: changed }
  }
})

/** Lists that never end, by REST and GraphQL. Other responses stay as they are. */
export const ENDLESS_LISTS: readonly Fault[] = [
  endless('a list that names the same next page again', () => ({ cursor: 'same' })),
  endless('a list whose pages all name another one', hits => ({ cursor: `next-${hits}` })),
  endless('a list of empty pages', hits => ({ cursor: `next-${hits}`, isEmpty: true }))
]

/** The fault with this name. Throws if there is none. */
export function fault(name: string): Fault {
  const found = FAULTS.find(each => each.name === name)
  if (!found) throw new Error(`no fault has the name "${name}"`)
  return found
}
