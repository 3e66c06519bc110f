import type { Tools } from './tools.ts'

// Often enough to see that it goes on, seldom enough to read.
const EVERY_MS = 5_000

const grouped = (count: number): string => count.toLocaleString('en-US')

/** Says how far long work has come: a line every few seconds, none for work that is over before. */
export function progressOf(
  { log, now }: Pick<Tools, 'log' | 'now'>,
  sentence: (count: string, total: string) => string
): (count: number, total?: number) => void {
  let last = now()
  return (count, total = 0) => {
    if (now() - last < EVERY_MS || count === total) return
    last = now()
    log.info(sentence(grouped(count), grouped(total)))
  }
}
