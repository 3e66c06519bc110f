import { join } from 'node:path'
import type { ProcessOptions, ProcessResult, Stage } from '../../simulator/runner/index.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { bundle, DIST } from './bundle.ts'
import { toolkitOf } from './toolkit.ts'

/** `SCENARIOS=processes` runs stages as processes, where a test allows it. `.ci/run` does it once. */
export const ALL_PROCESSES = process.env['SCENARIOS'] === 'processes'

/** The stage of the action that a process would run; `undefined` for another program. */
export function stageOf({ file, args }: ProcessOptions): Stage | undefined {
  const stages = ['main', 'post'] as const
  const isNode = file === process.execPath && args.length === 1
  return isNode ? stages.find(stage => args[0] === join(DIST, `${stage}.js`)) : undefined
}

/**
 * Runs a stage of the action in this process, with the environment that a process would have. When `killed` resolves,
 * the stage counts as ended by SIGKILL; its clock must keep it from going on.
 */
export async function runInProcess(
  stage: Stage,
  { env, onLine }: ProcessOptions,
  clock: Clock,
  killed?: Promise<void>
): Promise<ProcessResult> {
  const { toolkit, exitCode } = toolkitOf(env, line => onLine('stdout', line))
  const ended = bundle[stage]({ env, clock, toolkit }).then(() => ({ exitCode: exitCode(), signal: null }))
  if (!killed) return ended
  return Promise.race([ended, killed.then(() => ({ exitCode: null, signal: 'SIGKILL' as const }))])
}
