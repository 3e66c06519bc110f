import { createHash } from 'node:crypto'
import type { Answer, Product, TokenGrant } from '../types.ts'
import { errorAnswer, json } from './answers.ts'

const HOUR_MS = 3_600_000
const GITHUB_TOKEN_PER_HOUR = 1_000
const OTHERS_PER_HOUR = 5_000
const ANONYMOUS_PER_HOUR = 60

export type Resource = 'core' | 'graphql'

interface Window {
  used: number
  resetAt: number
}

export interface Limits {
  /** Counts a request. Returns the error response if the limit of the hour is exceeded. */
  spend(token: string, grant: TokenGrant, resource: Resource, requestId: string): Answer | undefined
  headers(token: string, grant: TokenGrant | undefined, resource: Resource): Record<string, string>
  read(token: string, grant: TokenGrant | undefined, resource: Resource): LimitState
  overview(token: string, grant: TokenGrant, product: Product): Answer
}

export interface LimitState {
  limit: number
  remaining: number
  used: number
  /** Seconds since the epoch. */
  reset: number
}

/** GitHub's primary rate limits, counted for each token and resource. */
export function createLimits(now: () => number, perHour?: number): Limits {
  const windows = new Map<string, Window>()
  const limitOf = (grant: TokenGrant | undefined): number =>
    perHour ?? (grant ? limitOfKind(grant.kind) : ANONYMOUS_PER_HOUR)
  const windowOf = (token: string, resource: Resource): Window => {
    const key = `${resource} ${token}`
    const open = windows.get(key)
    if (open && now() < open.resetAt) return open
    const window = { used: 0, resetAt: now() + HOUR_MS }
    windows.set(key, window)
    return window
  }
  const read: Limits['read'] = (token, grant, resource) => {
    const { used, resetAt } = windowOf(token, resource)
    const limit = limitOf(grant)
    return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(resetAt / 1_000) }
  }
  return {
    read,
    spend: (token, grant, resource, requestId) => {
      const window = windowOf(token, resource)
      window.used += 1
      if (window.used <= limitOf(grant)) return undefined
      return exceeded(resource, requestId, now())
    },
    headers: (token, grant, resource) => {
      const { limit, remaining, reset, used } = read(token, grant, resource)
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': String(reset),
        'x-ratelimit-used': String(used),
        'x-ratelimit-resource': resource
      }
    },
    overview: (token, grant, product) => {
      // GHES has rate limits only if its administrator enables them.
      if (product === 'ghes') return errorAnswer(404, { message: 'Rate limiting is not enabled.' })
      const core = read(token, grant, 'core')
      const search = { ...core, limit: 30, used: 0, remaining: 30 }
      const resources = { core, search, graphql: read(token, grant, 'graphql') }
      return json(200, { resources, rate: core })
    }
  }
}

const limitOfKind = (kind: TokenGrant['kind'] = 'github-token'): number =>
  kind === 'github-token' ? GITHUB_TOKEN_PER_HOUR : OTHERS_PER_HOUR

function exceeded(resource: Resource, requestId: string, now: number): Answer {
  const at = new Date(now).toISOString().slice(0, 19).replace('T', ' ')
  const message = `API rate limit exceeded for installation. If you reach out to GitHub Support for help, please include the request ID ${requestId} and timestamp ${at} UTC.`
  // GraphQL reports this with HTTP 200.
  if (resource === 'graphql') return json(200, { errors: [{ type: 'RATE_LIMITED', message }] })
  return errorAnswer(403, { message })
}

/** The weak ETag that GitHub sends with every response. */
export const etagOf = (body: string): string => `W/"${createHash('sha256').update(body).digest('hex')}"`
