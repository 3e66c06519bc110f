import { DEFAULT_TOKENS, unauthorized } from './access.ts'
import { actorOf } from './actors.ts'
import { CREATE_TOKEN, createApps } from './apps.ts'
import { createEvents, type Events } from './events.ts'
import { errorAnswer } from './http/answers.ts'
import { createLimits, type Limits, type Resource } from './http/limits.ts'
import type { Inspection } from './inspection.ts'
import type { Links } from './rest/links.ts'
import type { Answer, LocalGitHubOptions, RequestRecord, TokenGrant } from './types.ts'

const API_VERSIONS = ['2022-11-28', '2026-03-10']
const NO_USER_AGENT =
  'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.'

/** Authentication, rate limits and events. */
export interface Gate {
  events: Events
  limits: Limits
  /** Runs the checks and, if all pass, the operation. */
  process(record: RequestRecord, inspection: Inspection, origin: string): Promise<Answer>
  headers(record: RequestRecord): Record<string, string>
}

/** The checks before all operations: client, API version, token, rate limit. */
export function createGate(options: LocalGitHubOptions, now: () => number): Gate {
  const tokens = new Map(Object.entries(options.tokens ?? DEFAULT_TOKENS))
  const limits = createLimits(now, options.hourlyLimit)
  const events = createEvents()
  const apps = createApps(options.apps ?? {}, now, (token, grant) => tokens.set(token, grant))
  const grantOf = (record: RequestRecord): TokenGrant | undefined =>
    record.token === undefined ? undefined : tokens.get(record.token)
  return {
    events,
    limits,
    process: async (record, inspection, origin) => {
      const stopped = refuseClient(record)
      if (stopped) return stopped
      if (inspection.operation === CREATE_TOKEN) return apps.createToken(record)
      const grant = grantOf(record)
      const { token, product } = record
      if (token === undefined || grant === undefined) return unauthorized(token)
      if (record.path === '/rate_limit') return limits.overview(token, grant, product)
      const over = product === 'ghes' ? undefined : limits.spend(token, grant, resourceOf(record), record.requestId)
      if (over) return over
      const links = linksOf(record, origin)
      return inspection.answer({
        grant,
        links,
        actor: actorOf(grant.kind ?? 'github-token', grant.login),
        emit: change => events.emit(change, grant, links)
      })
    },
    headers: record => {
      const date = { date: new Date(now()).toUTCString() }
      // GHES has rate limits only if its administrator enables them.
      if (record.product === 'ghes') return date
      return { ...date, ...limits.headers(record.token ?? 'anonymous', grantOf(record), resourceOf(record)) }
    }
  }
}

/** Problems of the client that do not depend on the operation. */
export const clientProblems = ({ headers }: RequestRecord): string[] => [
  ...(headers['user-agent'] ? [] : ['no User-Agent header']),
  ...(isKnownVersion(headers) ? [] : [`unknown API version ${headers['x-github-api-version']}`])
]

function refuseClient({ headers }: RequestRecord): Answer | undefined {
  if (!headers['user-agent']) return { status: 403, headers: {}, body: NO_USER_AGENT }
  if (isKnownVersion(headers)) return undefined
  const version = headers['x-github-api-version']
  const message = `"${version}" is not a supported version of the REST API.`
  return errorAnswer(400, { message })
}

const isKnownVersion = (headers: Record<string, string>): boolean =>
  API_VERSIONS.includes(headers['x-github-api-version'] ?? '2022-11-28')

const resourceOf = (record: RequestRecord): Resource => (record.path === '/graphql' ? 'graphql' : 'core')

const linksOf = (record: RequestRecord, origin: string): Links => ({
  api: record.product === 'ghes' ? `${origin}/api/v3` : origin,
  server: origin
})
