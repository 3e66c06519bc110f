import { stringField, stringsField } from '../fields.ts'
import { listedDeployments } from '../lag.ts'
import type { EnvironmentRecord } from '../model.ts'
import { isSameEnvironment, stateOf } from '../rules.ts'
import { findEnvironment } from '../store/environments.ts'
import { fullName, type RepositoryState } from '../store/state.ts'
import { connection } from './connections.ts'
import { type Args, type Context, type Fields, requirePermission } from './context.ts'
import { deploymentFields } from './deployment-fields.ts'
import { refFields } from './git-fields.ts'

const COMPLETED = ['success', 'failure', 'error', 'inactive']

/** The part of GraphQL's `Repository` that is about deployments. */
export function repositoryFields(context: Context, repository: RepositoryState): Fields {
  const path = `/${fullName(repository)}`
  const server = context.caller.links.server
  return {
    __typename: 'Repository',
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.private,
    resourcePath: path,
    url: `${server}${path}`,
    owner: {
      __typename: 'Organization',
      login: repository.owner,
      url: `${server}/${repository.owner}`,
      resourcePath: `/${repository.owner}`
    },
    defaultBranchRef: () => refFields(context, repository, `refs/heads/${repository.defaultBranch}`),
    ref: (args: Args) => refFields(context, repository, findRef(repository, args)),
    deployments: (args: Args) => deploymentConnection(context, repository, args),
    environment: (args: Args) => {
      requirePermission(context, 'actions=read')
      const found = findEnvironment(repository, stringField(args, 'name') ?? '')
      return found ? environmentFields(context, repository, found) : null
    },
    environments: (args: Args) => environmentConnection(context, repository, args)
  }
}

function findRef(repository: RepositoryState, args: Args): string | undefined {
  const name = stringField(args, 'qualifiedName') ?? ''
  return [name, `refs/heads/${name}`, `refs/tags/${name}`].find(each => repository.refs.has(each))
}

/** Oldest first by default, the opposite of REST. */
function deploymentConnection(context: Context, repository: RepositoryState, args: Args): Fields {
  requirePermission(context, 'deployments=read')
  const names = stringsField(args, 'environments')
  return connection(context, args, {
    name: 'deployments',
    items: listedDeployments(repository).filter(
      each => names?.some(name => isSameEnvironment(name, each.environment)) ?? true
    ),
    keyOf: each => each.id,
    isDescending: isDescending(args),
    shape: each => deploymentFields(context, repository, each)
  })
}

function environmentConnection(context: Context, repository: RepositoryState, args: Args): Fields {
  requirePermission(context, 'actions=read')
  const names = stringsField(args, 'names') ?? []
  return connection(context, args, {
    name: 'environments',
    items: [...repository.environments.values()].filter(
      each => names.length === 0 || names.some(name => isSameEnvironment(name, each.name))
    ),
    keyOf: each => each.name,
    isDescending: isDescending(args),
    shape: each => environmentFields(context, repository, each)
  })
}

const isDescending = (args: Args): boolean => Object(args['orderBy']).direction === 'DESC'

/** GraphQL's `Environment`. */
export const environmentFields = (
  context: Context,
  repository: RepositoryState,
  environment: EnvironmentRecord
): Fields => ({
  __typename: 'Environment',
  id: environment.nodeId,
  databaseId: environment.id,
  name: environment.name,
  isPinned: false,
  pinnedPosition: null,
  latestCompletedDeployment: () => {
    const completed = repository.deployments.findLast(
      each => isSameEnvironment(each.environment, environment.name) && COMPLETED.includes(stateOf(each))
    )
    return completed ? deploymentFields(context, repository, completed) : null
  },
  protectionRules: (args: Args) =>
    connection<never>(context, args, {
      name: 'protectionRules',
      items: [],
      keyOf: () => 0,
      isDescending: false,
      shape: () => ({})
    })
})
