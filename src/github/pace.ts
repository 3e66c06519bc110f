import type { Clock } from '../lib/clock.ts'

// GitHub asks for a second between writes where there are many (rest/using-the-rest-api/best-practices).
const BETWEEN_MS = 1_000
// So few are not many: nobody has to wait for them.
const FREE_WRITES = 10

/** When the next of many writes may be sent. */
export interface Pace {
  /** Waits until a document of several writes may go: a second after the last one began. */
  document(): Promise<void>
  /** The same for one write by itself, once they have become many. */
  alone(): Promise<void>
}

export function paceOf(clock: Clock): Pace {
  let next = 0
  let count = 0
  const document = async () => {
    const waitMs = next - clock.now()
    if (waitMs > 0) await clock.sleep(waitMs)
    next = clock.now() + BETWEEN_MS
  }
  return {
    document,
    async alone() {
      count += 1
      if (count > FREE_WRITES) await document()
    }
  }
}
