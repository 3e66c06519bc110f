import { get, getId, getText, isJsonObject } from '../lib/json.ts'
import { AUTO_INACTIVE, type AutoInactive, FINAL_STATES, type FinalState } from './deployment.ts'
import type { StartRecord } from './start-record.ts'

/** What a `finish` is about to post for one deployment. */
export interface PendingStatus {
  readonly id: number
  readonly environment: string
  readonly task: string
  readonly transient: boolean
  readonly state: FinalState
  readonly reason: string
  readonly description: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly autoInactive: AutoInactive
  /** The newest status that this job knew before. */
  readonly newerThan: number
}

/** A final status that GitHub confirmed to a `finish`. */
export interface PostedStatus {
  readonly id: number
  readonly state: FinalState
  readonly statusId: number
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
  readonly hadUrl: boolean
  readonly hadState: boolean
}

/** What a `finish` saves for its own post step, which completes it after an interruption. */
export interface FinishRecord {
  readonly repository: string
  readonly timeoutMs: number
  readonly pending: readonly PendingStatus[]
  readonly posted: readonly PostedStatus[]
}

// A variable has room for 128 KiB; a job finishes a few deployments.
const MAX_ITEMS = 20

/** The record as JSON. */
export const serializeFinishRecord = ({ pending, posted, ...record }: FinishRecord): string =>
  JSON.stringify({
    v: 1,
    mode: 'finish',
    ...record,
    pending: pending.slice(0, MAX_ITEMS),
    posted: posted.slice(0, MAX_ITEMS)
  })

/** Parses a record from a variable, which is hostile text; `undefined` if it is not one. */
export function parseFinishRecord(value: unknown): FinishRecord | undefined {
  const repository = getText(value, 'repository')
  const isRecord = isJsonObject(value) && getText(value, 'mode') === 'finish' && repository !== ''
  if (!isRecord) return undefined
  return {
    repository,
    timeoutMs: getId(value, 'timeoutMs') ?? 120_000,
    pending: listOf(get(value, 'pending'), parsePending),
    posted: listOf(get(value, 'posted'), parsePosted)
  }
}

function listOf<T>(value: unknown, parse: (item: unknown) => T | undefined): readonly T[] {
  const items = Array.isArray(value) ? value.slice(0, MAX_ITEMS) : []
  return items.map(parse).filter(item => item !== undefined)
}

const stateOf = (item: unknown): FinalState | undefined => FINAL_STATES.find(state => state === get(item, 'state'))

function parsePending(item: unknown): PendingStatus | undefined {
  const id = getId(item, 'id')
  const state = stateOf(item)
  if (id === undefined || state === undefined) return undefined
  return {
    id,
    state,
    environment: getText(item, 'environment'),
    task: getText(item, 'task'),
    transient: get(item, 'transient') === true,
    reason: getText(item, 'reason'),
    description: getText(item, 'description'),
    environmentUrl: getText(item, 'environmentUrl'),
    logUrl: getText(item, 'logUrl'),
    autoInactive: AUTO_INACTIVE.find(each => each === get(item, 'autoInactive')) ?? 'false',
    newerThan: getId(item, 'newerThan') ?? 0
  }
}

function parsePosted(item: unknown): PostedStatus | undefined {
  const id = getId(item, 'id')
  const state = stateOf(item)
  if (id === undefined || state === undefined) return undefined
  return {
    id,
    state,
    statusId: getId(item, 'statusId') ?? 0,
    environmentUrl: getText(item, 'environmentUrl'),
    logUrl: getText(item, 'logUrl'),
    description: getText(item, 'description'),
    hadUrl: get(item, 'hadUrl') === true,
    hadState: get(item, 'hadState') === true
  }
}

/** What a final status changes in the record of the `start` that it finishes. */
export const changeFrom = (posted: PostedStatus): Partial<StartRecord> => ({
  isFinishing: false,
  finished: posted.state,
  finalStatusId: posted.statusId,
  finalUrl: posted.environmentUrl,
  finalLogUrl: posted.logUrl,
  finalDescription: posted.description,
  finishHadUrl: posted.hadUrl,
  finishHadState: posted.hadState
})
