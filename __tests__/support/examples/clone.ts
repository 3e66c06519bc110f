import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A repository on this machine, and a clone of it for examples that use Git. */
export interface Clone {
  readonly folder: string
  /** The commits of main, oldest first. */
  readonly commits: readonly string[]
  /** Runs Git in the remote repository. */
  remote(...args: string[]): string
}

const AUTHOR = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b' }
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...AUTHOR }

/** Calls `work` with a clone that has one commit for each message, and removes it afterwards. */
export async function withClone<T>(messages: readonly string[], work: (clone: Clone) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'clone-'))
  const folder = join(root, 'clone')
  const run = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    run(root, 'init', '--quiet', '--bare', '--initial-branch', 'main', 'remote.git')
    run(root, 'clone', '--quiet', 'remote.git', 'clone')
    mkdirSync(join(folder, 'production'))
    for (const message of messages) {
      writeFileSync(join(folder, 'production', 'image'), message)
      run(folder, 'add', '.')
      run(folder, 'commit', '--quiet', '--message', message)
    }
    run(folder, 'push', '--quiet', 'origin', 'main')
    const commits = run(folder, 'log', '--reverse', '--format=%H').split('\n')
    return await work({ folder, commits, remote: (...args) => run(join(root, 'remote.git'), ...args) })
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
}
