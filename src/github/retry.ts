import type { Clock } from '../lib/clock.ts'
import type { JsonObject } from '../lib/json.ts'
import { classify } from './classify-failure.ts'
import { type GitHubFailure, isTooLarge, toFailure } from './failure.ts'

const FIRST_BACKOFF_MS = 500
// Short enough that an outage costs little more than its own time, and that the log shows a line while it lasts.
const MAX_BACKOFF_MS = 15_000

// The log shows a line at least every 15 s, timers that are late included.
const MAX_SILENCE_MS = 14_000

// GitHub's lists may lag behind its writes, so a look-up that finds nothing counts only after this time.
const LAG_MS = 7_000
const FIRST_LOOK_WAIT_MS = 1_000
const MAX_LOOK_WAIT_MS = 15_000

export interface Call<T> {
  /** Completes "Could not …". */
  readonly operation: string
  /** Octokit's form: `POST /repos/{owner}/{repo}/deployments`. */
  readonly route: string
  /** A function is called for each attempt, so that it can leave out what an earlier one has done. */
  readonly parameters: JsonObject | (() => JsonObject)
  /** Parses the answer; `undefined` if it has another shape. */
  readonly read: (data: unknown, status: number, headers: JsonObject, text: string) => T | undefined
  /**
   * What to do if the result is unknown. `again`: send it again, which does no harm. `once`: give up, also
   * after a retryable failure. Otherwise look it up first.
   */
  readonly onUnknown: 'again' | 'once' | LookUp<T>
  /** The maximum number of attempts with an unknown result. Without it, time decides. */
  readonly maxUnknown?: number
  /** Milliseconds since 1970; ends the call earlier than `timeoutMs`. */
  readonly until?: number
}

export interface LookUp<T> {
  /** Looks once, at most until `until`. Returns the result of the write, or `undefined` if there is none. */
  look(until: number): Promise<T | undefined>
  /** Called before the write is sent a second time. */
  onResend?(): void
}

interface RetryOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly log: (text: string) => void
}

/**
 * Sends a request, with retries, within the time of one operation. After a retryable failure it is sent again
 * (after the wait that GitHub asks for); after a permanent one it is not; after an unknown one it is looked up
 * and sent again only if it is not there. Throws the last failure, with what was tried in `advice`.
 */
export async function retry<T>(
  { clock, timeoutMs, log }: RetryOptions,
  call: Call<T>,
  attempt: (budgetMs: number) => Promise<T>
): Promise<T> {
  const end = Math.min(clock.now() + timeoutMs, call.until ?? Infinity)
  const remaining = () => end - clock.now()
  let unknownCount = 0
  for (let count = 1; ; count++) {
    try {
      return await attempt(Math.max(1, remaining()))
    } catch (error) {
      const failure = toFailure(error)
      const failureClass = classify(failure, clock.now())
      if (failureClass.kind === 'permanent' || call.onUnknown === 'once') throw failure
      if (isTooLarge(failure) && call.onUnknown === 'again') throw failure
      if (failureClass.kind === 'unknown' && call.onUnknown !== 'again') {
        const found = await lookUp({ clock, timeoutMs, log }, call, call.onUnknown, {
          failure,
          end
        })
        if (found !== undefined) return found
      }
      const requestedMs = failureClass.waitMs
      // A server that always asks for a second must not get a request each second.
      const waitMs = Math.max(requestedMs, backoff(count, clock))
      if (waitMs >= remaining()) throw tooLong(failure, waitMs, remaining(), waitMs === requestedMs)
      if (failureClass.kind === 'unknown') unknownCount += 1
      if (unknownCount >= (call.maxUnknown ?? Infinity)) throw failure.advised(`Tried ${count} times.`)
      log(`Could not ${call.operation} (${failure.short}). Retrying in ${seconds(waitMs)} s.`)
      await clock.sleep(waitMs)
      if (failureClass.kind === 'unknown' && typeof call.onUnknown === 'object') call.onUnknown.onResend?.()
    }
  }
}

/** Milliseconds; doubles each time, with 25% jitter, so that many jobs do not retry at once. */
const backoff = (count: number, clock: Clock): number =>
  Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (count - 1)) * (1 - clock.random() / 4)

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 100) / 10

const tooLong = (failure: GitHubFailure, waitMs: number, remainingMs: number, isRequested: boolean): GitHubFailure =>
  failure.advised(
    `${isRequested ? 'GitHub asks to wait' : 'The next attempt is due in'} ${seconds(waitMs)} s, more than the ${Math.max(0, seconds(remainingMs))} s that are left of \`timeout\`.`
  )

/**
 * Looks until the result is found, or certainly does not exist: by a look that started after the lists had
 * time to catch up. Throws if time ends before that.
 */
async function lookUp<T>(
  { clock, log }: RetryOptions,
  { operation }: Call<T>,
  onUnknown: LookUp<T>,
  { failure, end }: { readonly failure: GitHubFailure; readonly end: number }
): Promise<T | undefined> {
  const startedAt = clock.now()
  for (let waitMs = FIRST_LOOK_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_LOOK_WAIT_MS)) {
    let requestedMs = 0
    // GitHub may answer late with data that it read early.
    const lookedAt = clock.now()
    try {
      const found = await onUnknown.look(end)
      if (found !== undefined) {
        log(`The response was lost (${failure.short}), but GitHub processed the request.`)
        return found
      }
      if (lookedAt - startedAt >= LAG_MS) return undefined
    } catch (error) {
      const lookFailure = toFailure(error instanceof Error && error.cause ? error.cause : error)
      const failureClass = classify(lookFailure, clock.now())
      requestedMs = failureClass.kind === 'permanent' ? 0 : failureClass.waitMs
      if (failureClass.kind === 'permanent') throw unknown(failure, lookFailure)
    }
    const next = Math.max(waitMs, requestedMs)
    if (clock.now() + next >= end) throw unknown(failure, undefined)
    log(
      `Could not ${operation} (${failure.short}). Checking in ${seconds(next)} s whether GitHub processed the request.`
    )
    await clock.sleep(next)
  }
}

/** Returns a function that does the work of an operation, and logs a line whenever there was none for 14 s. */
export function logWhileWaiting(
  clock: Clock,
  log: (text: string) => void
): {
  readonly log: (text: string) => void
  during<T>(call: Pick<Call<T>, 'operation' | 'onUnknown'>, work: () => Promise<T>): Promise<T>
} {
  let lastAt = 0
  const logNow = (text: string) => {
    lastAt = clock.now()
    log(text)
  }
  return {
    log: logNow,
    async during({ operation, onUnknown }, work) {
      // One attempt is short, and what it is a part of logs the lines.
      if (onUnknown === 'once') return work()
      // It was not this action that was silent for longer, but a command.
      if (clock.now() - lastAt > MAX_SILENCE_MS) lastAt = clock.now()
      let cancel: () => void
      const wait = () => {
        cancel = clock.after(Math.max(0, lastAt + MAX_SILENCE_MS - clock.now()), () => {
          if (clock.now() - lastAt >= MAX_SILENCE_MS) logNow(`Still trying to ${operation}`)
          wait()
        })
      }
      wait()
      return work().finally(() => cancel())
    }
  }
}

const unknown = (failure: GitHubFailure, lookFailure: GitHubFailure | undefined): GitHubFailure =>
  failure.advised(
    `It is not known whether GitHub processed the request: the look-up ${lookFailure ? `failed (${lookFailure.short})` : 'found nothing in time'}, so the request was not sent again.`
  )
