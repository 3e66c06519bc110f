import type { Log } from '../runner/step.ts'

const INTERVAL_MS = 5_000

const MAX_UNGROUPED_LINES = 5

const formatCount = (count: number): string => count.toLocaleString('en-US')

/** Logs the progress of long work: one line every 5 seconds. */
export function createProgress(
  { log, now }: { readonly log: Log; readonly now: () => number },
  sentence: (count: string, total: string) => string
): (count: number, total?: number) => void {
  let last = now()
  return (count, total = 0) => {
    if (now() - last < INTERVAL_MS || count === total) return
    last = now()
    log.info(sentence(formatCount(count), formatCount(total)))
  }
}

/** Runs work that logs about `count` lines, in a log group if they are many. */
export const logGrouped = <T>(
  { log }: { readonly log: Log },
  count: number,
  title: string,
  work: () => Promise<T>
): Promise<T> => (count > MAX_UNGROUPED_LINES ? log.group(title, work) : work())
