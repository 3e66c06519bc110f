import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import {
  type ActionResult,
  createRunnerFolder,
  type RunnerEvent,
  removeRunnerFolder,
  runAction,
  runProcess
} from '../../simulator/runner/index.ts'
import { type Clock, realClock } from '../../src/lib/clock.ts'
import { ALL_PROCESSES, runInProcess } from './in-process.ts'
import { checkRunHere } from './server-kind.ts'
import type { VirtualTime } from './virtual-clock.ts'

// Not imported from `scenario.ts`, which needs the test runner: scripts use this file too.
const ROOT = join(import.meta.dirname, '..', '..')

type Values = Readonly<Record<string, string>>

export interface JobOptions {
  readonly event: RunnerEvent
  /** The event file, if it is not the payload of the event. */
  readonly eventText?: string
  /** By default the clock of the simulated GitHub, whose time then passes while a stage waits. */
  readonly clock?: Clock
  readonly job?: string
  readonly runId?: number
  readonly runAttempt?: number
  readonly checkRunId?: number
  readonly token?: string
  /** Variables that win over those of the runner. They can change between two stages. */
  readonly env?: Values
  /** Called with each line when it is logged. */
  readonly onLine?: (line: string) => void
}

/** How a test ends a stage while it runs. */
export interface Killing {
  /** The clock of the stage, which must keep it from going on. */
  readonly clock: Clock
  readonly killed: Promise<void>
}

/** A job whose stages the test runs by itself. They share the job's folder. */
export interface Job {
  readonly tempFolder: string
  main(inputs: Values, killing?: Killing): Promise<ActionResult>
  /** Runs the post stage of a step, with the status of the job. */
  post(main: Pick<ActionResult, 'state'>, jobStatus: string, inputs?: Values): Promise<ActionResult>
  /** Removes the job's folder. */
  end(): void
}

export function beginJob(github: LocalGitHub & { time?: VirtualTime }, options: JobOptions): Job {
  const { time } = github
  const { event, eventText, job = 'deploy', runId = 100, runAttempt = 1, checkRunId, token } = options
  const folder = createRunnerFolder()
  mkdirSync(join(folder, '_temp'))
  const run = (stage: 'main' | 'post', inputs: Values, jobStatus: string, state: Values, killing?: Killing) => {
    const isProcess = ALL_PROCESSES && time?.isShared === true && !killing && !options.clock
    const clock = killing?.clock ?? options.clock ?? time?.clock ?? realClock
    const work = runAction({
      ...{ root: ROOT, stage, event, job, runId, runAttempt, folder, inputs: { ...inputs }, state: { ...state } },
      ...(eventText !== undefined && { eventText }),
      contexts: { jobStatus, checkRunId: checkRunHere(checkRunId ?? 4242), ...(token && { token }) },
      env: { ...github.env() },
      onLine: ({ text }) => options.onLine?.(text),
      runNode: program => {
        const changed = { ...program, env: { ...program.env, ...options.env } }
        return isProcess ? runProcess(changed) : runInProcess(stage, changed, clock, killing?.killed)
      }
    })
    return options.clock || !time ? work : time.drive(work)
  }
  return {
    tempFolder: join(folder, '_temp'),
    main: (inputs, killing) => run('main', inputs, 'success', {}, killing),
    post: (main, jobStatus, inputs = {}) => run('post', inputs, jobStatus, main.state),
    end: () => removeRunnerFolder(folder)
  }
}
