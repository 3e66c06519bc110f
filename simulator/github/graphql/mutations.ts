import { flag, text, texts } from '../fields.ts'
import { STATUS_STATES, type StatusState } from '../model.ts'
import { createDeployment } from '../store/create-deployment.ts'
import { createStatus } from '../store/create-status.ts'
import { deleteDeployment } from '../store/delete-deployment.ts'
import { deleteEnvironment } from '../store/environments.ts'
import { type Args, type Context, demand, type Fields, unprocessable } from './context.ts'
import { deploymentFields, statusFields } from './deployment-fields.ts'
import { findDeployment, findEnvironment, findRef } from './nodes.ts'

type Mutation = (context: Context, input: Args) => Fields

const MUTATIONS: Record<string, Mutation> = {
  createDeployment: (context, input) => {
    demand(context, 'deployments=write')
    const { repository, item } = findRef(context, text(input, 'refId') ?? '')
    const outcome = createDeployment(repository, readDeployment(input, item), context.caller.actor)
    if (outcome.kind === 'refused') throw unprocessable(outcome)
    if (outcome.kind === 'merged') return { autoMerged: true, deployment: null }
    const { deployment } = outcome
    context.caller.announce({ repository, deployment })
    return { autoMerged: false, deployment: deploymentFields(context, repository, deployment) }
  },
  createDeploymentStatus: (context, input) => {
    demand(context, 'deployments=write')
    const found = findDeployment(context, text(input, 'deploymentId') ?? '')
    const { repository, item: deployment } = found
    const outcome = createStatus(repository, deployment, readStatus(input), context.caller.actor)
    if (outcome.kind === 'refused') throw unprocessable(outcome)
    const { status } = outcome
    context.caller.announce({ repository, deployment, status })
    return { deploymentStatus: statusFields(context, repository, deployment, status) }
  },
  deleteDeployment: (context, input) => {
    demand(context, 'deployments=write')
    const { repository, item } = findDeployment(context, text(input, 'id') ?? '')
    const outcome = deleteDeployment(repository, item)
    if (outcome.kind === 'refused') throw unprocessable(outcome)
    return {}
  },
  deleteEnvironment: (context, input) => {
    demand(context, 'administration=write')
    const { repository, item } = findEnvironment(context, text(input, 'id') ?? '')
    deleteEnvironment(repository, item.name)
    return {}
  }
}

/** The served fields of GraphQL's `Mutation`. */
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

/** REST's transient and production flags cannot be set here. */
const readDeployment = (input: Args, fullRef: string) => ({
  ref: fullRef.replace(/^refs\/(?:heads|tags)\//, ''),
  task: text(input, 'task'),
  autoMerge: flag(input, 'autoMerge'),
  requiredContexts: texts(input, 'requiredContexts'),
  payload: parsePayload(text(input, 'payload') ?? '{}'),
  environment: text(input, 'environment'),
  description: text(input, 'description')
})

const readStatus = (input: Args) => ({
  state: readState(input['state']),
  logUrl: text(input, 'logUrl'),
  description: text(input, 'description'),
  environment: text(input, 'environment'),
  environmentUrl: text(input, 'environmentUrl'),
  autoInactive: flag(input, 'autoInactive')
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
