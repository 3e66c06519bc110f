import { nodeId } from '../ids.ts'
import type { Actor } from '../model.ts'
import { fullName, type RepositoryState } from '../store/state.ts'
import type { Context, Fields } from './context.ts'

/** Null if the deployment was created from a SHA, or if the ref has been deleted. */
export function refFields(context: Context, repository: RepositoryState, fullRef: string | undefined): Fields | null {
  const sha = fullRef === undefined ? undefined : repository.refs.get(fullRef)
  if (fullRef === undefined || sha === undefined) return null
  const [, prefix = '', name = ''] = /^(refs\/[^/]+\/)(.+)$/.exec(fullRef) ?? []
  return {
    __typename: 'Ref',
    id: nodeId('REF', repository.id, fullRef),
    name,
    prefix,
    target: () => commitFields(context, repository, sha),
    repository: () => context.repositoryFields(repository)
  }
}

/** A commit. The simulator stores only its SHA. */
export function commitFields(context: Context, repository: RepositoryState, sha: string): Fields {
  const resourcePath = `/${fullName(repository)}/commit/${sha}`
  const url = `${context.caller.links.server}${resourcePath}`
  return {
    __typename: 'Commit',
    id: nodeId('C', repository.id, sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url,
    commitUrl: url,
    resourcePath,
    commitResourcePath: resourcePath,
    repository: () => context.repositoryFields(repository)
  }
}

/** GraphQL's login of a bot has no `[bot]` suffix, unlike REST's. */
export function actorFields(context: Context, actor: Actor): Fields {
  const login = actor.login.replace(/\[bot\]$/, '')
  const resourcePath = actor.type === 'Bot' ? `/apps/${login}` : `/${login}`
  return {
    __typename: actor.type,
    id: actor.nodeId,
    databaseId: actor.id,
    login,
    resourcePath,
    url: `${context.caller.links.server}${resourcePath}`,
    avatarUrl: `${context.caller.links.server}/avatars/u/${actor.id}?v=4`
  }
}
