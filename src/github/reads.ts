import type { Deployment, Status } from '../deployment/deployment.ts'
import { ActionError } from '../lib/errors.ts'
import { getText } from '../lib/json.ts'
import type { OnFailure } from './error-messages.ts'
import { toFailure } from './failure.ts'
import { type DescribedStatus, readDeployment, readDescribedStatus, readList } from './responses.ts'
import type { Rest } from './rest.ts'

/** Reads by REST: what GraphQL does not return, and single deployments. */

export interface ReadOptions {
  readonly onUnknown?: 'again' | 'once'
  /** Milliseconds since 1970. */
  readonly until?: number
  readonly onFailure?: OnFailure | undefined
}

/** Deployments as REST lists them: with the ref that they were created with, without their state. */
export const listPages = (
  rest: Rest,
  parameters: Readonly<Record<string, string>>,
  { onUnknown = 'again', until = Infinity }: ReadOptions = {}
) =>
  rest.pages({
    operation: 'list the deployments',
    path: '/deployments',
    parameters,
    onUnknown,
    until,
    read: data => readList(data, item => readDeployment(item))
  })

/** The first page of a deployment's statuses (the newest hundred), newest first. */
export async function newestStatuses(
  rest: Rest,
  id: number,
  { onUnknown = 'again', until = Infinity, onFailure }: ReadOptions = {}
): Promise<readonly DescribedStatus[]> {
  const first = await rest
    .pages({
      operation: `read the statuses of deployment ${id}`,
      path: '/deployments/{id}/statuses',
      parameters: { id },
      onUnknown,
      until,
      onFailure,
      read: data => readList(data, readDescribedStatus)
    })
    .next()
  // The order of the list is not documented, so sort by id.
  return first.done ? [] : [...first.value].sort((one, other) => other.id - one.id)
}

/** The newest status of a deployment; `undefined` if it has none. */
export const latestStatus = async (rest: Rest, id: number, options?: ReadOptions): Promise<Status | undefined> =>
  (await newestStatuses(rest, id, options))[0]

/** One attempt of a workflow run. */
export interface Attempt {
  readonly isOver: boolean
  /** GitHub's conclusion; empty if there is none yet. */
  readonly conclusion: string
}

/** Reads an attempt of a run, or its newest one. Throws a 404 for a deleted run and for one of another repository. */
export const readAttempt = (
  rest: Rest,
  runId: number,
  attempt: number | undefined,
  onFailure: OnFailure
): Promise<Attempt> =>
  rest.call({
    operation: attempt === undefined ? `read run ${runId}` : `read attempt ${attempt} of run ${runId}`,
    method: 'GET',
    path: attempt === undefined ? '/actions/runs/{run_id}' : '/actions/runs/{run_id}/attempts/{attempt_number}',
    parameters: { run_id: runId, ...(attempt !== undefined && { attempt_number: attempt }) },
    onUnknown: 'again',
    onFailure,
    read: data => {
      const status = getText(data, 'status')
      if (status === '') return undefined
      return { isOver: status === 'completed', conclusion: getText(data, 'conclusion') }
    }
  })

export const getDeployment = (rest: Rest, id: number, onFailure?: OnFailure): Promise<Deployment> =>
  rest.call({
    operation: `read deployment ${id}`,
    method: 'GET',
    path: '/deployments/{id}',
    parameters: { id },
    read: (data, _status, _headers, text) => readDeployment(data, text),
    onUnknown: 'again',
    onFailure
  })

/** Whether a deployment cannot be read. */
export async function isDeploymentGone(rest: Rest, id: number): Promise<boolean> {
  try {
    await getDeployment(rest, id)
    return false
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    return toFailure(error.cause).status === 404
  }
}
