import type { GraphQLError as QueryError } from 'graphql'
import { canSee, isAllowed, notAccessible } from '../access.ts'
import type { Limits } from '../http/limits.ts'
import type { Caller } from '../inspection.ts'
import type { Rejection } from '../store/outcomes.ts'
import type { RepositoryState } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import type { RequestRecord } from '../types.ts'
import { GraphQLError } from './library.ts'

/** What the resolvers of one GraphQL request use. */
export interface Context {
  store: Store
  limits: Limits
  caller: Caller
  record: RequestRecord
  isForbidden: boolean
  /** A parameter, because deployments have a repository and repositories have deployments. */
  repositoryFields(repository: RepositoryState): Fields
  /** Adds to `problems`, which tests check. */
  report(problem: string): void
}

/** An object of the response: plain values, and functions of the field's arguments. */
export type Fields = Record<string, unknown>
export type Args = Record<string, unknown>

/** An error with GitHub's `type`. */
export const failure = (type: string, message: string, extensions: Fields = {}): QueryError =>
  new GraphQLError(message, { extensions: { type, ...extensions } })

export const unresolved = (id: string): QueryError =>
  failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)

/** Throws GitHub's FORBIDDEN unless the token has the permission. */
export function requirePermission({ caller, isForbidden }: Context, permission: string): void {
  if (!isForbidden && isAllowed(caller.grant, permission)) return
  throw failure('FORBIDDEN', notAccessible(caller.grant), { saml_failure: false })
}

export const visibleRepositories = (context: Context): RepositoryState[] =>
  context.store.all().filter(each => canSee(context.caller.grant, each))

/** The GraphQL error for a request that one of GitHub's rules rejects. */
export function unprocessable(refusal: Rejection): QueryError {
  const [first] = refusal.errors ?? []
  const message = typeof first === 'string' ? first : (first?.message ?? refusal.message)
  return failure('UNPROCESSABLE', message)
}
