import type { Log } from '../runner/step.ts'

// Often enough to see that it goes on, seldom enough to read.
const EVERY_MS = 5_000

// As many lines as are read at a glance; what is longer is folded under its title.
const HANDFUL = 5

const grouped = (count: number): string => count.toLocaleString('en-US')

/** Says how far long work has come: a line every few seconds, none for work that is over before. */
export function createProgress(
  { log, now }: { readonly log: Log; readonly now: () => number },
  sentence: (count: string, total: string) => string
): (count: number, total?: number) => void {
  let last = now()
  return (count, total = 0) => {
    if (now() - last < EVERY_MS || count === total) return
    last = now()
    log.info(sentence(grouped(count), grouped(total)))
  }
}

/** Folds what the work says under a title, where it is going to say more than a handful of lines. */
export const logGrouped = <T>(
  { log }: { readonly log: Log },
  count: number,
  title: string,
  work: () => Promise<T>
): Promise<T> => (count > HANDFUL ? log.group(title, work) : work())
