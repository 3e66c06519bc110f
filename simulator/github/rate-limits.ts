import { errorAnswer } from './http/answers.ts'
import type { Answer, RateLimits, RequestRecord } from './types.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export interface RateLimiter {
  /** Processes a request or responds with a rate-limit error. */
  pass<Sent>(record: RequestRecord, answer: () => Promise<Sent>, refuse: (answer: Answer) => Sent): Promise<Sent>
  /** Requests that were sent before the required wait was over. */
  readonly violations: string[]
}

interface Refusal {
  readonly answer: Answer
  readonly waitMs: number
}

/** Enforces the limits and records violations per token. */
export function createRateLimiter(limits: RateLimits, now: () => number): RateLimiter {
  const { concurrent = Infinity, contentPerMinute = Infinity, perHour = Infinity } = limits
  const broken: string[] = []
  const waits = new Map<string, { from: number; until: number }>()
  let written: number[] = []
  let active = 0
  let refused = 0
  let hour = { used: 0, resetAt: 0 }

  const check = (record: RequestRecord): Refusal | undefined => {
    if (active >= concurrent) {
      return secondary(refused++, MINUTE_MS, 'Please wait a few minutes before you try again.')
    }
    written = written.filter(at => at > now() - MINUTE_MS)
    const [oldest] = written
    if (record.isWrite && oldest !== undefined && written.length >= contentPerMinute) {
      const blocked = 'and have been temporarily blocked from content creation'
      return secondary(refused++, oldest + MINUTE_MS - now(), blocked)
    }
    if (now() >= hour.resetAt) hour = { used: 0, resetAt: now() + HOUR_MS }
    hour.used += 1
    return hour.used > perHour ? primary(perHour, hour, now()) : undefined
  }
  return {
    violations: broken,
    pass: async (record, answer, refuse) => {
      const client = record.token ?? ''
      const wait = waits.get(client)
      if (wait && now() > wait.from && now() < wait.until) {
        broken.push(`${record.method} ${record.path}, ${wait.until - now()} ms too early`)
      }
      const refusal = check(record)
      if (refusal) {
        waits.set(client, { from: now(), until: now() + refusal.waitMs })
        return refuse(refusal.answer)
      }
      if (record.isWrite) written.push(now())
      active += 1
      try {
        return await answer()
      } finally {
        active -= 1
      }
    }
  }
}

/** Alternates between 403 and 429, with and without `retry-after`. GitHub uses all of these. */
function secondary(count: number, freeInMs: number, words: string): Refusal {
  const hasRetryAfter = count % 2 === 0
  const seconds = Math.ceil(freeInMs / 1000)
  const message = words.startsWith('and')
    ? `You have exceeded a secondary rate limit ${words}. Please retry your request again later.`
    : `You have exceeded a secondary rate limit. ${words}`
  const docs =
    'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits'
  const headers = hasRetryAfter ? { 'retry-after': String(seconds) } : {}
  const answer = errorAnswer(count % 4 < 2 ? 403 : 429, { message, docs, headers })
  // Without the header, GitHub's documentation requires at least one minute.
  return { answer, waitMs: hasRetryAfter ? seconds * 1000 : MINUTE_MS }
}

function primary(limit: number, hour: { used: number; resetAt: number }, now: number): Refusal {
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-used': String(hour.used),
    'x-ratelimit-reset': String(Math.ceil(hour.resetAt / 1000)),
    'x-ratelimit-resource': 'core'
  }
  const message = 'API rate limit exceeded for installation.'
  return { answer: errorAnswer(403, { message, headers }), waitMs: hour.resetAt - now }
}
