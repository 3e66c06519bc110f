import { booleanField, stringField, stringsField } from '../fields.ts'
import { STATUS_STATES, type StatusState } from '../model.ts'
import { createDeployment } from '../store/create-deployment.ts'
import { createStatus } from '../store/create-status.ts'
import { deleteDeployment } from '../store/delete-deployment.ts'
import { deleteEnvironment } from '../store/environments.ts'
import { type Args, type Context, type Fields, requirePermission, unprocessable } from './context.ts'
import { deploymentFields, statusFields } from './deployment-fields.ts'
import { findDeployment, findEnvironment, findRef } from './nodes.ts'

type Mutation = (context: Context, input: Args) => Fields

const MUTATIONS: Record<string, Mutation> = {
  createDeployment: (context, input) => {
    requirePermission(context, 'deployments=write')
    const { repository, item } = findRef(context, stringField(input, 'refId') ?? '')
    const outcome = createDeployment(repository, readDeployment(input, item), context.caller.actor)
    if (outcome.kind === 'refused') throw unprocessable(outcome)
    if (outcome.kind === 'merged') return { autoMerged: true, deployment: null }
    const { deployment } = outcome
    context.caller.emit({ repository, deployment })
    return { autoMerged: false, deployment: deploymentFields(context, repository, deployment) }
  },
  createDeploymentStatus: (context, input) => {
    requirePermission(context, 'deployments=write')
    const found = findDeployment(context, stringField(input, 'deploymentId') ?? '')
    const { repository, item: deployment } = found
    const outcome = createStatus(repository, deployment, readStatus(input), context.caller.actor)
    if (outcome.kind === 'refused') throw unprocessable(outcome)
    const { status } = outcome
    context.caller.emit({ repository, deployment, status })
    return { deploymentStatus: statusFields(context, repository, deployment, status) }
  },
  deleteDeployment: (context, input) => {
    requirePermission(context, 'deployments=write')
    const { repository, item } = findDeployment(context, stringField(input, 'id') ?? '')
    const outcome = deleteDeployment(repository, item)
    if (outcome.kind === 'refused') throw unprocessable(outcome)
    return {}
  },
  deleteEnvironment: (context, input) => {
    requirePermission(context, 'administration=write')
    const { repository, item } = findEnvironment(context, stringField(input, 'id') ?? '')
    deleteEnvironment(repository, item.name)
    return {}
  }
}

/** The implemented fields of GraphQL's `Mutation`. */
export const mutationFields = (context: Context): Fields =>
  Object.fromEntries(
    Object.entries(MUTATIONS).map(([name, mutate]) => [
      name,
      (args: Args) => {
        const input: Args = Object(args['input'])
        return { clientMutationId: input['clientMutationId'] ?? null, ...mutate(context, input) }
      }
    ])
  )

/** GraphQL cannot set REST's transient and production flags. */
const readDeployment = (input: Args, fullRef: string) => ({
  ref: fullRef.replace(/^refs\/(?:heads|tags)\//, ''),
  task: stringField(input, 'task'),
  autoMerge: booleanField(input, 'autoMerge'),
  requiredContexts: stringsField(input, 'requiredContexts'),
  payload: parsePayload(stringField(input, 'payload') ?? '{}'),
  environment: stringField(input, 'environment'),
  description: stringField(input, 'description')
})

const readStatus = (input: Args) => ({
  state: readState(input['state']),
  logUrl: stringField(input, 'logUrl'),
  description: stringField(input, 'description'),
  environment: stringField(input, 'environment'),
  environmentUrl: stringField(input, 'environmentUrl'),
  autoInactive: booleanField(input, 'autoInactive')
})

function readState(value: unknown): StatusState {
  const state = String(value).toLowerCase()
  return STATUS_STATES.find(each => each === state) ?? 'waiting'
}

function parsePayload(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}
