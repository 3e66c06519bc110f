import type { Conclusion, RunnerEvent, RunOptions, Stage, WorkflowResult } from '../../simulator/runner/index.ts'
import { type PullRequest, pullRequestOf } from './pull-requests.ts'

export interface StepLog {
  readonly name: string
  readonly stage: Stage
  readonly lines: string[]
}

export interface JobLog {
  readonly checkRunId: number
  readonly name: string
  readonly steps: StepLog[]
  /** Undefined while the job runs. */
  conclusion?: Conclusion
}

export interface RunLog {
  readonly id: number
  readonly title: string
  readonly jobs: JobLog[]
  conclusion?: Conclusion
  /** The job summaries, as Markdown. */
  summaries: readonly string[]
}

type WatchOptions = Required<Pick<RunOptions, 'runId' | 'checkRunId' | 'onLog' | 'onStep'>>

/** Records the logs of runs. */
export interface RunLogs {
  find(id: number): RunLog | undefined
  /** The newest run that has ended with a job summary. */
  newestWithSummary(): RunLog | undefined
  /** The pull request with this number, or the newest, as in the newest event about it. */
  pullRequest(number?: number): PullRequest | undefined
  /** Returns the runner options that record a run. Call `end` with the result. */
  begin(run: LoggedRun): { options: WatchOptions; end(result: WorkflowResult): void }
}

interface LoggedRun {
  readonly id: number
  readonly title: string
  readonly event: RunnerEvent
  checkRunId(): number
  readonly onStep: WatchOptions['onStep']
}

/** Creates an empty recorder. */
export function createRunLogs(): RunLogs {
  const runs = new Map<number, RunLog>()
  const pulls = new Map<number, PullRequest>()
  return {
    find: id => runs.get(id),
    newestWithSummary: () => [...runs.values()].findLast(({ summaries }) => summaries.length > 0),
    pullRequest: number => (number === undefined ? [...pulls.values()].at(-1) : pulls.get(number)),
    begin: ({ id, title, event, checkRunId, onStep }) => {
      const run: RunLog = { id, title, jobs: [], summaries: [] }
      runs.set(id, run)
      const pull = pullRequestOf(event)
      if (pull) pulls.set(pull.number, pull)
      return { options: watchOptions(run, checkRunId, onStep), end: result => finish(run, result) }
    }
  }
}

// The simulated runner runs one job at a time, so each event belongs to the newest job.
function watchOptions(run: RunLog, nextCheckRunId: () => number, onStep: WatchOptions['onStep']): WatchOptions {
  return {
    runId: run.id,
    checkRunId: name => {
      const checkRunId = nextCheckRunId()
      run.jobs.push({ checkRunId, name, steps: [] })
      return checkRunId
    },
    onStep: start => {
      run.jobs.at(-1)?.steps.push({ name: start.step, stage: start.stage, lines: [] })
      return onStep(start)
    },
    onLog: (_job, text) => void run.jobs.at(-1)?.steps.at(-1)?.lines.push(text)
  }
}

function finish(run: RunLog, { conclusion, jobs }: WorkflowResult): void {
  run.conclusion = conclusion
  run.summaries = Object.values(jobs).flatMap(job => job.summaries)
  // Skipped jobs have no check run here. The others are in the order in which they ran.
  const ended = Object.values(jobs).filter(job => job.conclusion !== 'skipped')
  for (const [index, job] of run.jobs.entries()) {
    job.conclusion = ended[index]?.conclusion ?? conclusion
  }
}
