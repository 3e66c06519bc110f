import type { Begun } from '../begun.ts'
import type { Deployments } from '../github/deployments.ts'
import type { Command } from '../inputs/types.ts'
import type { Ledger } from '../ledger.ts'
import type { Summary } from '../summary.ts'
import type { Outputs } from './outputs.ts'

/** One fact a line; the texts may hold a stranger's words, the log makes them harmless. */
export interface Log {
  info(text: string): void
  warning(text: string): void
  /** Folds what the work says under a title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}

/** How a wrapped command ended: by itself with a code, or by a signal that was meant for the step. */
export interface CommandEnd {
  readonly exitCode: number
  readonly wasInterrupted: boolean
  /** What it wrote to `$GITHUB_OUTPUT`. */
  readonly outputs: ReadonlyMap<string, string>
}

/** What a mode may do to the world. Everything is handed in, so that tests need no mocks. */
export interface Tools {
  readonly deployments: Deployments
  readonly ledger: Ledger
  readonly log: Log
  readonly now: () => number
  readonly unique: () => string
  /** Gives outputs at once: what GitHub has must be known even if the next line fails. */
  readonly publish: (outputs: Outputs) => void
  /** Hands what was begun to post and to the later steps of the job. */
  readonly remember: (begun: Begun) => void
  /** Gives an output of the wrapped command, whose names are its own. */
  readonly passOn: (name: string, value: string) => void
  readonly runCommand: (command: Command) => Promise<CommandEnd>
}

/** What a mode leaves for the end of the step. */
export interface Ending {
  readonly summary: Summary | undefined
  /** Why the step fails although GitHub was told all; empty where it does not. */
  readonly failure: string
  /** What went wrong after part of the work was done, whose summary is written all the same. */
  readonly error?: Error | undefined
}

export const NOTHING_TO_SAY: Ending = { summary: undefined, failure: '' }
