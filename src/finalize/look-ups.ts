import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'

// The final state waits no longer for reads, all of them together.
const LOOK_UPS_MS = 15_000

/** Reads that may fail or time out without consequences for the final state. */
export interface LookUps {
  /** What is not known because its read failed. */
  readonly failed: { readonly question: string; readonly error: ActionError }[]
  /**
   * The result of a read that ends by `until` (milliseconds since 1970); `undefined` if it failed. `question` completes
   * "It is not known whether …".
   */
  ask<T>(question: string, read: (until: number) => Promise<T>): Promise<T | undefined>
}

/** For the reads before a final state. */
export const lookUpsBefore = (clock: Clock): LookUps => openLookUps(clock.now() + LOOK_UPS_MS)

/** For the reads after a final state, which nothing waits for: each has the time of any operation. */
export const lookUpsAfter = (): LookUps => openLookUps(Infinity)

function openLookUps(until: number): LookUps {
  const failed: LookUps['failed'] = []
  return {
    failed,
    async ask(question, read) {
      try {
        return await read(until)
      } catch (error) {
        if (!(error instanceof ActionError)) throw error
        failed.push({ question, error })
        return undefined
      }
    }
  }
}
