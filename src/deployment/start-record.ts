import { get, getId, getText, isJsonObject } from '../lib/json.ts'
import type { AutoInactive } from './deployment.ts'
import { type State, UNFINISHED_STATES, type UnfinishedState } from './deployment.ts'
import type { CancelledState } from './outcome.ts'
import { type Entered, readEntered } from './timeline.ts'

/**
 * What a `start` has begun: the one record that main hands to post and to the later steps of the job.
 * It holds no token, and no result: what main knew of the job is no verdict on it.
 */
export interface StartRecord {
  readonly key: string
  readonly repository: string
  /**
   * `creating`: the create is on its way, whether it arrived is not known. `nothing`: there is no
   * deployment, and nobody has to do anything. `open`: there is one, `start` has not ended yet.
   * `started`: `start` did all it had to.
   */
  readonly phase: 'creating' | 'nothing' | 'open' | 'started'
  /** The newest status that it had when it was taken over; 0 for one of our own making. */
  readonly takenAtStatusId: number
  /** The last status that GitHub confirmed to `start`; 0 where there is none yet. */
  readonly statusId: number
  /** The status that was sent last and not answered yet: GitHub may still take it after main has died. */
  readonly onItsWay: UnfinishedState | undefined
  /** The create was sent twice, since nobody could see the first: there may be a second deployment. */
  readonly isDoubtful: boolean
  /** 0 until it is known, and in a dry run. */
  readonly id: number
  readonly environment: string
  readonly task: string
  readonly ref: string
  readonly sha: string
  /** The branch or tag name kept; for people, since `ref` is often a SHA. */
  readonly refName: string
  readonly url: string
  readonly transient: boolean
  /** Kept, since post may be given another one in nested composites; 0 where it is not known. */
  readonly checkRunId: number
  readonly logUrl: string
  readonly environmentUrl: string
  readonly description: string
  readonly cancelledState: CancelledState
  readonly autoInactive: AutoInactive
  readonly autoFinish: boolean
  readonly timeoutMs: number
  readonly dryRun: boolean
  readonly summary: boolean
  /** Milliseconds since 1970, when `start` began. */
  readonly startedAt: number
  /** The states that GitHub confirmed to `start`, oldest first. */
  readonly entered: readonly Entered[]
  readonly previousId: number
  readonly previousSha: string
  /** It wraps a command, whose exit code alone decides. */
  readonly hasCommand: boolean
  /** The command itself said where it deployed to, so that no later value counts. */
  readonly isUrlSettled: boolean
  /** Exit code of the wrapped command, once it ended by itself. */
  readonly exitCode: number | undefined
  /** Set once a final state was posted. */
  readonly finished: State | undefined
  /** GitHub's payload, for the outputs of a later `finish`; not handed to post, which has no outputs. */
  readonly payload: unknown
}

const PHASES = ['creating', 'nothing', 'open', 'started'] as const

/** Reads a record back. A file and a variable are hostile text: `undefined` where it is none of ours. */
export function parseStartRecord(value: unknown): StartRecord | undefined {
  const phase = PHASES.find(name => name === get(value, 'phase'))
  if (!isJsonObject(value) || get(value, 'v') !== 1 || !phase || !isUsable(value)) return undefined
  const oneOf = <T extends string>(name: string, choices: readonly T[], fallback: T): T =>
    choices.find(choice => choice === get(value, name)) ?? fallback
  const exitCode = get(value, 'exitCode')
  const finished = oneOf('finished', ['success', 'failure', 'error', 'inactive', ''], '')
  return {
    phase,
    key: getText(value, 'key'),
    takenAtStatusId: getId(value, 'takenAtStatusId') ?? 0,
    statusId: getId(value, 'statusId') ?? 0,
    onItsWay: UNFINISHED_STATES.find(state => state === get(value, 'onItsWay')),
    isDoubtful: get(value, 'isDoubtful') === true,
    repository: getText(value, 'repository'),
    id: getId(value, 'id') ?? 0,
    environment: getText(value, 'environment'),
    task: getText(value, 'task'),
    ref: getText(value, 'ref'),
    sha: getText(value, 'sha'),
    refName: getText(value, 'refName'),
    url: getText(value, 'url'),
    transient: get(value, 'transient') === true,
    checkRunId: getId(value, 'checkRunId') ?? 0,
    logUrl: getText(value, 'logUrl'),
    environmentUrl: getText(value, 'environmentUrl'),
    description: getText(value, 'description'),
    cancelledState: oneOf('cancelledState', ['inactive', 'failure', 'error'], 'inactive'),
    autoInactive: oneOf('autoInactive', ['true', 'false', 'all', 'task'], 'false'),
    autoFinish: get(value, 'autoFinish') !== false,
    timeoutMs: getId(value, 'timeoutMs') ?? 120_000,
    dryRun: get(value, 'dryRun') === true,
    summary: get(value, 'summary') !== false,
    startedAt: getId(value, 'startedAt') ?? 0,
    entered: readEntered(get(value, 'entered')),
    previousId: getId(value, 'previousId') ?? 0,
    previousSha: getText(value, 'previousSha'),
    hasCommand: get(value, 'hasCommand') === true,
    isUrlSettled: get(value, 'isUrlSettled') === true,
    exitCode: typeof exitCode === 'number' ? exitCode : undefined,
    finished: finished === '' ? undefined : finished,
    payload: get(value, 'payload')
  }
}

/**
 * Names a repository, and a deployment in it or the key to find it by: else there is nothing to act on.
 * The key is the name of a file too, so that it must be one of ours.
 */
function isUsable(value: unknown): boolean {
  const isPlace = /^[\w-]{1,100}\/[\w.-]{1,100}$/.test(getText(value, 'repository'))
  const key = getText(value, 'key')
  const isKey = /^[0-9a-f-]{36}$/.test(key)
  const isKnown = getId(value, 'id') !== undefined || get(value, 'dryRun') === true
  const isToBeFound = ['creating', 'nothing'].includes(getText(value, 'phase')) && isKey
  return isPlace && (isKey || key === '') && (isKnown || isToBeFound)
}

export const serializeStartRecord = (record: StartRecord): string =>
  JSON.stringify({ v: 1, ...record })
