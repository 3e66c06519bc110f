import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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

const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }

/** The commits of main for `git fast-import`, which creates all of them at once. */
const history = (messages: readonly string[]): string =>
  messages
    .map(message =>
      [
        ...['commit refs/heads/main', 'committer A <a@b> 1700000000 +0000', `data ${message.length}`, message],
        ...['M 100644 inline production/image', `data ${message.length}`, message, '']
      ].join('\n')
    )
    .join('')

/** Calls `work` with a clone that has one commit for each message, and removes it afterwards. */
export async function withClone<T>(messages: readonly string[], work: (clone: Clone) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'clone-'))
  const git = (cwd: string, args: readonly string[], input = ''): string =>
    execFileSync('git', args, { cwd, env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }).trim()
  const remote = (...args: string[]): string => git(join(root, 'remote.git'), args)
  try {
    git(root, ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', 'remote.git'])
    git(join(root, 'remote.git'), ['fast-import', '--quiet'], history(messages))
    git(root, ['clone', '--quiet', '--template=', 'remote.git', 'clone'])
    const commits = remote('rev-list', '--reverse', 'main').split('\n')
    return await work({ folder: join(root, 'clone'), commits, remote })
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
}
