import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Env } from './context.ts'

// The runner kills 2.5 s after SIGTERM (ProcessInvoker.cs), and only processes whose parents still live.
const KILL_AFTER_MS = 1_500
const GRACE_MS = 500
const POLL_MS = 25

const IS_WINDOWS = process.platform === 'win32'
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** A program to start. An empty `cwd` is this process's own folder. */
export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Env
}

export interface ProgramEnd {
  /** As shells report it: 128 + N for signal N. */
  readonly exitCode: number
  readonly wasInterrupted: boolean
}

/**
 * Runs a program in a process group of its own, with this process's output and without standard input. The output is
 * inherited, not read, so its size costs nothing here. A signal to this process is passed on to the group, of which
 * nothing is left running then. Rejects if the program could not be started.
 */
export async function runInGroup(program: Program): Promise<ProgramEnd> {
  const received = new Set<NodeJS.Signals>()
  let pid: number | undefined
  let killing: NodeJS.Timeout | undefined
  const forward = (signal: NodeJS.Signals) => {
    if (signal === 'SIGTERM' && received.has('SIGINT'))
      killing ??= setTimeout(() => send(pid, 'SIGKILL'), KILL_AFTER_MS)
    received.add(signal)
    send(pid, signal)
  }
  // Before the start: a signal in between would end this process alone. Handlers run only once the pid is known.
  for (const signal of SIGNALS) process.on(signal, forward)
  try {
    const child = start(program)
    pid = child.pid
    const exitCode = await child.exitCode
    clearTimeout(killing)
    if (received.size > 0) await endGroup(pid)
    return { exitCode, wasInterrupted: received.size > 0 }
  } finally {
    for (const signal of SIGNALS) process.off(signal, forward)
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
    // cmd has quoting rules of its own, which Node's escaping breaks.
    windowsVerbatimArguments: file === 'cmd',
    ...(cwd !== '' && { cwd })
  })
  const exitCode = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL'])
    )
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
 * Signals the whole group; false if nothing of it is left. On Windows a Ctrl-C reaches every process of the console, so
 * it is not passed on: Node would end the program at once instead.
 */
function send(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(IS_WINDOWS ? pid : -pid, IS_WINDOWS && signal === 'SIGINT' ? 0 : signal)
  } catch {
    return false
  }
}
