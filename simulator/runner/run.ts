import type { GitHubContext } from './github-context.ts'
import type { Conclusion, JobResult, RunOptions } from './types.ts'
import type { WorkflowFile } from './workflow-file.ts'

/** The value of `needs.<job>`. */
export interface Need {
  result: Conclusion
  outputs: Record<string, string>
}

/** The state of a run, which the workflows that it calls share. */
export interface RunState {
  results: Record<string, JobResult>
  isCanceled: boolean
  /** Cancels the running job, unless its `if` still holds. */
  cancelCurrent: () => void
}

/** A running workflow: the one that the event triggered, or one that a job calls. */
export interface Run {
  options: RunOptions
  workflow: WorkflowFile
  workspace: string
  github: GitHubContext
  inputs: Record<string, unknown>
  /** `vars` and `secrets`. */
  contexts: Record<string, unknown>
  done: Record<string, Need>
  state: RunState
  /** The prefix of its jobs' names: empty, or `call / ` for a called workflow. */
  prefix: string
}

/** The worst of several conclusions; `skipped` if there is none. */
export const worst = (conclusions: Conclusion[]): Conclusion =>
  (['failure', 'cancelled', 'success'] as const).find(each => conclusions.includes(each)) ?? 'skipped'

/** Combines the results of a matrix. Of outputs with the same name, the last non-empty one counts. */
export function combine(results: JobResult[]): Need {
  const outputs = results.flatMap(each => Object.entries(each.outputs))
  return {
    result: worst(results.map(each => each.conclusion)),
    outputs: Object.fromEntries(outputs.filter(([, value]) => value !== ''))
  }
}

/** The result of a job without steps. */
export const emptyResult = (conclusion: Conclusion): JobResult => ({
  ...{ conclusion, outputs: {}, steps: [], log: '', summaries: [], annotations: [] }
})

/** Cancels a run, as a user does on the run's page. */
export function cancelRun(state: RunState): void {
  state.isCanceled = true
  state.cancelCurrent()
}
