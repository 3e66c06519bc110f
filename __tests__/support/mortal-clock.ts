import type { Clock } from '../../src/lib/clock.ts'

export interface MortalClock {
  readonly clock: Clock
  /** The process whose clock this is does nothing more. */
  kill(): void
}

/**
 * The clock of a process that can be killed. In-process there is no process to end, but without its clock
 * the action comes no further: it waits for ever, and each request that it begins is over at once.
 */
export function mortalClock(clock: Clock): MortalClock {
  let isDead = false
  const open = new Set<() => void>()
  const forever = new Promise<never>(() => undefined)
  return {
    clock: {
      ...clock,
      sleep: async milliseconds => {
        if (isDead) return forever
        await clock.sleep(milliseconds)
        if (isDead) await forever
      },
      after: (milliseconds, work) => clock.after(milliseconds, () => (isDead ? undefined : work())),
      deadline: milliseconds => {
        if (isDead) return { signal: AbortSignal.abort(), clear: () => undefined }
        const { signal, clear } = clock.deadline(milliseconds)
        const end = () => {
          if (open.delete(end)) clear()
        }
        open.add(end)
        return { signal, clear: end }
      }
    },
    kill: () => {
      isDead = true
      for (const end of [...open]) end()
    }
  }
}
