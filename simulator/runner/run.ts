import type { GitHubContext } from './github-context.ts'
import type { Conclusion, JobResult, RunOptions } from './types.ts'
import type { WorkflowFile } from './workflow-file.ts'

/** What `needs.<job>` holds. */
export interface Need {
  result: Conclusion
  outputs: Record<string, string>
}

/** What a run and the workflows that it calls have in common. */
export interface Course {
  results: Record<string, JobResult>
  isCancelled: boolean
  /** Cancels the job that is at work, unless its own `if` wants it to go on. */
  cancelCurrent: () => void
}

/** A workflow while it runs: the one that the event started, or one that a job calls. */
export interface Run {
  options: RunOptions
  workflow: WorkflowFile
  workspace: string
  github: GitHubContext
  inputs: Record<string, unknown>
  /** `vars` and `secrets`. */
  contexts: Record<string, unknown>
  done: Record<string, Need>
  course: Course
  /** Stands before the names of its jobs: `call / `, or nothing. */
  prefix: string
}

/** One verdict of several. */
export const worst = (conclusions: Conclusion[]): Conclusion =>
  (['failure', 'cancelled', 'success'] as const).find(each => conclusions.includes(each)) ??
  'skipped'

/** One verdict of all legs; of outputs with one name the last that is not empty stands. */
export function together(results: JobResult[]): Need {
  const outputs = results.flatMap(each => Object.entries(each.outputs))
  return {
    result: worst(results.map(each => each.conclusion)),
    outputs: Object.fromEntries(outputs.filter(([, value]) => value !== ''))
  }
}

/** A job of which nothing ran. */
export const emptyResult = (conclusion: Conclusion): JobResult => ({
  ...{ conclusion, outputs: {}, steps: [], log: '', summaries: [], annotations: [] }
})

/** Ends the whole run, as a user who presses Cancel does. */
export function cancelRun(course: Course): void {
  course.isCancelled = true
  course.cancelCurrent()
}
