import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Deletes everything in a `RUNNER_TEMP`. */
export function emptyTemp(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
}
