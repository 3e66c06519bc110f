import { afterEach } from '@jest/globals'
import { type ProcessOptions, type RunProcess, runProcess, type Stage } from '../../simulator/runner/index.ts'
import { type Clock, realClock } from '../../src/lib/clock.ts'
import { ALL_PROCESSES, runInProcess, stageOf } from './in-process.ts'

// What the action reads from its process and not from the environment of its host.
const NEEDS_PROCESS = /^node_.*$/i

let canceled = 0
afterEach(() => {
  if (canceled > 0) throw new Error('A stage was canceled in process. Run it with processes: true.')
})

/**
 * Runs the stages of the action in this process, with the environment that a process would have. A main stage with
 * `run`, or a stage with options of Node.js, runs as a process: it depends on signals, process groups or the process.
 */
export function stageRunner(clock: Clock = realClock): RunProcess {
  return options => {
    const stage = stageOf(options)
    return stage === undefined || needsProcess(stage, options)
      ? runProcess(options)
      : runCancelable(stage, options, clock)
  }
}

const needsProcess = (stage: Stage, { env }: ProcessOptions): boolean =>
  ALL_PROCESSES ||
  (stage === 'main' && Boolean(env['INPUT_RUN'])) ||
  Object.keys(env).some(name => NEEDS_PROCESS.test(name))

async function runCancelable(stage: Stage, options: ProcessOptions, clock: Clock) {
  const { abort } = options
  // A process would get a signal.
  const cancel = () => {
    canceled += 1
  }
  if (abort.aborted) cancel()
  abort.addEventListener('abort', cancel, { once: true })
  try {
    return await runInProcess(stage, options, clock)
  } finally {
    abort.removeEventListener('abort', cancel)
  }
}
