import type { NewStatus } from '../deployment.ts'
import { textAt } from '../parse.ts'
import type { Node, Writes } from './batch.ts'
import type { Rest } from './rest.ts'
import { findStatus, removeDeployment, setStatus } from './write.ts'

/** A status for one of many deployments. */
export interface Change extends Node {
  readonly status: NewStatus
}

/** Statuses, as one of many: known again by state, description and log URL. */
export const statusWrites = (rest: Rest): Writes<Change> => ({
  doing: count => `set ${count} deployments to another state`,
  name: 'SetStatuses',
  mutation: 'createDeploymentStatus',
  inputType: 'CreateDeploymentStatusInput',
  input: ({ nodeId, status }) => ({
    deploymentId: nodeId,
    state: status.state.toUpperCase(),
    autoInactive: status.autoInactive,
    logUrl: status.logUrl,
    ...(status.description !== '' && { description: status.description }),
    ...(status.environmentUrl !== '' && { environmentUrl: status.environmentUrl })
  }),
  isDone: ({ status }, shown) =>
    textAt(shown, 'latestStatus', 'state') === status.state.toUpperCase() &&
    textAt(shown, 'latestStatus', 'description') === status.description &&
    textAt(shown, 'latestStatus', 'logUrl') === status.logUrl,
  alone: async ({ id, status }, isDoubtful) =>
    (isDoubtful && (await findStatus(rest, id, status))) || setStatus(rest, id, status)
})

/** Deletions: what is gone is done, whoever did it, so that REST's 404 is the goal too. */
export const removals = (rest: Rest): Writes<Node> => ({
  doing: count => `delete ${count} deployments`,
  name: 'DeleteDeployments',
  mutation: 'deleteDeployment',
  inputType: 'DeleteDeploymentInput',
  input: ({ nodeId }) => ({ id: nodeId }),
  isDone: undefined,
  alone: ({ id }) => removeDeployment(rest, id)
})
