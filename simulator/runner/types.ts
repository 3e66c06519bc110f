/** The result of a job or a step, in the words of the `steps` and `needs` contexts. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

export type Stage = 'main' | 'post'

/** The event that triggers a workflow. */
export interface RunnerEvent {
  name: string
  payload: object
}

/** One line of a step's output, before masking. */
export interface Line {
  job: string
  step: string
  stage: Stage
  stream: 'stdout' | 'stderr'
  text: string
}

/** A stage of a step that is about to run. */
export interface StepStart {
  job: string
  step: string
  stage: Stage
}

export interface Annotation {
  level: 'notice' | 'warning' | 'error'
  message: string
  /** `title`, `file`, `line` and others, as in the command. */
  properties: Record<string, string>
}

/** How the runner ends a process, in milliseconds: SIGINT, SIGTERM after `interruptMs`, SIGKILL after `terminateMs` more. */
export interface SignalTimings {
  interruptMs: number
  terminateMs: number
  /** How long the runner waits for output that a surviving child keeps open. Defaults to 5 s. */
  streamsMs?: number
}

export interface ProcessOptions {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  /** Ends the process when it is aborted, with the signals of `timings`. */
  abort: AbortSignal
  timings: SignalTimings
  /** Receives the id of the process. */
  onStart?: (pid: number) => void
  onLine: (stream: 'stdout' | 'stderr', text: string) => void
}

export interface ProcessResult {
  exitCode: number | null
  signal: NodeJS.Signals | null
}

/** Runs a program to its end. */
export type RunProcess = (options: ProcessOptions) => Promise<ProcessResult>

/** A job's `environment:` after evaluation. With `deployment: false`, GitHub creates no deployment. */
export interface JobEnvironment {
  name: string
  url: string
  deployment: boolean
}

export interface RunOptions {
  /** The path of the workflow file, or YAML: any text with a line break. */
  workflow: string
  /** The folder of the repository, in which `uses: ./path` is resolved. */
  root: string
  /** The working directory of the steps (`GITHUB_WORKSPACE`). Defaults to `root`. */
  workspace?: string
  /**
   * The folders of actions such as `owner/name@ref`, relative to `root`. A step whose action is `skip`
   * succeeds without running anything.
   */
  actions?: Record<string, string>
  event: RunnerEvent
  /** Environment variables of every step. `GITHUB_SERVER_URL` and the API URLs also set the `github` context. */
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
  /** Returns `job.check_run_id`. It is undefined on older Enterprise Servers. */
  checkRunId?: (job: string, matrixIndex: number) => number | undefined
  onLine?: (line: Line) => void
  /** Receives each line of a job's log as GitHub shows it: without commands, and with secrets masked. */
  onLog?: (job: string, text: string) => void
  /** Called before a stage of a step runs. The stage waits for the returned promise. */
  onStep?: (start: StepStart) => void | Promise<void>
  /** Cancels the run at the first line for which it returns true, as a user does on the run's page. */
  cancelWhen?: (line: Line) => boolean
  /** Cancels the run when it is aborted. */
  cancel?: AbortSignal
  /** Lets the `timeout-minutes` of the running steps and of the job pass at the first line for which it returns true. */
  timeOutWhen?: (line: Line) => boolean
  /** Shuts down the job's runner at the first line for which it returns true. */
  shutdownWhen?: (line: Line) => boolean
  /**
   * Shuts down the runner of the job that runs when it is aborted: the running steps get the signals
   * of a cancellation, all later steps and post steps are skipped, and the job fails. Jobs that start
   * later have a runner of their own.
   */
  shutdown?: AbortSignal
  /** Called with a job's `environment:` when the job starts and, with its URL, when it ends. */
  onJobEnvironment?: (job: string, environment: JobEnvironment) => void | Promise<void>
  signalTimings?: SignalTimings
  /** The Node.js executable of JavaScript actions. Defaults to the one that runs this code. */
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
  /** The result after `continue-on-error`. */
  conclusion: Conclusion
  /** The result before `continue-on-error`. */
  outcome: Conclusion
  outputs: Record<string, string>
  summary: string
  /** Absent if no process ran or a signal ended it. */
  exitCode?: number
  signal?: NodeJS.Signals
  /** Without masking. `log` is what GitHub shows. */
  stdout: string
  stderr: string
  /** The state that it saved. */
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
  /** By job key. A job of a matrix has its values in the key: `job (a, b)`. */
  jobs: Record<string, JobResult>
}
