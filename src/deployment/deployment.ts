import { nameKey } from '../lib/text.ts'

/** The words of GitHub's deployments, as the rest of the program uses them. */

export const UNFINISHED_STATES = ['in_progress', 'queued', 'pending'] as const
export const FINAL_STATES = ['success', 'failure', 'error', 'inactive'] as const

export type UnfinishedState = (typeof UNFINISHED_STATES)[number]
export type FinalState = (typeof FINAL_STATES)[number]
/** A state that a status can be created with. */
export type State = UnfinishedState | FinalState
/** A state that can be read: `waiting` is GitHub's own, `none` means that there is no status yet. */
export type ReadState = State | 'waiting' | 'none'

export const isFinal = (state: string): state is FinalState => (FINAL_STATES as readonly string[]).includes(state)

/** Whether `deactivate` makes a deployment with this state inactive. */
export const isLive = (state: string): boolean => state !== 'inactive' && state !== 'failure' && state !== 'error'

/** Whether two names are the same. GitHub's names are case-insensitive. */
export const sameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other)

/** The names to filter a list by. It is not documented whether the filters ignore case and normalization. */
export const nameVariants = (names: readonly string[]): readonly string[] => [
  ...new Set(
    names.flatMap(name =>
      [name, name.toLowerCase()].flatMap(each => [each, each.normalize('NFC'), each.normalize('NFD')])
    )
  )
]

/** States that a canceled job can get. */
export const CANCELLED_STATES = ['failure', 'error', 'inactive'] as const
export type CancelledState = (typeof CANCELLED_STATES)[number]

/** Which earlier deployments a success makes inactive; the contract's `auto-inactive`. */
export const AUTO_INACTIVE = ['true', 'false', 'all', 'task'] as const
export type AutoInactive = (typeof AUTO_INACTIVE)[number]

/** The type of a Git ref; `unknown` for a name that can be a branch or a tag. */
export type RefType = 'branch' | 'tag' | 'unknown'

/** What this action writes to the payload. Earlier versions wrote fewer fields. */
export interface Origin {
  readonly runId: number | undefined
  readonly runAttempt: number | undefined
  readonly checkRunId: number | undefined
  readonly job: string
  /** The name of the branch or tag; an explicit `ref` as given. */
  readonly ref: string
  readonly refType: RefType
  readonly pullRequest: number | undefined
  readonly autoFinish: boolean | undefined
  readonly transient: boolean | undefined
  /** Unique for each `start`, to find the deployment if GitHub's answer is lost. */
  readonly key: string
}

export interface Deployment {
  readonly id: number
  readonly environment: string
  readonly task: string
  /** As requested: a branch, a tag or a SHA. */
  readonly ref: string
  readonly sha: string
  /** The JSON text of what the creator stored: an object, or a string that can contain one. */
  readonly payload: string
  /** This action's part of the payload; `undefined` if another tool created the deployment. */
  readonly origin: Origin | undefined
  readonly transient: boolean
  /** Address in the API. */
  readonly url: string
  /** ISO 8601, one second of resolution. */
  readonly createdAt: string
}

export interface Status {
  readonly id: number
  readonly state: ReadState
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
}

/** A deployment in a list, with what its newest status says. */
export interface ListedDeployment extends Omit<Deployment, 'transient' | 'url'>, Omit<Status, 'id'> {
  /** The id in GraphQL; empty if REST listed the deployment. */
  readonly nodeId: string
  /** Empty if the list has none: GraphQL has no ref for a SHA or a deleted branch. */
  readonly ref: string
  readonly refType: RefType
  readonly creator: string
}

/** The fields that deactivating needs. Tens of thousands can be in memory at once. */
export type DeactivationTarget = Pick<
  ListedDeployment,
  'id' | 'nodeId' | 'environment' | 'task' | 'state' | 'environmentUrl'
>

/** Drops the other fields, so that they take no memory. */
export function toDeactivationTarget(one: DeactivationTarget): DeactivationTarget {
  const { id, nodeId, environment, task, state, environmentUrl } = one
  return { id, nodeId, environment, task, state, environmentUrl }
}

export interface NewDeployment {
  /** In the payload, to find the deployment if GitHub's answer is lost. */
  readonly key: string
  readonly ref: string
  readonly environment: string
  readonly task: string
  readonly description: string
  /** The JSON text of an object. */
  readonly payload: string
  readonly autoMerge: boolean
  /** Contexts that must be green; `undefined`: all of the commit, GitHub's default. */
  readonly requiredContexts: readonly string[] | undefined
  readonly transient: boolean
  /** `undefined`: GitHub's default, true for an environment named exactly `production`. */
  readonly production: boolean | undefined
}

/** A status to create. Empty texts are not sent: an empty environment URL would remove "View deployment". */
export interface NewStatus {
  readonly state: State
  readonly description: string
  readonly logUrl: string
  readonly environmentUrl: string
  /** Moves the deployment to another environment. */
  readonly environment?: string
  /** GitHub's own rule for earlier deployments; only true with `success`. */
  readonly autoInactive?: boolean
}

/** The status that makes a deployment inactive. It keeps the environment URL. */
export const inactiveStatus = (
  { environmentUrl }: Pick<DeactivationTarget, 'environmentUrl'>,
  description: string,
  logUrl: string
): NewStatus => ({ state: 'inactive', description, logUrl, environmentUrl })
