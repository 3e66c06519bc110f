import { canSee } from '../access.ts'
import { stringField, stringsField } from '../fields.ts'
import { type Args, type Context, type Fields, failure } from './context.ts'
import { actorFields } from './git-fields.ts'
import { GraphQLError } from './library.ts'
import { nodeFields } from './nodes.ts'
import { repositoryFields } from './repository-fields.ts'

/** The implemented fields of GraphQL's `Query`. */
export const queryFields = (context: Context): Fields => ({
  repository: (args: Args) => {
    const owner = stringField(args, 'owner') ?? ''
    const name = stringField(args, 'name') ?? ''
    const found = context.store.find(owner, name)
    if (found && canSee(context.caller.grant, found)) return repositoryFields(context, found)
    const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`
    throw failure('NOT_FOUND', message)
  },
  node: (args: Args) => nodeFields(context, stringField(args, 'id') ?? ''),
  // An error makes only its own entry null.
  nodes: (args: Args) => (stringsField(args, 'ids') ?? []).map(id => orError(() => nodeFields(context, id))),
  viewer: () => actorFields(context, context.caller.actor),
  rateLimit: () => rateLimitFields(context)
})

function orError<Value>(read: () => Value): Value | Error {
  try {
    return read()
  } catch (error) {
    return error instanceof GraphQLError ? error : new GraphQLError(String(error))
  }
}

function rateLimitFields({ limits, caller, record }: Context): Fields | null {
  // Null if rate limits are disabled, as on GHES.
  if (record.product === 'ghes') return null
  const { limit, remaining, used, reset } = limits.read(record.token ?? '', caller.grant, 'graphql')
  const resetAt = new Date(reset * 1_000).toISOString().replace('.000', '')
  return { cost: 1, nodeCount: 0, limit, remaining, used, resetAt }
}
