import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../src/lib/clock.ts'

interface Timer {
  at: number
  fire(): void
}

/** A world whose time passes only when everybody in it is waiting: no test sleeps, none is slow. */
export interface VirtualTime {
  readonly clock: Clock
  /** Milliseconds since 1970, for the local GitHub's `now`. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** A server that answers after so long, of this time; ends early with `signal`. */
  hold(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Lets time pass until the work is done. */
  drive<T>(work: Promise<T>): Promise<T>
}

// Turns of the event loop without news, after which everybody counts as waiting.
const QUIET_TURNS = 4
// Turns in which a server learns that its client has hung up.
const LEAVING_TURNS = 100
const STUCK_MS = 30_000

/** `seed` makes the chance in it repeatable. */
export function virtualTime(seed = 1, start = Date.parse('2026-01-01T00:00:00Z')): VirtualTime {
  let time = start
  let chance = seed
  let count = 0
  // Requests on their way, and those of them that the server holds back on purpose.
  let inFlight = 0
  let held = 0
  // Of the held ones those whose client has just given up: the server is about to notice.
  let leaving = 0
  const timers = new Set<Timer>()

  const at = (milliseconds: number, fire: () => void): Timer => {
    const timer = { at: time + Math.max(0, milliseconds), fire }
    timers.add(timer)
    return timer
  }
  const next = (): Timer | undefined =>
    [...timers].reduce<Timer | undefined>((first, timer) => (first && first.at <= timer.at ? first : timer), undefined)

  const random = () => {
    // A small generator of known quality (mulberry32), so that a seed tells the whole story.
    chance = (chance + 0x6d2b79f5) | 0
    let mixed = Math.imul(chance ^ (chance >>> 15), 1 | chance)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  const sleep = (milliseconds: number): Promise<void> => new Promise(resolve => at(milliseconds, resolve))

  const clock: Clock = {
    now: () => time,
    random,
    sleep,
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
          timers.delete(timer)
          inFlight -= 1
        }
      }
    },
    unique: () => {
      count += 1
      return `${seed.toString(16).padStart(8, '0')}-0000-4000-8000-${count.toString(16).padStart(12, '0')}`
    }
  }

  return {
    clock,
    now: () => time,
    sleep,
    hold: (milliseconds, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
        held += 1
        const end = () => {
          signal.removeEventListener('abort', giveUp)
          timers.delete(timer)
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
      let isDone = false
      const settled = work.finally(() => {
        isDone = true
      })
      settled.catch(() => undefined)
      let quiet = 0
      let moved = performance.now()
      while (!isDone) {
        await turn()
        quiet = inFlight > held ? 0 : quiet + 1
        if (quiet > LEAVING_TURNS) leaving = 0
        if (performance.now() - moved > STUCK_MS) {
          const known = `${inFlight} requests on their way, ${held} held, ${timers.size} timers`
          throw new Error(`nothing moves, and no time is awaited: ${known}`)
        }
        if (quiet < QUIET_TURNS || leaving > 0) continue
        const timer = next()
        if (!timer) continue
        timers.delete(timer)
        time = Math.max(time, timer.at)
        timer.fire()
        quiet = 0
        moved = performance.now()
      }
      return settled
    }
  }
}
