import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { event } from '../../../simulator/events/index.ts'
import type { LocalGitHub } from '../../../simulator/github/index.ts'
import type { RunnerEvent } from '../../../simulator/runner/index.ts'
import { ACTION, TOKEN } from '../../support/scenario.ts'

/** How a run of act ended. Only its end counts here: what it did is asked of the local GitHub. */
export interface ActRun {
  readonly exitCode: number | null
  readonly log: string
}

export interface ActOptions {
  /** Path of the workflow, seen from the workspace. */
  readonly workflow: string
  readonly event?: RunnerEvent
  /** `owner/name@ref` → a folder: actions of others that it names. */
  readonly actions?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  /** Presses Ctrl-C, which is how act cancels, once the log holds this. */
  readonly cancelAt?: string
}

/** Runs a workflow by nektos/act on this host: no Docker, and no network but the local GitHub. */
export async function runAct(
  github: LocalGitHub,
  workspace: string,
  { workflow, event: cause = event('push'), cancelAt, ...more }: ActOptions
): Promise<ActRun> {
  const own = mkdtempSync(join(tmpdir(), 'act-run-'))
  const payload = join(own, 'event.json')
  writeFileSync(payload, JSON.stringify(cause.payload))
  mkdirSync(join(own, 'home'))
  const given = (option: string, values: object = {}): string[] =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`])
  const parameters = [
    ...[cause.name, '--workflows', join(workspace, workflow), '--eventpath', payload],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--directory', workspace],
    ...given('--secret', { GITHUB_TOKEN: TOKEN, ...more.secrets }),
    ...[...given('--env', github.env()), ...given('--var', more.vars)],
    // Examples name the action as users do; act takes this folder for it. A checkout of the workspace's
    // own repository act skips by itself, since it has copied the workspace.
    ...given('--local-repository', { [ACTION]: workspace, ...more.actions }),
    // Its cache server would listen on every interface.
    ...['--no-cache-server', '--action-cache-path', join(own, 'cache')]
  ]
  const home = join(own, 'home')
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  try {
    return await ended(
      // A separate home folder, so that no other ~/.actrc, cache or Git configuration has an effect.
      spawn(actPath(), parameters, {
        cwd: workspace,
        env: { PATH: path, HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 90_000
      }),
      cancelAt
    )
  } finally {
    rmSync(own, { recursive: true, force: true, maxRetries: 3 })
  }
}

function ended(child: ChildProcess, cancelAt: string | undefined): Promise<ActRun> {
  let log = ''
  let isCancelled = cancelAt === undefined
  const read = (text: Buffer): void => {
    log += text
    if (isCancelled || cancelAt === undefined || !log.includes(cancelAt)) return
    isCancelled = true
    child.kill('SIGINT')
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', exitCode => resolve({ exitCode, log }))
  })
}

/** Where `go install` puts it, else wherever the path finds it. */
function actPath(): string {
  const folders = [join(homedir(), 'go', 'bin'), ...(process.env['PATH'] ?? '').split(delimiter)]
  try {
    const [bin = '', path = ''] = execFileSync('go', ['env', 'GOBIN', 'GOPATH'], {
      encoding: 'utf8'
    }).split('\n')
    folders.unshift(bin || join(path, 'bin'))
  } catch {
    // Go is not on the path: act can be where it usually puts it all the same.
  }
  const found = folders.map(folder => join(folder, 'act')).find(file => existsSync(file))
  if (found === undefined) throw new Error('act is missing. Install it: bash .ci/tools act')
  return found
}

/** Fails with the whole log where act did not end as the scenario does. */
export function expectExit(run: ActRun, exitCode: number): void {
  if (run.exitCode !== exitCode) throw new Error(`act ended with ${run.exitCode}:\n${run.log}`)
}
