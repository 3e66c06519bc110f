import type { Clock } from '../../src/lib/clock.ts'
import type { Killing } from './job.ts'

export interface KillableClock extends Killing {
  /** Stops the process that uses this clock. */
  kill(): void
}

/**
 * The clock of a process that can be killed. A test in this process has no process to end. Without its clock, the
 * action waits forever, and each request that it begins ends at once.
 */
export function killableClock(clock: Clock): KillableClock {
  let isKilled = false
  const open = new Set<() => void>()
  const forever = new Promise<never>(() => undefined)
  let die = (): void => undefined
  const killed = new Promise<void>(resolve => {
    die = resolve
  })
  return {
    killed,
    clock: {
      ...clock,
      sleep: async milliseconds => {
        if (isKilled) return forever
        await clock.sleep(milliseconds)
        if (isKilled) await forever
      },
      after: (milliseconds, work) => clock.after(milliseconds, () => (isKilled ? undefined : work())),
      deadline: milliseconds => {
        if (isKilled) return { signal: AbortSignal.abort(), clear: () => undefined }
        const { signal, clear } = clock.deadline(milliseconds)
        const end = () => {
          if (open.delete(end)) clear()
        }
        open.add(end)
        return { signal, clear: end }
      }
    },
    kill: () => {
      isKilled = true
      die()
      for (const end of [...open]) end()
    }
  }
}
