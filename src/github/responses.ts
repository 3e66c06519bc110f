import type { Deployment, ReadState, Status } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { get, getId, getShortText, getText, isJsonObject, membersOf } from '../lib/json.ts'

/** Parsers of GitHub's answers. Each returns `undefined` for an answer of another shape. */

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

/** `text` is the JSON text of `data`; without it, the payload loses digits of large integers. */
export function readDeployment(data: unknown, text?: string): Deployment | undefined {
  const id = getId(data, 'id')
  const sha = getText(data, 'sha')
  const environment = getText(data, 'environment')
  if (id === undefined || sha === '' || environment === '') return undefined
  const payload = text === undefined ? textOf(get(data, 'payload')) : (membersOf(text).get('payload') ?? '')
  return {
    id,
    environment,
    sha,
    task: getShortText(data, 'task'),
    ref: getShortText(data, 'ref'),
    payload,
    origin: readOrigin(payload),
    transient: get(data, 'transient_environment') === true,
    url: getShortText(data, 'url'),
    createdAt: getText(data, 'created_at')
  }
}

/** The JSON text of a value; empty if it is nested too deeply. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

export function readStatus(data: unknown): Status | undefined {
  const id = getId(data, 'id')
  const state = readState(getText(data, 'state'))
  if (id === undefined || state === 'none') return undefined
  return {
    id,
    state,
    environmentUrl: getShortText(data, 'environment_url'),
    logUrl: getShortText(data, 'log_url'),
    description: getShortText(data, 'description')
  }
}

/** A status with its description, by which it is recognized. */
export type DescribedStatus = Status & { readonly description: string }

export function readDescribedStatus(data: unknown): DescribedStatus | undefined {
  const status = readStatus(data)
  return status && { ...status, description: getShortText(data, 'description') }
}

/** All items of a list; `undefined` if it is not a list or an item has another shape. */
export function readList<T>(data: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(data)) return undefined
  const items = data.map(read)
  return items.every(item => item !== undefined) ? items : undefined
}

/** The names of the environments on one page. */
export function readEnvironments(data: unknown): string[] | undefined {
  const page = isJsonObject(data) ? get(data, 'environments') : undefined
  return readList(page, item => getText(item, 'name') || undefined)
}

/** Whether a `Link` header names a next page. */
export const hasNextPage = (headers: unknown): boolean => /rel="?next"?/.test(getText(headers, 'link'))

/** Items of a page of a list, and of one whose answer was too large. */
export const PAGE_SIZE = 100
export const SMALL_PAGE_SIZE = 10

// GitHub's largest lists have a few hundred pages.
const MAX_PAGES = 1_000

/**
 * Notices a list that does not end. The function returned takes the first item and the cursor of each page that has a
 * next one, and returns what is wrong; empty if nothing is.
 */
export function createLoopCheck(): (first: string | undefined, cursor: string) => string {
  const seen = new Set<string>()
  let pages = 0
  return (first, cursor) => {
    pages += 1
    if (first === undefined) return 'the list does not end: a page is empty and names a next one'
    if (pages >= MAX_PAGES) return `the list does not end: it has more than ${MAX_PAGES} pages`
    const marks = [`item ${first}`, `cursor ${cursor}`]
    const repeated = marks.find(mark => seen.has(mark))
    for (const mark of marks) seen.add(mark)
    return repeated === undefined ? '' : `the list does not end: ${repeated} came twice`
  }
}
