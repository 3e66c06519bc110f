import { stringifyExact } from '../exact-json.ts'
import type { DeploymentRecord, StatusRecord } from '../model.ts'
import { timestamp } from '../rest/shapes.ts'
import { deploymentState, latestStatus } from '../rules.ts'
import type { RepositoryState } from '../store/state.ts'
import { connection } from './connections.ts'
import type { Args, Context, Fields } from './context.ts'
import { actorFields, commitFields, refFields } from './git-fields.ts'

/** GraphQL's `Deployment`. It has a `state`, which REST does not have, and no transient or production field. */
export function deploymentFields(context: Context, repository: RepositoryState, deployment: DeploymentRecord): Fields {
  const status = (each: StatusRecord): Fields => statusFields(context, repository, deployment, each)
  return {
    __typename: 'Deployment',
    id: deployment.nodeId,
    databaseId: deployment.id,
    commitOid: deployment.sha,
    commit: () => commitFields(context, repository, deployment.sha),
    createdAt: timestamp(deployment.createdAt),
    updatedAt: timestamp(deployment.updatedAt),
    creator: () => actorFields(context, deployment.creator),
    description: deployment.description,
    environment: deployment.environment,
    latestEnvironment: deployment.environment,
    originalEnvironment: deployment.originalEnvironment,
    payload: stringifyExact(deployment.payload),
    task: deployment.task,
    state: deploymentState(deployment, repository.clock.now()),
    ref: () => refFields(context, repository, deployment.fullRef),
    repository: () => context.repositoryFields(repository),
    latestStatus: () => {
      const latest = latestStatus(deployment)
      return latest ? status(latest) : null
    },
    statuses: (args: Args) =>
      connection(context, args, {
        name: 'statuses',
        items: deployment.statuses,
        keyOf: each => each.id,
        isDescending: true,
        shape: status
      })
  }
}

/** GraphQL's `DeploymentStatus`. */
export const statusFields = (
  context: Context,
  repository: RepositoryState,
  deployment: DeploymentRecord,
  status: StatusRecord
): Fields => ({
  __typename: 'DeploymentStatus',
  id: status.nodeId,
  state: status.state.toUpperCase(),
  description: status.description,
  environment: status.environment,
  environmentUrl: status.environmentUrl,
  logUrl: status.logUrl,
  createdAt: timestamp(status.createdAt),
  updatedAt: timestamp(status.createdAt),
  creator: () => actorFields(context, status.creator),
  deployment: () => deploymentFields(context, repository, deployment)
})
