import { randomUUID } from 'node:crypto'

/** Time and chance, handed in so that a test can have hours pass in no time, the same way each time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** A signal that fires after so long, for one attempt; `clear` ends the wait for it. */
  deadline(milliseconds: number): { readonly signal: AbortSignal; clear(): void }
  /** From 0 up to 1. */
  random(): number
  /** A key that no other start has. */
  unique(): string
}

export const realClock: Clock = {
  now: Date.now,
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  deadline(milliseconds) {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), milliseconds)
    return { signal: controller.signal, clear: () => clearTimeout(timer) }
  },
  random: Math.random,
  // The global `crypto` would load Web Crypto on top of what the outputs need anyway.
  unique: () => randomUUID()
}
