import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../src/lib/clock.ts'

interface Timer {
  at: number
  fire(): void
}

/** A time that passes only when all stages wait, so that no test sleeps. */
export interface VirtualTime {
  readonly clock: Clock
  /** Whether processes can share it: it is the time of the system, without the waits of stages in this process. */
  readonly isShared: boolean
  /** Milliseconds since 1970, for the local GitHub's `now`. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Waits on the server's side before it answers. Ends early with `signal`. */
  hold(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Lets time pass until the work is done. */
  drive<T>(work: Promise<T>): Promise<T>
}

// Turns of the event loop without a request, after which all stages count as waiting.
const QUIET_TURNS = 4
// Turns in which a server notices that its client has disconnected.
const LEAVING_TURNS = 100
const STUCK_MS = 30_000

/** A time with a fixed start. The same `seed` yields the same random numbers. */
export const virtualTime = (seed = 1, start = Date.parse('2026-01-01T00:00:00Z')): VirtualTime =>
  createTime(seed, () => start, false)

/**
 * The time of processes, for stages in this process that run between them. It skips the waits of those stages, and
 * stands still while they send requests, so that a busy machine does not use up their time.
 */
export const skippingTime = (): VirtualTime => createTime(1, Date.now, true)

/** `base` is the time in milliseconds without the waits. */
function createTime(seed: number, base: () => number, isShared: boolean): VirtualTime {
  let skipped = 0
  let chance = seed
  let count = 0
  // Requests without an answer, and those of them that the server delays on purpose.
  let inFlight = 0
  let held = 0
  // Of the held ones, those whose client has just aborted. The server is about to notice.
  let leaving = 0
  const timers = new Set<Timer>()
  let wake = () => {}

  let driven = 0
  let driver: Promise<void> | undefined
  let stoppedAt: number | undefined

  const now = (): number => (stoppedAt ?? base()) + skipped
  const stopOrGo = (): void => {
    if (driven > 0 && timers.size > 0) stoppedAt ??= base()
    else if (stoppedAt !== undefined) {
      skipped -= base() - stoppedAt
      stoppedAt = undefined
    }
  }
  const at = (milliseconds: number, fire: () => void): Timer => {
    const timer = { at: now() + Math.max(0, milliseconds), fire }
    timers.add(timer)
    stopOrGo()
    wake()
    return timer
  }
  const remove = (timer: Timer): void => {
    timers.delete(timer)
    stopOrGo()
  }
  const next = (): Timer | undefined =>
    [...timers].reduce<Timer | undefined>((first, timer) => (first && first.at <= timer.at ? first : timer), undefined)

  const random = () => {
    // mulberry32, a small generator of known quality.
    chance = (chance + 0x6d2b79f5) | 0
    let mixed = Math.imul(chance ^ (chance >>> 15), 1 | chance)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  const sleep = (milliseconds: number): Promise<void> => new Promise(resolve => at(milliseconds, resolve))

  const clock: Clock = {
    now,
    random,
    sleep,
    after(milliseconds, work) {
      const timer = at(milliseconds, work)
      return () => timers.delete(timer)
    },
    deadline(milliseconds) {
      const controller = new AbortController()
      inFlight += 1
      const timer = at(milliseconds, () => {
        leaving = Math.min(held, leaving + 1)
        controller.abort()
      })
      return {
        signal: controller.signal,
        clear: () => {
          remove(timer)
          inFlight -= 1
        }
      }
    },
    unique: () => {
      count += 1
      return `${seed.toString(16).padStart(8, '0')}-0000-4000-8000-${count.toString(16).padStart(12, '0')}`
    }
  }

  /** Fires the next timer whenever all stages wait, until no work is left. */
  const fireTimers = async (): Promise<void> => {
    let quiet = 0
    let moved = performance.now()
    while (driven > 0) {
      if (timers.size === 0) {
        // Only processes and the test itself run.
        await new Promise<void>(resolve => {
          wake = resolve
        })
        moved = performance.now()
      }
      await turn()
      quiet = inFlight > held ? 0 : quiet + 1
      if (quiet > LEAVING_TURNS) leaving = 0
      if (performance.now() - moved > STUCK_MS) {
        driver = undefined
        throw new Error(`Nothing happens: ${inFlight} open requests, ${held} held, ${timers.size} timers`)
      }
      const timer = next()
      if (!timer || quiet < QUIET_TURNS || leaving > 0) continue
      skipped += Math.max(0, timer.at - now())
      remove(timer)
      timer.fire()
      quiet = 0
      moved = performance.now()
    }
    driver = undefined
  }

  return {
    clock,
    isShared,
    now,
    sleep,
    hold: (milliseconds, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
        held += 1
        const end = () => {
          signal.removeEventListener('abort', giveUp)
          remove(timer)
          held -= 1
          leaving = Math.min(held, leaving)
          resolve()
        }
        const giveUp = () => {
          leaving = Math.max(0, leaving - 1)
          end()
        }
        const timer = at(milliseconds, end)
        signal.addEventListener('abort', giveUp, { once: true })
      }),
    async drive(work) {
      driven += 1
      stopOrGo()
      driver ??= fireTimers()
      try {
        return await Promise.race([work, driver.then(() => work)])
      } finally {
        driven -= 1
        stopOrGo()
        wake()
      }
    }
  }
}
