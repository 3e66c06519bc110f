import type { ArtifactSubject } from './deployment/artifacts.ts'
import type { FinishRecord } from './deployment/finish-record.ts'
import type { StartRecord } from './deployment/start-record.ts'
import type { Deployments } from './github/deployments.ts'
import type { Command } from './inputs/types.ts'
import type { Summary } from './lib/markdown.ts'
import type { Outputs } from './report/outputs.ts'
import type { CommandEnd } from './runner/command.ts'
import type { RunContext } from './runner/context.ts'
import type { Journal } from './runner/journal.ts'
import type { Log } from './runner/step.ts'

/** What a mode may do to the world. Everything is handed in, so that tests need no mocks. */
export interface Deps {
  readonly run: RunContext
  readonly deployments: Deployments
  readonly journal: Journal
  readonly log: Log
  readonly now: () => number
  readonly unique: () => string
  /** Gives outputs at once: what GitHub has must be known even if the next line fails. */
  readonly publish: (outputs: Outputs) => void
  /** Saves the record for the post step and later steps of the job. */
  readonly save: (record: StartRecord) => void
  /** Saves what a `finish` posts, for its post step. */
  readonly saveFinish: (record: FinishRecord) => void
  /** Gives an output of the wrapped command, whose names are its own. */
  readonly setCommandOutput: (name: string, value: string) => void
  /** The commit checked out in the workspace, if it is a checkout of this repository (`owner/name`). */
  readonly readHead: (repository: string) => Promise<string | undefined>
  /** The artifacts that earlier steps declared; `undefined` if the runner has no such list. */
  readonly declaredArtifacts: () => readonly ArtifactSubject[] | undefined
  readonly runCommand: (command: Command) => Promise<CommandEnd>
}

/** What a mode leaves for the end of the step. */
export interface ModeResult {
  readonly summary: Summary | undefined
  /** Why the step fails although GitHub was told all; empty where it does not. */
  readonly failure: string
  /** What went wrong after part of the work was done, whose summary is written all the same. */
  readonly error?: Error | undefined
}

export const NO_RESULT: ModeResult = { summary: undefined, failure: '' }
