/** What docs/migrating says of each action that people come from: its tables, and workflows before and after. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const GUIDES = join(import.meta.dirname, '..', 'docs', 'migrating')

/** In the order of the page: most used first. */
const FOLDERS = ['bobheadxi-deployments', 'chrnorm', 'int128', 'strumwolf', 'job-environment']

type Inputs = Readonly<Record<string, string | boolean>>
/** Names, each with the reason why it is dropped. */
type Without = Readonly<Record<string, string>>

/** An input of the other action. Without `here`, `partOf` and `values` it has no counterpart. */
export interface InputRow {
  readonly here?: string
  /** Our input that has to be put together by hand. */
  readonly partOf?: string
  /** It counts only in steps that have these values. */
  readonly where?: Readonly<Record<string, string>>
  /** What exact values become; all others are taken as they are by the input named in `here`. */
  readonly values?: Readonly<Record<string, Inputs>>
  /** What it did where it was not given, in steps that have these values. */
  readonly absent?: { readonly where: Readonly<Record<string, string>>; readonly gives: Inputs }
  readonly was?: string
  readonly since?: string
  readonly remark?: string
}

export interface OtherAction {
  /** `owner/name`, or the name of the key of a job. */
  readonly uses: string
  readonly isJobKey?: boolean
  readonly gives?: Inputs
  readonly inputs: Readonly<Record<string, InputRow>>
  readonly outputs: Readonly<Record<string, { readonly here?: string; readonly remark?: string }>>
}

/** What the tables alone cannot know of a step: where it goes, and what this very workflow needs no more. */
export interface StepChange {
  readonly step: string
  readonly into?: string
  readonly because?: string
  readonly with?: Inputs
  readonly without?: Without
}

export interface JobChange {
  readonly with?: Readonly<Record<string, unknown>>
  readonly because?: string
  readonly without?: Without
}

/** A deployment as a run leaves it; `there` is what the old workflow left instead. */
export interface Left {
  readonly environment: string
  readonly state: string
  readonly url?: string
  readonly there?: string
}

export interface Run {
  readonly when: string
  readonly event: { readonly name: string; readonly [option: string]: unknown }
  readonly deploy?: 'fails' | 'is cancelled'
  readonly seeds?: readonly { readonly environment: string; readonly ref?: string }[]
  /** What the deploying script was handed as DEPLOYMENT_URL. */
  readonly handed?: string
  readonly leaves: readonly Left[]
  /** All environments that are left, where that matters. */
  readonly environments?: readonly string[]
}

export interface Pair {
  readonly title: string
  readonly before: string
  readonly after: string
  readonly steps?: readonly StepChange[]
  readonly jobs?: Readonly<Record<string, JobChange>>
  readonly runs: readonly Run[]
}

export interface Guide {
  readonly folder: string
  readonly title: string
  readonly versions: string
  readonly summary: string
  readonly issues: string
  readonly actions: readonly OtherAction[]
  readonly behaviour: readonly {
    readonly there: string
    readonly here: string
    readonly issues?: readonly number[]
  }[]
  readonly pairs: readonly Pair[]
}

/** The text of a file in a guide's folder. */
export const textOf = (guide: Guide, file: string): string => readFileSync(join(GUIDES, guide.folder, file), 'utf8')

export const readGuides = (): Guide[] =>
  FOLDERS.map(folder => ({
    ...(parse(readFileSync(join(GUIDES, folder, 'table.yml'), 'utf8')) as Guide),
    folder
  }))
