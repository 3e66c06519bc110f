import { ActionError } from '../lib/errors.ts'
import { getText } from '../lib/json.ts'
import type { GitHubFailure } from './failure.ts'

/**
 * `retryable`: GitHub has certainly not done the request; it can be sent again after a wait. `permanent`:
 * sending it again would not help. `unknown`: GitHub may have done it. `waitMs` is the wait that GitHub asks for.
 */
export type FailureClass =
  | { readonly kind: 'retryable' | 'unknown'; readonly waitMs: number }
  | { readonly kind: 'permanent' }

// GitHub's rule for a secondary limit without `retry-after`:
// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
const DEFAULT_LIMIT_WAIT_MS = 60_000
const MIN_LIMIT_WAIT_MS = 1_000

export function classify(failure: GitHubFailure, now: number): FailureClass {
  if (failure.cause instanceof ActionError) return { kind: 'permanent' }
  if (isLimit(failure)) return { kind: 'retryable', waitMs: limitWait(failure, now) }
  if (failure.isFinal && !isBrokenQuery(failure)) return { kind: 'permanent' }
  if (failure.isNotSent) return { kind: 'retryable', waitMs: 0 }
  // Node does not send such a request.
  if (/^ERR_(INVALID|UNESCAPED)/.test(failure.code)) return { kind: 'permanent' }
  const isUnknown = failure.status >= 500 || failure.status < 300 || failure.status === 408
  return isUnknown ? { kind: 'unknown', waitMs: retryAfterMs(failure, now) ?? 0 } : { kind: 'permanent' }
}

/** GraphQL's form of a 5xx, with status 200 (https://github.com/octokit/plugin-retry.js/issues/395). */
const isBrokenQuery = ({ status, message }: GitHubFailure): boolean =>
  status === 200 && /something went wrong while executing|couldn't respond to your request in time/i.test(message)

/** A secondary limit can only be recognized by its text: `x-ratelimit-remaining` may be above 0. */
function isLimit(failure: GitHubFailure): boolean {
  const { status, headers } = failure
  if (status === 429) return true
  const hasLimitText = /rate limit|abuse detection|temporarily blocked/i.test(failure.message)
  // GraphQL answers 200.
  if (status === 200) return hasLimitText && failure.isFinal
  if (status !== 403) return false
  const isUsedUp = getText(headers, 'x-ratelimit-remaining') === '0'
  return hasLimitText || isUsedUp || getText(headers, 'retry-after') !== ''
}

/** GitHub's time in milliseconds. The clock of the runner can be wrong. The header is at most one second behind. */
const timeOf = ({ headers }: GitHubFailure, localNow: number): number => parseDate(getText(headers, 'date')) ?? localNow

/** Milliseconds until a limit ends. An invalid header counts as none. */
function limitWait(failure: GitHubFailure, localNow: number): number {
  const { headers } = failure
  const now = timeOf(failure, localNow)
  const waitMs = retryAfterMs(failure, localNow)
  if (waitMs !== undefined) return Math.max(MIN_LIMIT_WAIT_MS, waitMs)
  const reset = getText(headers, 'x-ratelimit-reset').trim()
  const isUsedUp = getText(headers, 'x-ratelimit-remaining') === '0'
  if (isUsedUp && /^\d{1,12}$/.test(reset)) {
    // One second more, since the header is in whole seconds.
    return Math.max(MIN_LIMIT_WAIT_MS, Number(reset) * 1000 - now + 1000)
  }
  return DEFAULT_LIMIT_WAIT_MS
}

/** Milliseconds of `retry-after`, in seconds or as a date. */
function retryAfterMs(failure: GitHubFailure, localNow: number): number | undefined {
  const value = getText(failure.headers, 'retry-after').trim()
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = parseDate(value)
  return date === undefined ? undefined : date - timeOf(failure, localNow)
}

/** Milliseconds since 1970 of a date in HTTP's form. `Date.parse` also accepts "-5", "1.5" and more. */
function parseDate(value: string): number | undefined {
  const date = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : date
}
