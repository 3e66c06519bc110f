import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Env } from './addresses.ts'

// The runner kills 2.5 s after SIGTERM (ProcessInvoker.cs). A second of that is for the program, the rest for a report.
const KILL_AFTER_MS = 900
const GIVE_UP_AFTER_MS = 1_000
// For what an interrupted program left running.
const GRACE_MS = 500
const POLL_MS = 25

const IS_WINDOWS = process.platform === 'win32'
// Windows has SIGBREAK in place of SIGTERM: the runner sends Ctrl-C, and then Ctrl-Break.
const SIGNALS = ['SIGINT', 'SIGTERM', ...(IS_WINDOWS ? (['SIGBREAK'] as const) : [])] as const

/** A program to start. An empty `cwd` is this process's own folder. */
export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Env
}

/** The exit code as shells report it (128 + N for signal N), unless this process was interrupted meanwhile. */
export type ProgramEnd = { readonly exitCode: number } | 'interrupted'

/**
 * Runs a program in its own process group, with this process's output and without standard input. The output is
 * inherited, not read, so its size costs nothing here.
 *
 * A signal to this process is passed on to the group. The promise then resolves when the group has ended, at the latest
 * 1 s after SIGTERM, and further signals do not end this process: there is something left to report. Rejects if the
 * program could not be started.
 */
export async function runInGroup(program: Program): Promise<ProgramEnd> {
  let pid: number | undefined
  let isInterrupted = false
  let giveUp: () => void = () => undefined
  const limit = new Promise<void>(resolve => {
    giveUp = resolve
  })
  const forward = (signal: NodeJS.Signals) => {
    isInterrupted = true
    send(pid, signal)
    if (signal === 'SIGINT') return
    setTimeout(() => send(pid, 'SIGKILL'), KILL_AFTER_MS)
    setTimeout(giveUp, GIVE_UP_AFTER_MS)
  }
  // Before the start: a signal in between would end this process alone. Handlers run only once the pid is known.
  for (const signal of SIGNALS) process.on(signal, forward)
  try {
    const child = start(program)
    pid = child.pid
    const exitCode = await Promise.race([child.exitCode, limit])
    if (exitCode !== undefined && !isInterrupted) return { exitCode }
    await Promise.race([endGroup(pid), limit])
    return 'interrupted'
  } finally {
    // From here on the id can belong to another group.
    pid = undefined
    if (!isInterrupted) for (const signal of SIGNALS) process.off(signal, forward)
  }
}

function start({ file, args, cwd, env }: Program): {
  readonly pid: number | undefined
  readonly exitCode: Promise<number>
} {
  const child = spawn(file, args, {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    // Windows has no process groups.
    detached: !IS_WINDOWS,
    // cmd has its own quoting rules, which Node's escaping breaks.
    windowsVerbatimArguments: file === 'cmd',
    ...(cwd !== '' && { cwd })
  })
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']))
  })
  return { pid: child.pid, exitCode }
}

/** Background processes of a shell ignore SIGINT. They must not go on deploying after the runner's signals. */
async function endGroup(pid: number | undefined): Promise<void> {
  if (!send(pid, 'SIGTERM')) return
  for (let waited = 0; waited < GRACE_MS; waited += POLL_MS) {
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
    if (!send(pid, 0)) return
  }
  send(pid, 'SIGKILL')
}

/**
 * Signals the whole group; false if the group has ended. On Windows a Ctrl-C or Ctrl-Break reaches every process of
 * the console, so it is not passed on: Node would end the program at once instead.
 */
function send(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  const isFromConsole = IS_WINDOWS && (signal === 'SIGINT' || signal === 'SIGBREAK')
  try {
    return process.kill(IS_WINDOWS ? pid : -pid, isFromConsole ? 0 : signal)
  } catch {
    return false
  }
}
