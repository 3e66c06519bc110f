import { randomUUID } from 'node:crypto'

/** Time and randomness as parameters, so that tests are fast and repeatable. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Calls a function after the given time. Returns a function that cancels that. */
  after(milliseconds: number, work: () => void): () => void
  /** A signal that fires after the given time; `clear` stops the timer. */
  deadline(milliseconds: number): { readonly signal: AbortSignal; clear(): void }
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random(): number
  /** A unique key. */
  unique(): string
}

// The computer's clock can be set while the step runs, so only its start is read from it.
const startedAt = Date.now() - process.uptime() * 1000

export const realClock: Clock = {
  now: () => Math.round(startedAt + process.uptime() * 1000),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds)
    return () => clearTimeout(timer)
  },
  deadline(milliseconds) {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), milliseconds)
    return { signal: controller.signal, clear: () => clearTimeout(timer) }
  },
  random: Math.random,
  // `@actions/core` loads `node:crypto`; the global `crypto` would also load Web Crypto.
  unique: () => randomUUID()
}
