import type { Deployment, NewDeployment, NewStatus, Status } from '../deployment/deployment.ts'
import { ActionError } from '../lib/errors.ts'
import { get, getText, type JsonObject, membersOf, objectText } from '../lib/json.ts'
import { sanitizeLine } from '../lib/text.ts'
import type { OnFailure } from './error-messages.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { isDeploymentGone, listPages, newestStatuses, type ReadOptions } from './reads.ts'
import { readDeployment, readStatus } from './responses.ts'
import type { Rest, RestCall } from './rest.ts'

/** The writes to one deployment, and how each is looked up if its answer is lost. */

export interface CreateOptions {
  /** Called before the create is sent a second time: there may then be two deployments. */
  readonly onResend: () => void
  readonly onFailure: OnFailure
}

export function create(rest: Rest, wanted: NewDeployment, { onResend, onFailure }: CreateOptions): Promise<Deployment> {
  const { environment, ref, key } = wanted
  const place = `"${sanitizeLine(environment, 255)}" at "${sanitizeLine(ref, 255)}"`
  return rest.call({
    operation: `create the deployment of ${place}`,
    method: 'POST',
    path: '/deployments',
    // Octokit sends `data` as the body.
    parameters: { data: deploymentBody(wanted) },
    onFailure,
    read: (data, status, headers, text) => {
      if (status === 202) throw autoMerged(data, headers)
      return readDeployment(data, text)
    },
    onUnknown: {
      onResend,
      async look(until) {
        for await (const page of listPages(rest, { environment, ref }, { onUnknown: 'once', until })) {
          const found = page.find(one => one.origin?.key === key)
          if (found) return { ...found, payload: wanted.payload }
        }
        return undefined
      }
    }
  })
}

export interface StatusOptions {
  /** If the answer is lost, only a status with a greater id can be this one. */
  readonly newerThan?: number | undefined
  readonly onFailure: OnFailure
}

/** Fields of a status without which it is posted if GitHub rejects them, by their names in the API. */
const DISPENSABLE = { description: 'description', environment_url: 'environmentUrl', log_url: 'logUrl' } as const

/** Posts a status. If GitHub rejects a link or the description, it is sent once more without that, with a warning. */
export async function setStatus(rest: Rest, id: number, status: NewStatus, options: StatusOptions): Promise<Status> {
  try {
    return await sendStatus(rest, id, status, options)
  } catch (error) {
    const failure = error instanceof ActionError ? toFailure(error.cause) : undefined
    const rejected = failure?.status === 422 ? rejectedFields(failure, status) : []
    if (!failure || rejected.length === 0) throw error
    const without = Object.fromEntries(rejected.map(([, field]) => [field, '']))
    const sent = await sendStatus(rest, id, { ...status, ...without }, options)
    const names = rejected.map(([name]) => name).join(' and ')
    rest.warn(
      `The state of deployment ${id} was posted without ${names}, which GitHub rejects: "${failure.message}".`,
      'rejected'
    )
    return sent
  }
}

function rejectedFields(failure: GitHubFailure, status: NewStatus) {
  const errors = get(failure.data, 'errors')
  const listed: readonly unknown[] = Array.isArray(errors) ? errors : []
  const named = [failure.message, ...listed.map(error => getText(error, 'field'))].join(' ')
  return Object.entries(DISPENSABLE).filter(([name, field]) => status[field] !== '' && named.includes(name))
}

function sendStatus(
  rest: Rest,
  id: number,
  status: NewStatus,
  { newerThan = 0, onFailure }: StatusOptions
): Promise<Status> {
  return rest.call({
    operation: `set deployment ${id} to ${status.state}`,
    method: 'POST',
    path: '/deployments/{id}/statuses',
    parameters: { id, ...statusFields(status) },
    onFailure,
    read: data => {
      const created = readStatus(data)
      return created?.state === status.state ? created : undefined
    },
    onUnknown: {
      look: until => findStatus(rest, id, status, { newerThan, onUnknown: 'once', until })
    }
  })
}

/** The status with the same state, description and links, if GitHub has it. */
export async function findStatus(
  rest: Rest,
  id: number,
  status: NewStatus,
  { newerThan = 0, ...options }: ReadOptions & { readonly newerThan?: number } = {}
): Promise<Status | undefined> {
  const statuses = await newestStatuses(rest, id, options)
  return statuses.find(
    one =>
      one.id > newerThan &&
      one.state === status.state &&
      one.description === status.description &&
      one.logUrl === status.logUrl &&
      one.environmentUrl === status.environmentUrl
  )
}

/** A deployment that is already gone counts as deleted. A token without access gets a 404 too, so it is looked for. */
export async function removeDeployment(rest: Rest, id: number, onFailure: OnFailure): Promise<void> {
  const operation = `delete deployment ${id}`
  const refusal = await remove(rest, { operation, path: '/deployments/{id}', parameters: { id }, onFailure })
  if (refusal && !(await isDeploymentGone(rest, id))) throw refusal
}

/** Returns whether there was an environment, or at least one that the token can see. */
export async function removeEnvironment(rest: Rest, name: string, onFailure: OnFailure): Promise<boolean> {
  const operation = `delete the environment "${sanitizeLine(name, 255)}"`
  return !(await remove(rest, { operation, path: '/environments/{name}', parameters: { name }, onFailure }))
}

/** Returns the error of a 404: something that is already gone counts as deleted, so sending it twice does no harm. */
async function remove(
  rest: Rest,
  deletion: Pick<RestCall<true>, 'operation' | 'path' | 'parameters' | 'onFailure'>
): Promise<ActionError | undefined> {
  const call = { ...deletion, method: 'DELETE', onUnknown: 'again' } as const
  try {
    await rest.call({ ...call, read: (_data, status) => status === 204 || undefined })
    return undefined
  } catch (error) {
    if (!(error instanceof ActionError) || toFailure(error.cause).status !== 404) throw error
    return error
  }
}

/** The answer 202: GitHub merged the default branch into the ref and created no deployment. */
const autoMerged = (data: unknown, headers: JsonObject): GitHubFailure =>
  new GitHubFailure(sanitizeLine(getText(data, 'message'), 200), {
    status: 202,
    headers,
    data,
    isFinal: true
  })

/** The body of a create. Only fields that were set are sent, so that GitHub's defaults apply to the others. */
export function deploymentBody(wanted: NewDeployment): string {
  const fields = JSON.stringify(deploymentFields(wanted))
  return objectText([...membersOf(fields), ['payload', wanted.payload]])
}

const deploymentFields = (wanted: NewDeployment): JsonObject => ({
  ref: wanted.ref,
  task: wanted.task,
  environment: wanted.environment,
  auto_merge: wanted.autoMerge,
  transient_environment: wanted.transient,
  ...(wanted.description !== '' && { description: wanted.description }),
  ...(wanted.requiredContexts && { required_contexts: wanted.requiredContexts }),
  ...(wanted.production !== undefined && { production_environment: wanted.production })
})

export const statusFields = (status: NewStatus): JsonObject => ({
  state: status.state,
  ...(status.logUrl !== '' && { log_url: status.logUrl }),
  // Sent with every state, since it is not documented whether GitHub's rule applies to states other than success.
  auto_inactive: status.autoInactive ?? false,
  ...(status.description !== '' && { description: status.description }),
  ...(status.environment && { environment: status.environment }),
  ...(status.environmentUrl !== '' && { environment_url: status.environmentUrl })
})
