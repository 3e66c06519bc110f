import { ActionError } from '../lib/errors.ts'
import { getText } from '../lib/json.ts'
import type { GitHubFailure } from './failure.ts'

/**
 * What a failure says of the request behind it. `refused`: certainly not done, to be sent again after a
 * wait. `rejected`: GitHub's last word. `ambiguous`: done or not, nobody knows before looking.
 */
export type FailureClass =
  | { readonly kind: 'refused'; readonly waitMs: number | undefined }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'ambiguous' }

// Without a word on how long, GitHub asks for at least a minute after a secondary limit.
const UNSAID_WAIT_MS = 60_000
const LEAST_WAIT_MS = 1_000

// The connection was never made, so nothing can have been done.
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL'
])

export function classify(failure: GitHubFailure, now: number): FailureClass {
  if (failure.cause instanceof ActionError) return { kind: 'rejected' }
  if (isLimit(failure)) return { kind: 'refused', waitMs: askedWait(failure, now) }
  if (failure.isFinal) return { kind: 'rejected' }
  if (failure.status === 0) return classifySilence(failure)
  const isDoubtful = failure.status >= 500 || failure.status < 300 || failure.status === 408
  return { kind: isDoubtful ? 'ambiguous' : 'rejected' }
}

function classifySilence({ code }: GitHubFailure): FailureClass {
  if (NOT_CONNECTED.has(code)) return { kind: 'refused', waitMs: undefined }
  // A certificate that is refused stays refused, and what Node does not send it will not send later.
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY|ERR_INVALID|ERR_UNESCAPED/.test(code)) {
    return { kind: 'rejected' }
  }
  return { kind: 'ambiguous' }
}

/** A secondary limit says so in words, and may leave `x-ratelimit-remaining` well above 0. */
function isLimit(failure: GitHubFailure): boolean {
  const { status, headers } = failure
  if (status === 429) return true
  const words = /rate limit|abuse detection|temporarily blocked/i.test(failure.message)
  // GraphQL says it with 200.
  if (status === 200) return words && failure.isFinal
  if (status !== 403) return false
  const isUsedUp = getText(headers, 'x-ratelimit-remaining') === '0'
  return words || isUsedUp || getText(headers, 'retry-after') !== ''
}

/** How long GitHub asks to wait; a value that makes no sense counts as none. */
function askedWait({ headers }: GitHubFailure, now: number): number {
  const seconds = retryAfter(getText(headers, 'retry-after').trim(), now)
  if (seconds !== undefined) return Math.max(LEAST_WAIT_MS, seconds * 1000)
  const reset = getText(headers, 'x-ratelimit-reset').trim()
  const isUsedUp = getText(headers, 'x-ratelimit-remaining') === '0'
  if (isUsedUp && /^\d{1,12}$/.test(reset)) {
    // One second more, since the header has no fractions.
    return Math.max(LEAST_WAIT_MS, Number(reset) * 1000 - now + 1000)
  }
  return UNSAID_WAIT_MS
}

function retryAfter(value: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  // Dates only: `Date.parse` also takes "-5", "1.5" and much else for one.
  const date = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : (date - now) / 1000
}
