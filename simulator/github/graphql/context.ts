import { GraphQLError } from 'graphql'
import { canSee, isAllowed, notAccessible } from '../access.ts'
import type { Limits } from '../http/limits.ts'
import type { Caller } from '../inspection.ts'
import type { Refusal } from '../store/outcomes.ts'
import type { RepositoryState } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import type { RequestRecord } from '../types.ts'

/** What the fields of one GraphQL request are answered from. */
export interface Context {
  store: Store
  limits: Limits
  caller: Caller
  record: RequestRecord
  isForbidden: boolean
  /** Handed in, since deployments show their repository and repositories their deployments. */
  repositoryFields(repository: RepositoryState): Fields
  /** Tells the test that a request was wrong. */
  report(problem: string): void
}

/** An object of the answer: plain values and functions of the field's arguments. */
export type Fields = Record<string, unknown>
export type Args = Record<string, unknown>

/** An error with GitHub's `type` beside its message. */
export const failure = (type: string, message: string, extensions: Fields = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { type, ...extensions } })

export const unresolved = (id: string): GraphQLError =>
  failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)

/** Throws GitHub's FORBIDDEN unless the token has the permission. */
export function demand({ caller, isForbidden }: Context, permission: string): void {
  if (!isForbidden && isAllowed(caller.grant, permission)) return
  throw failure('FORBIDDEN', notAccessible(caller.grant), { saml_failure: false })
}

export const visibleRepositories = (context: Context): RepositoryState[] =>
  context.store.all().filter(each => canSee(context.caller.grant, each))

/** What a rule of GitHub refuses, as GraphQL says it. */
export function unprocessable(refusal: Refusal): GraphQLError {
  const [first] = refusal.errors ?? []
  const message = typeof first === 'string' ? first : (first?.message ?? refusal.message)
  return failure('UNPROCESSABLE', message)
}
