import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { trackProcess } from './orphans.ts'
import type { ProcessOptions, ProcessResult, SignalTimings } from './types.ts'

/** The runner's own times (Runner.Sdk/ProcessInvoker.cs). */
export const RUNNER_TIMINGS: SignalTimings = {
  interruptMs: 7_500,
  terminateMs: 2_500,
  streamsMs: 5_000
}

/**
 * Runs a process to its end. When it is aborted, the process alone gets SIGINT, then SIGTERM, and then
 * its whole tree is killed. If a child keeps the output open after the process has ended, the runner
 * waits for `streamsMs`.
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  const { abort, timings } = options
  trackProcess(options.env)
  const child = spawn(options.file, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  if (child.pid !== undefined) options.onStart?.(child.pid)
  const flushes = (['stdout', 'stderr'] as const).map(name => readLines(child, name, options.onLine))
  const timers: NodeJS.Timeout[] = []
  const interrupt = (): void => {
    child.kill('SIGINT')
    timers.push(setTimeout(() => child.kill('SIGTERM'), timings.interruptMs))
    timers.push(setTimeout(() => killTree(child), timings.interruptMs + timings.terminateMs))
  }
  abort.addEventListener('abort', interrupt, { once: true })
  try {
    return await new Promise<ProcessResult>((resolve, reject) => {
      let result: ProcessResult = { exitCode: null, signal: null }
      child.once('error', reject)
      child.once('exit', (exitCode, signal) => {
        result = { exitCode, signal }
        for (const timer of timers.splice(0)) clearTimeout(timer)
        timers.push(setTimeout(() => resolve(result), timings.streamsMs ?? RUNNER_TIMINGS.streamsMs))
      })
      child.once('close', () => resolve(result))
      if (abort.aborted) interrupt()
    })
  } finally {
    abort.removeEventListener('abort', interrupt)
    for (const timer of timers) clearTimeout(timer)
    for (const flush of flushes) flush()
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

/** Reports whole lines. As in the runner, a lone carriage return ends a line. */
function readLines(child: ChildProcess, stream: 'stdout' | 'stderr', onLine: ProcessOptions['onLine']): () => void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string, isEnd: boolean): void => {
    rest += text
    // A carriage return at the end of a chunk may be half of a CRLF.
    const complete = isEnd ? rest : rest.replace(/\r$/, '')
    const kept = rest.length - complete.length
    const lines = complete.split(/\r\n|\r|\n/)
    const last = lines.pop() ?? ''
    rest = last + (kept > 0 ? '\r' : '')
    for (const line of lines) onLine(stream, line)
    if (isEnd && last !== '') onLine(stream, last)
    if (isEnd) rest = ''
  }
  child[stream]?.on('data', (chunk: Buffer) => take(decoder.write(chunk), false))
  return () => take(decoder.end(), true)
}

/** Kills a process that this runner started, and its descendants. */
function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  for (const pid of [...descendantsOf(child.pid), child.pid]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // The process has ended in the meantime.
    }
  }
}

function descendantsOf(root: number): number[] {
  // Without `ps`, only the process itself is known.
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = (stdout ?? '')
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    pairs.flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [...below(pid), pid] : []))
  return below(root)
}
