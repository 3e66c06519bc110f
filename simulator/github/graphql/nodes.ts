import { nodeId } from '../ids.ts'
import type { DeploymentRecord, EnvironmentRecord } from '../model.ts'
import type { RepositoryState } from '../store/state.ts'
import { type Context, type Fields, requirePermission, unresolved, visibleRepositories } from './context.ts'
import { deploymentFields, statusFields } from './deployment-fields.ts'
import { refFields } from './git-fields.ts'
import { environmentFields, repositoryFields } from './repository-fields.ts'

export interface Owned<Item> {
  repository: RepositoryState
  item: Item
}

/** The deployment with this node id. Throws GitHub's NOT_FOUND. */
export const findDeployment = (context: Context, id: string): Owned<DeploymentRecord> =>
  find(context, id, repository => repository.deployments.find(each => each.nodeId === id))

/** The environment with this node id. Throws GitHub's NOT_FOUND. */
export const findEnvironment = (context: Context, id: string): Owned<EnvironmentRecord> =>
  find(context, id, repository => [...repository.environments.values()].find(each => each.nodeId === id))

/** The full ref with this node id. Throws GitHub's NOT_FOUND. */
export const findRef = (context: Context, id: string): Owned<string> =>
  find(context, id, repository => [...repository.refs.keys()].find(name => nodeId('REF', repository.id, name) === id))

function find<Item>(
  context: Context,
  id: string,
  look: (repository: RepositoryState) => Item | undefined
): Owned<Item> {
  for (const repository of visibleRepositories(context)) {
    const item = look(repository)
    if (item !== undefined) return { repository, item }
  }
  throw unresolved(id)
}

/** `node(id:)`. The prefix of an id is its type. */
export function nodeFields(context: Context, id: string): Fields | null {
  switch (id.split('_')[0]) {
    case 'DE': {
      requirePermission(context, 'deployments=read')
      const { repository, item } = findDeployment(context, id)
      return deploymentFields(context, repository, item)
    }
    case 'DES':
      requirePermission(context, 'deployments=read')
      return statusNode(context, id)
    case 'EN': {
      requirePermission(context, 'actions=read')
      const { repository, item } = findEnvironment(context, id)
      return environmentFields(context, repository, item)
    }
    case 'REF': {
      const { repository, item } = findRef(context, id)
      return refFields(context, repository, item)
    }
    default: {
      const found = visibleRepositories(context).find(each => each.nodeId === id)
      if (!found) throw unresolved(id)
      return repositoryFields(context, found)
    }
  }
}

function statusNode(context: Context, id: string): Fields {
  const { repository, item } = find(context, id, each =>
    each.deployments.find(deployment => deployment.statuses.some(status => status.nodeId === id))
  )
  const status = item.statuses.find(each => each.nodeId === id)
  if (!status) throw unresolved(id)
  return statusFields(context, repository, item, status)
}
