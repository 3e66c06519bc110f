import type { Scope } from './expressions.ts'
import type { GitHubContext } from './github-context.ts'
import type { Job, Place } from './job-state.ts'
import type { StageResult } from './stage.ts'
import type { StepFile } from './step-file.ts'
import type { Annotation, Conclusion, Stage, StepResult } from './types.ts'

export interface StepPlace extends Place {
  job: Job
  /**
   * In a background step and in the steps embedded in it: the changes to the job that are made when
   * the job has waited for the background step.
   */
  deferred?: (() => void)[] | undefined
}

/** One stage of one step. */
export interface Step extends StepPlace {
  file: StepFile
  stage: Stage
  name: string
  /** `GITHUB_ACTION`: the `id` of the job's step, or a generated name. */
  contextName: string
  condition: unknown
  annotations: Annotation[]
}

/** A step whose condition holds. */
export interface ReadyStep {
  env: Record<string, string>
  github: GitHubContext
  isWanted: () => boolean
}

/** What the body of a step works with. */
export interface Execution {
  scope: Scope
  env: Record<string, string>
  github: GitHubContext
  abort: AbortSignal
  /** Receives the results of embedded steps. */
  results: StepResult[]
}

export interface Ending {
  outcome: Conclusion
  outputs?: Record<string, string>
  /** Absent if the step itself ran no process: composite actions, control steps, skipped steps. */
  result?: StageResult
}

export type Body = (execution: Execution) => Promise<Ending>

/** Runs one step of a list. Passed as an argument, because composite actions contain steps. */
export type RunStep = (place: StepPlace, file: StepFile) => Promise<void>

/** Whether the step itself runs in the background, not only the composite action around it. */
export const isBackground = ({ deferred, frame }: Step): boolean =>
  deferred !== undefined && frame.composite === undefined

/** The post stage of a step. */
export const postOf = (step: Step, place: Place, condition: string): Step => ({
  ...step,
  ...place,
  ...{ name: `Post ${step.name}`, stage: 'post', condition, annotations: [], deferred: undefined }
})
