import type { Scope } from './expressions.ts'
import type { GitHubContext } from './github-context.ts'
import type { Annotation, Conclusion, Line, RunOptions, Stage, StepResult } from './types.ts'

/** What `steps.<id>` holds. */
export interface StepContext {
  outputs: Record<string, string>
  outcome: Conclusion
  conclusion: Conclusion
}

/** A list of steps and what they see: the job's own, or those of a composite action. */
export interface Frame {
  inputs: Record<string, unknown>
  steps: Record<string, StepContext>
  /** `env` of the `uses:` steps around it. */
  env: Record<string, string>
  /** How the composite action stands; the job's own frame looks at the job instead. */
  status: Conclusion
  /** Absent in the job's own frame. */
  composite?: { folder: string; isLocal: boolean; name: string }
  /** To be run last first. */
  posts: PostStep[]
  /** Names without an `id` given so far: `__run`, `__run_2` … */
  names: Map<string, number>
}

/** Runs the post stage; `frame` is what its `with:` is evaluated in then. */
export type PostStep = (frame: Frame, abort: AbortSignal) => Promise<void>

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
  /** Workflow's and job's `env`, then what `GITHUB_ENV` added. */
  env: Record<string, string>
  path: string[]
  masks: Set<string>
  status: Conclusion
  /** Told when the job is cancelled: each running step tests its condition again. */
  running: Set<() => void>
  /** Ends the whole run, as a user who presses Cancel does. */
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

/** What an expression of a step sees at this moment. */
export function scopeOf(
  job: Job,
  frame: Frame,
  step: { stage: Stage; github: GitHubContext; env: Record<string, string> }
): Scope {
  // Steps of a composite action ask how the action stands; in post they ask the job (facts 6.3).
  const asked = frame.composite !== undefined && step.stage === 'main' ? frame : job
  const { matrix, strategy, ...others } = job.contexts
  return {
    workspace: job.workspace,
    status: {
      success: () => asked.status === 'success',
      failure: () => asked.status === 'failure',
      cancelled: () => job.status === 'cancelled'
    },
    contexts: {
      ...{ github: step.github, env: step.env, runner: job.runner, matrix, strategy },
      job: { status: job.status, check_run_id: job.checkRunId },
      inputs: frame.inputs,
      steps: frame.steps,
      // `secrets`, `vars` and `needs` do not reach into a composite action.
      ...(frame.composite ? {} : others)
    }
  }
}

/** Cancels a job: its running steps are told, later ones see `cancelled()`. */
export function cancelJob(job: Job): void {
  if (job.status === 'cancelled') return
  job.status = 'cancelled'
  for (const tell of [...job.running]) tell()
}

/** Takes secrets out of a text. */
export const masked = (job: Job, text: string): string =>
  [...job.masks].reduce((result, secret) => result.replaceAll(secret, '***'), text)

/** Remembers a secret, and each of its lines. */
export function addMask(job: Job, secret: string): void {
  for (const part of [secret, ...secret.split(/\r\n|\r|\n/)]) {
    if (part.trim() !== '') job.masks.add(part)
  }
}

/** An annotation of the runner's own. */
export function note(job: Job, level: Annotation['level'], message: string): void {
  job.annotations.push({ level, message: masked(job, message), properties: {} })
  logLine(job, `${LABELS[level]}: ${masked(job, message)}`)
}

/** Adds a line to the job's log and shows it to who watches the run. */
export function logLine(job: Job, text: string): void {
  job.log.push(text)
  job.options.onLog?.(job.key, text)
}

/** How the log names an annotation. */
export const LABELS = { error: 'Error', warning: 'Warning', notice: 'Notice' } as const

/** Hands a line to who watches the run. */
export function tellLine(job: Job, line: Line): void {
  job.options.onLine?.(line)
  if (job.status !== 'cancelled' && job.options.cancelWhen?.(line) === true) job.cancelRun()
}
