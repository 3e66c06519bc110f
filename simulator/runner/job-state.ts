import type { Scope } from './expressions.ts'
import type { GitHubContext } from './github-context.ts'
import type { Annotation, Conclusion, Line, RunOptions, Stage, StepResult } from './types.ts'

/** The value of `steps.<id>`. */
export interface StepContext {
  outputs: Record<string, string>
  outcome: Conclusion
  conclusion: Conclusion
}

/** A list of steps and the contexts that they share: those of the job or of a composite action. */
export interface Frame {
  inputs: Record<string, unknown>
  steps: Record<string, StepContext>
  /** `env` of the surrounding `uses:` steps. */
  env: Record<string, string>
  /** `github.action_status` of a composite action. Unused in the job's own frame. */
  status: Conclusion
  /** Absent in the job's own frame. */
  composite?: { folder: string; isLocal: boolean; name: string }
  /** Registered in the order of the main stages; they run in reverse. */
  posts: PostStep[]
  /** How often each generated name was used: `__run`, `__run_2`, and so on. */
  names: Map<string, number>
}

/** Where a step runs. */
export interface Place {
  frame: Frame
  /** Aborted when the surrounding composite action times out, or a background step is canceled. */
  parent: AbortSignal
  /** Receives the step's result, followed by those of its embedded steps. */
  results: StepResult[]
}

/** Runs the post stage of a step. Its inputs are evaluated in the given frame. */
export type PostStep = (place: Place) => Promise<void>

/** A job while it runs. */
export interface Job {
  key: string
  options: RunOptions
  workspace: string
  github: GitHubContext
  runner: Record<string, string>
  /** `vars`, `secrets`, `needs`, `strategy`, `matrix`. */
  contexts: Record<string, unknown>
  checkRunId: number | null
  defaults: { shell?: string; 'working-directory'?: string }
  /** `env` of the workflow and of the job, and what `GITHUB_ENV` added. */
  env: Record<string, string>
  path: string[]
  masks: Set<string>
  status: Conclusion
  isShutDown: boolean
  /** A canceled step that still runs must not start embedded steps any more. */
  isOver: boolean
  /** One per running step: stops it if the job's new state requires it. */
  running: Set<() => void>
  /** One per running step with `timeout-minutes`, and one for the job. */
  timeLimits: Set<() => void>
  /** Cancels the whole run, as a user does on the run's page. */
  cancelRun: () => void
  log: string[]
  annotations: Annotation[]
  summaries: string[]
  steps: StepResult[]
}

export const newFrame = (parts: Partial<Frame> = {}): Frame => ({
  inputs: {},
  steps: {},
  env: {},
  status: 'success',
  posts: [],
  names: new Map(),
  ...parts
})

/** The contexts and status functions that an expression of a step can use at this moment. */
export function scopeOf(
  job: Job,
  frame: Frame,
  step: { stage: Stage; github: GitHubContext; env: Record<string, string> }
): Scope {
  // success() and failure() are about the composite action in main, and about the job in post
  // (FailureFunction.cs).
  const isOfAction = frame.composite !== undefined && step.stage === 'main'
  const status = (): unknown => (isOfAction ? step.github['action_status'] : job.status)
  const { matrix, strategy, ...others } = job.contexts
  return {
    workspace: job.workspace,
    status: {
      success: () => status() === 'success',
      failure: () => status() === 'failure',
      cancelled: () => job.status === 'cancelled'
    },
    contexts: {
      ...{ github: step.github, env: step.env, runner: job.runner, matrix, strategy },
      job: { status: job.status, check_run_id: job.checkRunId },
      inputs: frame.inputs,
      steps: frame.steps,
      // Composite actions have no `secrets`, `vars` and `needs`.
      ...(frame.composite ? {} : others)
    }
  }
}

/** Cancels a job: running steps are stopped unless their condition still holds. */
export function cancelJob(job: Job): void {
  if (job.status === 'cancelled') return
  job.status = 'cancelled'
  for (const stop of [...job.running]) stop()
}

/** Shuts down the job's runner: running steps are stopped, and no later step or post step starts. */
export function shutDownJob(job: Job): void {
  if (job.isShutDown) return
  job.isShutDown = true
  job.status = 'cancelled'
  note({ job }, 'error', 'The runner has received a shutdown signal.')
  for (const stop of [...job.running]) stop()
}

/** Removes secrets from a text. */
export const masked = (job: Job, text: string): string =>
  [...job.masks].reduce((result, secret) => result.replaceAll(secret, '***'), text)

/** Masks a secret and each of its lines from now on. */
export function addMask(job: Job, secret: string): void {
  for (const part of [secret, ...secret.split(/\r\n|\r|\n/)]) {
    if (part.trim() !== '') job.masks.add(part)
  }
}

/** Adds an annotation by the runner itself, to the job or to one of its steps. */
export function note(
  { job, annotations }: { job: Job; annotations?: Annotation[] },
  level: Annotation['level'],
  message: string
): void {
  const annotation = { level, message: masked(job, message), properties: {} }
  job.annotations.push(annotation)
  annotations?.push(annotation)
  logLine(job, `${LABELS[level]}: ${annotation.message}`)
}

/** Adds a line to the job's log and reports it to `onLog`. */
export function logLine(job: Job, text: string): void {
  job.log.push(text)
  job.options.onLog?.(job.key, text)
}

/** The prefixes of annotations in the log. */
export const LABELS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Reports a line of output to `onLine` and interrupts the job if the options say so. */
export function reportLine(job: Job, line: Line): void {
  job.options.onLine?.(line)
  if (job.status !== 'cancelled' && job.options.cancelWhen?.(line) === true) job.cancelRun()
  if (job.options.timeOutWhen?.(line) === true) for (const timeOut of job.timeLimits) timeOut()
  if (!job.isShutDown && job.options.shutdownWhen?.(line) === true) shutDownJob(job)
}
