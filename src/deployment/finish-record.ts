import { choice, flag, get, getId, getText, id, isJsonObject, type Parsed, parseFields, text } from '../lib/json.ts'
import { AUTO_INACTIVE, FINAL_STATES } from './deployment.ts'
import { FINAL_FIELDS } from './start-record.ts'

/** What a `finish` is about to post for one deployment. */
const PENDING_FIELDS = {
  id,
  environment: text,
  task: text,
  transient: flag(false),
  state: choice(FINAL_STATES, 'error'),
  reason: text,
  description: text,
  environmentUrl: text,
  logUrl: text,
  autoInactive: choice(AUTO_INACTIVE, 'false'),
  /** The newest status that this job knew before. */
  newerThan: id
}
export type PendingStatus = Parsed<typeof PENDING_FIELDS>

/** A final status that GitHub confirmed to a `finish`: what it changes in the record of the `start`. */
const POSTED_FIELDS = { id, ...FINAL_FIELDS }
type PostedStatus = Parsed<typeof POSTED_FIELDS>

/** What a `finish` saves for its own post step, which completes it after an interruption. */
export interface FinishRecord {
  readonly repository: string
  readonly timeoutMs: number
  readonly pending: readonly PendingStatus[]
  readonly posted: readonly PostedStatus[]
}

// A variable can have 128 KiB. A job finishes a few deployments.
const MAX_ITEMS = 20

/** The record as JSON, with the fields of the tables only. */
export const serializeFinishRecord = ({ pending, posted, ...record }: FinishRecord): string =>
  JSON.stringify({
    v: 1,
    mode: 'finish',
    ...record,
    pending: pending.slice(0, MAX_ITEMS).map(one => parseFields(PENDING_FIELDS, one)),
    posted: posted.slice(0, MAX_ITEMS).map(one => parseFields(POSTED_FIELDS, one))
  })

/** Parses a record from a variable, which is untrusted text; `undefined` if it is invalid. */
export function parseFinishRecord(value: unknown): FinishRecord | undefined {
  const repository = getText(value, 'repository')
  if (getText(value, 'mode') !== 'finish' || repository === '') return undefined
  return {
    repository,
    timeoutMs: getId(value, 'timeoutMs') ?? 120_000,
    pending: itemsOf(value, 'pending').map(item => parseFields(PENDING_FIELDS, item)),
    posted: itemsOf(value, 'posted').map(item => parseFields(POSTED_FIELDS, item))
  }
}

function itemsOf(value: unknown, name: string): readonly unknown[] {
  const items = get(value, name)
  return Array.isArray(items) ? items.filter(item => isJsonObject(item) && getId(item, 'id') !== undefined) : []
}
