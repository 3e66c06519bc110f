import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import { classify } from './classify-failure.ts'
import { type GitHubFailure, toFailure } from './failure.ts'

const MAX_ATTEMPTS = 5
const FIRST_BACKOFF_MS = 500

// GitHub's lists may lag behind its writes: only after so long does "it is not there" count.
const LAG_MS = 7_000
const FIRST_LOOK_WAIT_MS = 1_000
const MAX_LOOK_WAIT_MS = 16_000

export interface Call<T> {
  /** Completes "Could not …", for whoever reads of it in the log. */
  readonly operation: string
  /** Octokit's form: `POST /repos/{owner}/{repo}/deployments`. */
  readonly route: string
  /** A function is asked anew for each attempt: what an earlier one has done need not be sent again. */
  readonly parameters: JsonObject | (() => JsonObject)
  /** The value of an answer of the expected shape; `undefined` for any other answer. */
  readonly read: (data: unknown, status: number, headers: JsonObject) => T | undefined
  /**
   * How to do it again when nobody knows whether it was done. `again`: it does no harm. `once`: it is not
   * worth it. Else a look at GitHub: the value where it was done, `undefined` where it was not.
   */
  readonly onUnknown: 'again' | 'once' | LookUp<T>
  /** How often it is sent at most; waits that GitHub asks for do not count. */
  readonly attempts?: number
  /** Milliseconds since 1970 when it must be over, where that is sooner than `timeoutMs` says. */
  readonly until?: number
}

export interface LookUp<T> {
  /** Looks once, and no longer than `until`. Throws where it cannot tell. */
  look(until: number): Promise<T | undefined>
  /** Told before the write is sent a second time. */
  onResend?(): void
}

interface RetryOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly log: (text: string) => void
}

/**
 * Sends a request until it is done or GitHub has said no, within the operation's time.
 *
 * What was refused is sent again after the wait that GitHub asks for; what was rejected never; what may
 * have been done is looked for first, and sent again only when it is not there. Throws the last failure,
 * with what it was tried in `advice`.
 */
export async function retry<T>(
  { clock, timeoutMs, log }: RetryOptions,
  call: Call<T>,
  attempt: (budgetMs: number) => Promise<T>
): Promise<T> {
  const end = Math.min(clock.now() + timeoutMs, call.until ?? Infinity)
  const left = () => end - clock.now()
  for (let count = 1; ; count++) {
    try {
      return await attempt(Math.max(1, left()))
    } catch (error) {
      const failure = toFailure(error)
      const failureClass = classify(failure, clock.now())
      if (failureClass.kind === 'rejected' || call.onUnknown === 'once') throw failure
      const isLimit = failureClass.kind === 'refused' && failureClass.waitMs !== undefined
      if (failureClass.kind === 'ambiguous' && call.onUnknown !== 'again') {
        const seen = await lookFor({ clock, timeoutMs, log }, call.onUnknown, failure, end)
        if (seen !== undefined) return seen
      }
      const waitMs = isLimit ? (failureClass.waitMs ?? 0) : backoff(count, clock)
      if (waitMs >= left()) throw tooLong(failure, waitMs, left(), isLimit)
      // A limit that GitHub names is waited out however often; other trouble ends after some attempts.
      if (!isLimit && count >= (call.attempts ?? MAX_ATTEMPTS))
        throw failure.advised(`Tried ${count} times.`)
      log(`Could not ${call.operation} yet (${failure.short}); again in ${seconds(waitMs)} s`)
      await clock.sleep(waitMs)
      if (failureClass.kind === 'ambiguous' && typeof call.onUnknown === 'object')
        call.onUnknown.onResend?.()
    }
  }
}

/** Twice as long each time, a quarter more or less, so that many jobs do not come back at once. */
const backoff = (count: number, clock: Clock): number =>
  FIRST_BACKOFF_MS * 2 ** (count - 1) * (0.75 + clock.random() / 2)

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 100) / 10

const tooLong = (
  failure: GitHubFailure,
  waitMs: number,
  leftMs: number,
  isAsked: boolean
): GitHubFailure =>
  failure.advised(
    `${isAsked ? 'GitHub asks to wait' : 'The next attempt is due in'} ${seconds(waitMs)} s, more than the ${Math.max(0, seconds(leftMs))} s that are left of "timeout".`
  )

/**
 * Looks until it is seen, or surely not there: by a look that began after the lists had time to catch up.
 * Throws where there was no such look before the time was over.
 */
async function lookFor<T>(
  { clock, log }: RetryOptions,
  onUnknown: LookUp<T>,
  failure: GitHubFailure,
  end: number
): Promise<T | undefined> {
  const began = clock.now()
  for (let waitMs = FIRST_LOOK_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_LOOK_WAIT_MS)) {
    let asked = 0
    // GitHub may answer late with what it read at once.
    const lookedAt = clock.now()
    try {
      const seen = await onUnknown.look(end)
      if (seen !== undefined) {
        log(`The answer was lost (${failure.short}), but GitHub has done it.`)
        return seen
      }
      if (lookedAt - began >= LAG_MS) return undefined
    } catch (error) {
      const blindness = toFailure(error instanceof Error && error.cause ? error.cause : error)
      const failureClass = classify(blindness, clock.now())
      asked = failureClass.kind === 'refused' ? (failureClass.waitMs ?? 0) : 0
      if (failureClass.kind === 'rejected') throw unknown(failure, blindness)
    }
    const next = Math.max(waitMs, asked)
    if (clock.now() + next >= end) throw unknown(failure, undefined)
    await clock.sleep(next)
  }
}

const unknown = (failure: GitHubFailure, blindness: GitHubFailure | undefined): GitHubFailure =>
  failure.advised(
    `It is not known whether GitHub has done it: looking ${blindness ? `failed (${blindness.short})` : 'found nothing in time'}, so it was not sent again.`
  )
