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
  /** Absent while it runs. */
  conclusion?: Conclusion
}

export interface RunLog {
  readonly id: number
  readonly title: string
  readonly jobs: JobLog[]
  conclusion?: Conclusion
}

type Watching = Required<Pick<RunOptions, 'runId' | 'checkRunId' | 'onLog' | 'onStep'>>

/** The logs of runs, kept while they run. */
export interface RunLogs {
  find(id: number): RunLog | undefined
  /** What the local runner has to be given, so that it writes here; `end` is told how it ended. */
  begin(run: { id: number; title: string; checkRunId(): number; onStep: Watching['onStep'] }): {
    options: Watching
    end(result: WorkflowResult): void
  }
}

/** Logs of no run yet. */
export function createRunLogs(): RunLogs {
  const runs = new Map<number, RunLog>()
  return {
    find: id => runs.get(id),
    begin: ({ id, title, checkRunId, onStep }) => {
      const run: RunLog = { id, title, jobs: [] }
      runs.set(id, run)
      return { options: watching(run, checkRunId, onStep), end: result => finish(run, result) }
    }
  }
}

// The local runner runs one job after another, so that what it tells is about the newest.
function watching(run: RunLog, nextCheckRunId: () => number, onStep: Watching['onStep']): Watching {
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
  // Jobs that were skipped have no check run here, the others stand in the order they ran.
  const ended = Object.values(jobs).filter(job => job.conclusion !== 'skipped')
  for (const [index, job] of run.jobs.entries()) {
    job.conclusion = ended[index]?.conclusion ?? conclusion
  }
}
