import type { Conclusion, RunOptions, Stage, WorkflowResult } from '../../simulator/runner/index.ts'

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
}

type WatchOptions = Required<Pick<RunOptions, 'runId' | 'checkRunId' | 'onLog' | 'onStep'>>

/** Records the logs of runs. */
export interface RunLogs {
  find(id: number): RunLog | undefined
  /** Returns the runner options that record a run. Call `end` with the result. */
  begin(run: { id: number; title: string; checkRunId(): number; onStep: WatchOptions['onStep'] }): {
    options: WatchOptions
    end(result: WorkflowResult): void
  }
}

/** Creates an empty recorder. */
export function createRunLogs(): RunLogs {
  const runs = new Map<number, RunLog>()
  return {
    find: id => runs.get(id),
    begin: ({ id, title, checkRunId, onStep }) => {
      const run: RunLog = { id, title, jobs: [] }
      runs.set(id, run)
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
  // Skipped jobs have no check run here. The others are in the order in which they ran.
  const ended = Object.values(jobs).filter(job => job.conclusion !== 'skipped')
  for (const [index, job] of run.jobs.entries()) {
    job.conclusion = ended[index]?.conclusion ?? conclusion
  }
}
