/** What happened to a job or a step, in the words of the `steps` and `needs` contexts. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

export type Stage = 'main' | 'post'

/** A webhook event as a workflow receives it. */
export interface RunnerEvent {
  name: string
  payload: object
}

/** One line of a step's output, as it is written. */
export interface Line {
  job: string
  step: string
  stage: Stage
  stream: 'stdout' | 'stderr'
  text: string
}

/** A step whose work is about to begin. */
export interface StepStart {
  job: string
  step: string
  stage: Stage
}

export interface Annotation {
  level: 'notice' | 'warning' | 'error'
  message: string
  /** `title`, `file`, `line` … as the command gave them. */
  properties: Record<string, string>
}

/** The runner's grace: SIGINT, wait, SIGTERM, wait, then the end of the whole tree. */
export interface SignalTimings {
  interruptMs: number
  terminateMs: number
  /** How long output that a surviving child keeps open is waited for; the runner's 5 s. */
  streamsMs?: number
}

export interface ProcessOptions {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  /** Aborting it starts the runner's way of ending a process. */
  abort: AbortSignal
  timings: SignalTimings
  onLine: (stream: 'stdout' | 'stderr', text: string) => void
}

export interface ProcessResult {
  exitCode: number | null
  signal: NodeJS.Signals | null
}

/** Runs a program to its end. */
export type RunProcess = (options: ProcessOptions) => Promise<ProcessResult>

/** A job's `environment:` after evaluation; `deployment: false` asks GitHub to make none. */
export interface JobEnvironment {
  name: string
  url: string
  deployment: boolean
}

export interface RunOptions {
  /** Path of the workflow file, or its YAML text (anything with a line break). */
  workflow: string
  /** The repository's root: where `uses: ./…` is looked up. */
  root: string
  /** Where steps run (`GITHUB_WORKSPACE`); `root` unless given. */
  workspace?: string
  /** `owner/name@ref` → a folder (seen from `root`), or `skip` for a step that succeeds doing nothing. */
  actions?: Record<string, string>
  event: RunnerEvent
  /** Passed to every step; `GITHUB_SERVER_URL` and its like also become the `github` context. */
  env?: Record<string, string>
  repository?: string
  sha?: string
  ref?: string
  runId?: number
  runAttempt?: number
  runNumber?: number
  actor?: string
  token?: string
  secrets?: Record<string, string>
  vars?: Record<string, string>
  inputs?: Record<string, string | boolean | number>
  /** `undefined` is an older GHES, where `job.check_run_id` is empty. */
  checkRunId?: (job: string, matrixIndex: number) => number | undefined
  onLine?: (line: Line) => void
  /** Each line of a job's log as GitHub shows it: commands done, secrets starred. */
  onLog?: (job: string, text: string) => void
  /** Told before a step works; the step waits for what it returns. */
  onStep?: (start: StepStart) => void | Promise<void>
  /** Cancels the run at the first line for which it returns true, as a user does on the run's page. */
  cancelWhen?: (line: Line) => boolean
  /** Cancels the run when it is aborted. */
  cancel?: AbortSignal
  /** Shuts down the job's runner at the first line for which it returns true. */
  shutdownWhen?: (line: Line) => boolean
  /**
   * Shuts down the runner of the job that runs when it is aborted: the running steps get the signals
   * of a cancellation, all later steps and post steps are skipped, and the job fails. Jobs that start
   * later have a runner of their own.
   */
  shutdown?: AbortSignal
  /** Told of a job's `environment:` when the job starts and, with its URL, when it is over. */
  onJobEnvironment?: (job: string, environment: JobEnvironment) => void | Promise<void>
  signalTimings?: SignalTimings
  /** The `node` of JavaScript actions. */
  node?: string
  /** Runs the stages of JavaScript actions; starts a process by default. */
  runNode?: RunProcess
}

export interface StepResult {
  name: string
  id?: string
  /** `uses` and `with` as written; absent for a script. */
  uses?: string
  with?: Record<string, unknown>
  stage: Stage
  /** True for a step of a composite action. */
  isEmbedded: boolean
  /** After `continue-on-error`. */
  conclusion: Conclusion
  /** Before it. */
  outcome: Conclusion
  outputs: Record<string, string>
  summary: string
  /** Absent where no process ran or a signal ended it. */
  exitCode?: number
  signal?: NodeJS.Signals
  /** As written, secrets not starred; `log` is what GitHub shows. */
  stdout: string
  stderr: string
  /** What it saved in `GITHUB_STATE`. */
  state: Record<string, string>
  /** Its own; those of embedded steps are in their results. */
  annotations: Annotation[]
}

export interface JobResult {
  conclusion: Conclusion
  outputs: Record<string, string>
  /** In the order in which they ended; the steps of a composite action follow it. */
  steps: StepResult[]
  log: string
  summaries: string[]
  annotations: Annotation[]
}

export interface WorkflowResult {
  conclusion: Conclusion
  /** By job key; a leg of a matrix is `job (a, b)`. */
  jobs: Record<string, JobResult>
}

export interface ActionOptions {
  /** The action's folder. */
  root: string
  stage: Stage
  /** As given in `with:`; missing ones get the defaults of `action.yml`, `''` counts as given. */
  inputs?: Record<string, string>
  env?: Record<string, string>
  /** What the main stage saved. */
  state?: Record<string, string>
  contexts?: { jobStatus?: string; checkRunId?: number; token?: string }
  event: RunnerEvent
  repository?: string
  sha?: string
  ref?: string
  runId?: number
  runAttempt?: number
  actor?: string
  /** `GITHUB_JOB`. */
  job?: string
  /** `GITHUB_ACTION`; `__self` unless given. */
  action?: string
  /** The working directory; an empty temporary folder unless given. */
  workspace?: string
  onLine?: (line: Line) => void
  /** Interrupts the action as a cancellation does, once a line makes it say true. */
  cancelWhen?: (line: Line) => boolean
  /** Interrupts the action after so many milliseconds. */
  signalAfterMs?: number
  signalTimings?: SignalTimings
  node?: string
  /** Runs the stages of JavaScript actions; starts a process by default. */
  runNode?: RunProcess
}

export interface ActionResult {
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** True where the runner had to signal it. */
  interrupted: boolean
  stdout: string
  stderr: string
  outputs: Record<string, string>
  state: Record<string, string>
  summary: string
  exportedEnv: Record<string, string>
  annotations: Annotation[]
  /** Commands and files that the runner would refuse; in a workflow each fails the step. */
  problems: string[]
}
