import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Creates a file of the runner that was deleted, with its folder. The runner reads it when this process has ended. */
export function restoreFile(path: string | undefined): boolean {
  if (!path || existsSync(path)) return false
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  return true
}

/** A file of the runner with names and values. */
export interface RunnerFile {
  set(name: string, value: string): void
  /** Writes everything again if the file was deleted. Throws if that is not possible. */
  restore(): void
}

/**
 * Remembers what is written to a file of the runner: a command that empties `RUNNER_TEMP` deletes it, and so can
 * another step that runs at the same time.
 */
export function openRunnerFile(path: string | undefined, write: (name: string, value: string) => void): RunnerFile {
  const values = new Map<string, string>()
  const restore = () => {
    if (values.size === 0 || !restoreFile(path)) return false
    for (const [name, value] of values) write(name, value)
    return true
  }
  return {
    set(name, value) {
      values.set(name, value)
      if (!restore()) write(name, value)
    },
    restore
  }
}

/** Bytes of a file of the runner; 0 if there is none. */
export const sizeOf = (path: string | undefined): number =>
  path ? (statSync(path, { throwIfNoEntry: false })?.size ?? 0) : 0
