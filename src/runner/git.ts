import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { getExecOutput } from '@actions/exec'
import type { Clock } from '../lib/clock.ts'
import type { Env } from './addresses.ts'

const TIMEOUT_MS = 5_000
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/**
 * The commit that is checked out in the workspace. `undefined` if the workspace is not a Git checkout of the
 * repository (`owner/name`), if Git is missing or fails, or if it takes more than five seconds. Never rejects.
 */
export async function readHead(env: Env, repository: string, clock: Clock): Promise<string | undefined> {
  const workspace = env['GITHUB_WORKSPACE'] ?? ''
  // Without this check, Git would also find a repository around the workspace.
  if (workspace === '' || !existsSync(join(workspace, '.git'))) return undefined
  const { signal, clear } = clock.deadline(TIMEOUT_MS)
  const timeout = new Promise<undefined>(resolve => {
    signal.addEventListener('abort', () => resolve(undefined))
  })
  const reading = headOf(env, workspace, repository).catch(() => undefined)
  return Promise.race([reading, timeout]).finally(clear)
}

async function headOf(env: Env, workspace: string, repository: string) {
  const folder = realpathSync(workspace)
  const remote = await git(env, folder, ['config', '--get', 'remote.origin.url'])
  if (!isUrlOf(remote, repository)) return undefined
  const head = await git(env, folder, ['rev-parse', 'HEAD'])
  return SHA.test(head) ? head : undefined
}

/** Whether a remote URL, HTTPS or SSH, ends in `owner/name`. */
function isUrlOf(url: string, repository: string): boolean {
  const path = url.replace(/\/$/, '').replace(/\.git$/, '')
  return /^.*[/:]([^/:]+\/[^/]+)$/.exec(path)?.[1]?.toLowerCase() === repository.toLowerCase()
}

/** Runs Git without echoing the command. Rejects if Git is missing or fails. */
async function git(env: Env, folder: string, parameters: readonly string[]): Promise<string> {
  // In containers the workspace often belongs to another user, which Git rejects by default:
  // https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory
  const { stdout } = await getExecOutput('git', ['-c', `safe.directory=${folder}`, ...parameters], {
    cwd: folder,
    env: bareEnvironment(env),
    silent: true
  })
  return stdout.trim()
}

/** An earlier step can put its own `git` on the path: it gets no input, state or token. */
const bareEnvironment = (env: Env): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME', 'SystemRoot'].flatMap(name => {
      const value = env[name]
      return value === undefined ? [] : [[name, value]]
    })
  )
