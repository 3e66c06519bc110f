import type { Deployment, ReadState, Status } from '../deployment/deployment.ts'
import { at, idAt, isFields, textAt } from '../lib/json.ts'

/** GitHub's answers, from unknown to our words; `undefined` for an answer of another shape. */

const STATES: readonly string[] = [
  'success',
  'failure',
  'error',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'waiting'
]

export const readState = (value: string): ReadState => {
  const state = value.toLowerCase()
  return STATES.includes(state) ? (state as ReadState) : 'none'
}

export function readDeployment(data: unknown): Deployment | undefined {
  const id = idAt(data, 'id')
  const sha = textAt(data, 'sha')
  const environment = textAt(data, 'environment')
  if (id === undefined || sha === '' || environment === '') return undefined
  return {
    id,
    environment,
    sha,
    task: textAt(data, 'task'),
    ref: textAt(data, 'ref'),
    payload: at(data, 'payload'),
    transient: at(data, 'transient_environment') === true,
    url: textAt(data, 'url'),
    createdAt: textAt(data, 'created_at')
  }
}

export function readStatus(data: unknown): Status | undefined {
  const id = idAt(data, 'id')
  const state = readState(textAt(data, 'state'))
  if (id === undefined || state === 'none') return undefined
  return {
    id,
    state,
    environmentUrl: textAt(data, 'environment_url'),
    logUrl: textAt(data, 'log_url')
  }
}

/** A status with the words it was posted with, by which it is known again. */
export type SaidStatus = Status & { readonly description: string }

export function readSaidStatus(data: unknown): SaidStatus | undefined {
  const status = readStatus(data)
  return status && { ...status, description: textAt(data, 'description') }
}

/** Every item of a list, or `undefined` where it is no list or one item is not of the shape. */
export function readAll<T>(data: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(data)) return undefined
  const items = data.map(read)
  return items.every(item => item !== undefined) ? items : undefined
}

/** The names of the repository's environments on one page. */
export function readEnvironments(data: unknown): string[] | undefined {
  const page = isFields(data) ? at(data, 'environments') : undefined
  return readAll(page, item => textAt(item, 'name') || undefined)
}

/** Whether a `Link` header names a next page. */
export const hasNextPage = (headers: unknown): boolean =>
  /rel="?next"?/.test(textAt(headers, 'link'))
