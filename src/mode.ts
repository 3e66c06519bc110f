import type { FinishRecord } from './deployment/finish-record.ts'
import type { StartRecord } from './deployment/start-record.ts'
import type { Deployments } from './github/deployments.ts'
import type { Clock } from './lib/clock.ts'
import type { Summary } from './lib/markdown.ts'
import type { Outputs } from './report/outputs.ts'
import type { RunContext } from './runner/context.ts'
import type { Journal } from './runner/journal.ts'
import type { Log, Step } from './runner/step.ts'

/** What a mode works with. */
export interface Deps {
  readonly step: Step
  readonly run: RunContext
  readonly deployments: Deployments
  /** The runs of the workflow's own repository. */
  readonly runs: Pick<Deployments, 'attempt'>
  readonly journal: Journal
  readonly log: Log
  readonly clock: Clock
  /** Sets outputs at once, so that they exist even if the next request fails. */
  readonly publish: (outputs: Outputs) => void
  /** Sets an output of the wrapped command. It wins over an old name of this action's outputs. */
  readonly setCommandOutput: (name: string, value: string) => void
  /** Saves the record for the post step and later steps of the job. */
  readonly save: (record: StartRecord) => void
  /** Saves what a `finish` posts, for its post step. */
  readonly saveFinish: (record: FinishRecord) => void
}

/** What a mode leaves for the end of the step. */
export interface ModeResult {
  readonly summary?: Summary | undefined
  /** Why the step fails although GitHub has the state; empty if it does not fail. */
  readonly failure?: string
  /** What failed after part of the work was done. The summary is written all the same. */
  readonly error?: Error | undefined
}
