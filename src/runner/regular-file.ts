import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

// Without these flags a FIFO would block the open, and a link could lead to another file. Windows has neither.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** The text of a regular file; `undefined` for anything else, or if it has more than `maxBytes`. */
export function readRegularFile(path: string, maxBytes: number): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, FLAGS)
    const status = fstatSync(file)
    return status.isFile() && status.size <= maxBytes ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
