import { join } from 'node:path'
import { afterEach } from '@jest/globals'
import { type ProcessOptions, type RunProcess, runProcess } from '../../simulator/runner/index.ts'
import { type Clock, realClock } from '../../src/lib/clock.ts'
import { bundle, DIST } from './bundle.ts'
import { toolkitOf } from './toolkit.ts'

/** `SCENARIOS=processes` runs every stage as a process. `.ci/run` does it once. */
const ALL_PROCESSES = process.env['SCENARIOS'] === 'processes'

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
      : runInProcess(stage, options, clock)
  }
}

const needsProcess = (stage: 'main' | 'post', { file, env }: ProcessOptions): boolean =>
  ALL_PROCESSES ||
  file !== process.execPath ||
  (stage === 'main' && Boolean(env['INPUT_RUN'])) ||
  Object.keys(env).some(name => NEEDS_PROCESS.test(name))

function stageOf({ args }: ProcessOptions): 'main' | 'post' | undefined {
  const stages = ['main', 'post'] as const
  return stages.find(stage => args.length === 1 && args[0] === join(DIST, `${stage}.js`))
}

async function runInProcess(stage: 'main' | 'post', options: ProcessOptions, clock: Clock) {
  const { env, abort, onLine } = options
  // A process would get a signal.
  const cancel = () => {
    canceled += 1
  }
  if (abort.aborted) cancel()
  abort.addEventListener('abort', cancel, { once: true })
  try {
    const { toolkit, exitCode } = toolkitOf(env, line => onLine('stdout', line))
    await bundle[stage]({ env, clock, toolkit })
    return { exitCode: exitCode(), signal: null }
  } finally {
    abort.removeEventListener('abort', cancel)
  }
}
