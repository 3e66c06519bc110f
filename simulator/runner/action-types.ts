import type { Annotation, Line, RunnerEvent, RunProcess, SignalTimings, Stage } from './types.ts'

export interface ActionOptions {
  /** The action's folder. */
  root: string
  stage: Stage
  /** The inputs in `with:`. The others get the defaults of `action.yml`; an empty one doesn't. */
  inputs?: Record<string, string>
  env?: Record<string, string>
  /** The state that the main stage saved. */
  state?: Record<string, string>
  contexts?: { jobStatus?: string; checkRunId?: number | undefined; token?: string }
  event: RunnerEvent
  /** The event file, if it is not the payload of the event. */
  eventText?: string
  repository?: string
  sha?: string
  ref?: string
  runId?: number
  runAttempt?: number
  actor?: string
  /** `GITHUB_JOB`. */
  job?: string
  /** `GITHUB_ACTION`. Defaults to `__self`. */
  action?: string
  /** The working directory. Defaults to `folder`. */
  workspace?: string
  /** The runner's folder with `RUNNER_TEMP`, which is kept. Defaults to a temporary one. */
  folder?: string
  onLine?: (line: Line) => void
  /** Interrupts the action, as a cancellation does, at the first line for which it returns true. */
  cancelWhen?: (line: Line) => boolean
  /** Interrupts the action after this many milliseconds. */
  signalAfterMs?: number
  signalTimings?: SignalTimings
  node?: string
  /** Runs the stages of JavaScript actions; starts a process by default. */
  runNode?: RunProcess
}

export interface ActionResult {
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** Whether the runner sent a signal. */
  interrupted: boolean
  stdout: string
  stderr: string
  outputs: Record<string, string>
  state: Record<string, string>
  summary: string
  exportedEnv: Record<string, string>
  annotations: Annotation[]
  /** Errors in commands and command files. In a workflow, each one fails the step. */
  problems: string[]
}
