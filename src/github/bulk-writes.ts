import type { NewStatus } from '../deployment/deployment.ts'
import { getText } from '../lib/json.ts'
import type { DeploymentNode, Writes } from './mutation-document.ts'
import type { Rest } from './rest.ts'
import { findStatus, removeDeployment, setStatus } from './writes.ts'

/** Statuses, as one of many: known again by state, description and log URL. */
export const statusWrites = <Item extends DeploymentNode>(
  rest: Rest,
  statusOf: (item: Item) => NewStatus
): Writes<Item> => ({
  operation: count => `set ${count} deployments to another state`,
  name: 'SetStatuses',
  mutation: 'createDeploymentStatus',
  inputType: 'CreateDeploymentStatusInput',
  input: item => {
    const { state, description, logUrl, environmentUrl, autoInactive } = statusOf(item)
    return {
      deploymentId: item.nodeId,
      state: state.toUpperCase(),
      autoInactive,
      logUrl,
      ...(description !== '' && { description }),
      ...(environmentUrl !== '' && { environmentUrl })
    }
  },
  isDone: (item, shown) => {
    const { state, description, logUrl } = statusOf(item)
    const told = (name: string) => getText(shown, 'latestStatus', name)
    const isSame = told('description') === description && told('logUrl') === logUrl
    return isSame && told('state') === state.toUpperCase()
  },
  alone: async (item, isDoubtful) => {
    const status = statusOf(item)
    const found = isDoubtful ? await findStatus(rest, item.id, status) : undefined
    return found ?? setStatus(rest, item.id, status)
  }
})

/** Deletions: what is gone is done, whoever did it, so that REST's 404 is the goal too. */
export const removals = <Item extends DeploymentNode>(rest: Rest): Writes<Item> => ({
  operation: count => `delete ${count} deployments`,
  name: 'DeleteDeployments',
  mutation: 'deleteDeployment',
  inputType: 'DeleteDeploymentInput',
  input: ({ nodeId }) => ({ id: nodeId }),
  isDone: undefined,
  alone: ({ id }) => removeDeployment(rest, id)
})
