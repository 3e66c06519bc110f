import type { DeploymentRecord } from '../model.ts'
import { mayDelete } from '../rules.ts'
import type { DeleteOutcome } from './outcomes.ts'
import type { RepositoryState } from './state.ts'

export const CANNOT_DELETE_ACTIVE =
  'We cannot delete an active deployment unless it is the only deployment in a given environment.'

/** Deletes the deployment and its statuses, but not its environment. */
export function deleteDeployment(repository: RepositoryState, deployment: DeploymentRecord): DeleteOutcome {
  if (!mayDelete(repository.deployments, deployment)) {
    const errors = [CANNOT_DELETE_ACTIVE]
    return { kind: 'refused', status: 422, message: 'Validation Failed', errors }
  }
  repository.deployments.splice(repository.deployments.indexOf(deployment), 1)
  return { kind: 'deleted' }
}
