import { RUNNER_TIMINGS } from './child-process.ts'
import type { Command } from './commands.ts'
import { githubEnv, hostEnv, runnerEnv } from './github-context.ts'
import { addMask, type Job, LABELS, logLine, masked, note, tellLine } from './job-state.ts'
import { runStage, type StageResult } from './stage.ts'
import type { Ending, Execution, Step } from './step.ts'

interface Program {
  file: string
  args: string[]
  cwd: string
  /** `INPUT_*` and `STATE_*`. */
  env?: Record<string, string>
}

/** Runs a program for a step and takes over what it left: environment, path, annotations. */
export async function runProgram(
  step: Step,
  execution: Execution,
  program: Program
): Promise<StageResult> {
  const { job } = step
  const result = await runStage({
    file: program.file,
    args: program.args,
    cwd: program.cwd,
    env: {
      ...hostEnv(),
      ...job.options.env,
      ...execution.env,
      ...program.env,
      ...githubEnv(execution.github),
      ...runnerEnv(job.runner)
    },
    temp: job.runner['temp'] ?? '',
    path: job.path,
    abort: execution.abort,
    timings: job.options.signalTimings ?? RUNNER_TIMINGS,
    onLine: (stream, text, command) => {
      writeLog(job, text, command)
      tellLine(job, { job: job.key, step: step.name, stage: step.stage, stream, text })
    }
  })
  Object.assign(job.env, result.exportedEnv)
  job.path = [...new Set([...result.addedPath.toReversed(), ...job.path])]
  for (const each of result.annotations) {
    job.annotations.push({ ...each, message: masked(job, each.message) })
  }
  for (const problem of result.problems) note(job, 'error', problem)
  return result
}

/** How a step ends whose program has ended. */
export const endingOf = (result: StageResult): Ending => ({
  outcome: result.exitCode === 0 && result.problems.length === 0 ? 'success' : 'failure',
  result
})

/** The log as GitHub's page shows it: commands done, not shown; secrets starred. */
function writeLog(job: Job, text: string, command: Command | undefined): void {
  const name = command?.name.toLowerCase()
  if (command === undefined) {
    logLine(job, masked(job, text))
  } else if (name === 'add-mask') {
    addMask(job, command.data)
  } else if (name === 'error' || name === 'warning' || name === 'notice') {
    logLine(job, `${LABELS[name]}: ${masked(job, command.data)}`)
  } else if (name === 'group') {
    logLine(job, masked(job, command.data))
  }
}
