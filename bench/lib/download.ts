import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes that a runner downloads for a commit of an action; `undefined` if its folder is not a Git repository. */
export function downloadOf(folder: string): number | undefined {
  try {
    const archive = ['-C', folder, 'archive', 'HEAD']
    return gzipSync(execFileSync('git', archive, { maxBuffer: 1e9, stdio: 'pipe' })).length
  } catch {
    return undefined
  }
}

/** Bytes of JavaScript in a folder. */
export const codeOf = (folder: string): number =>
  readdirSync(folder)
    .filter(name => /\.[cm]?js$/.test(name))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
