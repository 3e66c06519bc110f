import { RUNNER_TIMINGS } from './child-process.ts'
import type { Command } from './commands.ts'
import { writeEventFile } from './event-file.ts'
import { githubEnv, hostEnv, runnerEnv } from './github-context.ts'
import { addMask, type Job, LABELS, logLine, masked, note, reportLine } from './job-state.ts'
import { runStage, type StageResult } from './stage.ts'
import type { Ending, Execution, Step } from './step-types.ts'
import type { RunProcess } from './types.ts'

interface Program {
  file: string
  args: string[]
  cwd: string
  /** `INPUT_*` and `STATE_*`. */
  env?: Record<string, string>
  /** Runs the program; starts a process by default. */
  run?: RunProcess | undefined
}

/** Runs a program for a step and applies what it wrote: environment, path, annotations. */
export async function runProgram(step: Step, execution: Execution, program: Program): Promise<StageResult> {
  const { job } = step
  writeEventFile(String(job.github['event_path']), JSON.stringify(job.github['event']))
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
    run: program.run,
    onLine: (stream, text, command) => {
      writeLog(job, text, command)
      reportLine(job, { job: job.key, step: step.name, stage: step.stage, stream, text })
    }
  })
  exportFrom(step, result)
  for (const each of result.annotations) {
    const annotation = { ...each, message: masked(job, each.message) }
    job.annotations.push(annotation)
    step.annotations.push(annotation)
  }
  for (const problem of result.problems) note(step, 'error', problem)
  return result
}

/** Applies `GITHUB_ENV` and `GITHUB_PATH`. Those of a background step wait with its outputs. */
function exportFrom({ job, frame, deferred }: Step, result: StageResult): void {
  const apply = (): void => {
    Object.assign(job.env, result.exportedEnv)
    job.path = [...new Set([...result.addedPath.toReversed(), ...job.path])]
  }
  if (deferred === undefined) {
    apply()
  } else {
    deferred.push(apply)
    if (frame.composite !== undefined) Object.assign(frame.env, result.exportedEnv)
  }
}

/** The ending of a step whose program has ended. */
export const endingOf = (result: StageResult): Ending => ({
  outcome: result.exitCode === 0 && result.problems.length === 0 ? 'success' : 'failure',
  result
})

/** Writes a line to the log as GitHub shows it: without commands, and with secrets masked. */
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
