import type { Deployment, NewDeployment, NewStatus, Status } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { ActionError } from '../lib/errors.ts'
import { getText, type JsonObject } from '../lib/json.ts'
import { sanitizeLine } from '../lib/text.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { listPages, newestStatuses } from './reads.ts'
import { readDeployment, readStatus } from './responses.ts'
import type { Rest } from './rest.ts'

/** The writes to one deployment, each with how it is looked for where the answer is lost. */

export function create(
  rest: Rest,
  wanted: NewDeployment,
  onResend: () => void
): Promise<Deployment> {
  const { environment, ref, key } = wanted
  const place = `"${sanitizeLine(environment, 255)}" at "${sanitizeLine(ref, 255)}"`
  return rest.call({
    operation: `create the deployment of ${place}`,
    method: 'POST',
    path: '/deployments',
    parameters: deploymentFields(wanted),
    read: (data, status, headers) => {
      if (status === 202) throw autoMerged(data, headers)
      return readDeployment(data)
    },
    onUnknown: {
      onResend,
      async look(until) {
        for await (const page of listPages(rest, { environment, ref }, 'once', until)) {
          const found = page.find(one => readOrigin(one.payload)?.key === key)
          if (found) return found
        }
        return undefined
      }
    }
  })
}

/** Posts one; where the answer is lost, only one newer than the status `newerThan` counts as this one. */
export function setStatus(
  rest: Rest,
  id: number,
  status: NewStatus,
  newerThan = 0
): Promise<Status> {
  return rest.call({
    operation: `set deployment ${id} to ${status.state}`,
    method: 'POST',
    path: '/deployments/{id}/statuses',
    parameters: { id, ...statusFields(status) },
    read: data => {
      const answer = readStatus(data)
      return answer?.state === status.state ? answer : undefined
    },
    onUnknown: {
      look: until => findStatus(rest, id, status, { newerThan, onUnknown: 'once', until })
    }
  })
}

/** The one with the same state, description and log URL, if GitHub has it. */
export async function findStatus(
  rest: Rest,
  id: number,
  status: NewStatus,
  { newerThan = 0, onUnknown = 'again', until = Infinity }: Partial<Search> = {}
): Promise<Status | undefined> {
  const statuses = await newestStatuses(rest, id, onUnknown, until)
  return statuses.find(
    one =>
      one.id > newerThan &&
      one.state === status.state &&
      one.description === status.description &&
      one.logUrl === status.logUrl
  )
}

interface Search {
  readonly newerThan: number
  readonly onUnknown: 'again' | 'once'
  readonly until: number
}

export const removeDeployment = (rest: Rest, id: number): Promise<void> =>
  remove(rest, `delete deployment ${id}`, '/deployments/{id}', { id })

/** Deletes; what is gone has reached its goal, so that doing it twice does no harm. */
export async function remove(
  rest: Rest,
  operation: string,
  path: string,
  parameters: JsonObject
): Promise<void> {
  const call = { operation, path, parameters, method: 'DELETE', onUnknown: 'again' } as const
  try {
    await rest.call({ ...call, read: (_data, status) => status === 204 || undefined })
  } catch (error) {
    const cause = error instanceof ActionError ? toFailure(error.cause) : undefined
    if (cause?.status !== 404) throw error
  }
}

/** GitHub's only way to say it: a success that made no deployment. */
const autoMerged = (data: unknown, headers: JsonObject): GitHubFailure =>
  new GitHubFailure(sanitizeLine(getText(data, 'message'), 200), {
    status: 202,
    headers,
    data,
    isFinal: true
  })

/** Our words as GitHub's fields. Only what was asked for is sent: its defaults are its own business. */
const deploymentFields = (wanted: NewDeployment): JsonObject => ({
  ref: wanted.ref,
  task: wanted.task,
  environment: wanted.environment,
  auto_merge: wanted.autoMerge,
  payload: wanted.payload,
  transient_environment: wanted.transient,
  ...(wanted.description !== '' && { description: wanted.description }),
  ...(wanted.requiredContexts && { required_contexts: wanted.requiredContexts }),
  ...(wanted.production !== undefined && { production_environment: wanted.production })
})

const statusFields = (status: NewStatus): JsonObject => ({
  state: status.state,
  log_url: status.logUrl,
  // Said of every state: whether GitHub applies its rule to others than success is documented nowhere.
  auto_inactive: status.autoInactive,
  ...(status.description !== '' && { description: status.description }),
  ...(status.environment !== '' && { environment: status.environment }),
  ...(status.environmentUrl !== '' && { environment_url: status.environmentUrl })
})
