import type { GraphQLFieldResolver } from 'graphql'
import type { Context, Fields } from './context.ts'
import { failure } from './context.ts'
import type { ReadDocument } from './document.ts'
import { writeError } from './errors.ts'
import { execute } from './library.ts'
import { mutationFields } from './mutations.ts'
import { queryFields } from './query.ts'
import { githubSchema } from './schema.ts'

/** Executes a valid document. A failing field does not affect the others, and the HTTP status stays 200. */
export async function executeDocument(
  context: Context,
  read: Extract<ReadDocument, { kind: 'valid' }>
): Promise<Fields> {
  const { document, operation, variables } = read
  const isMutation = operation.operation === 'mutation'
  const { data, errors } = await execute({
    schema: githubSchema(),
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    rootValue: isMutation ? mutationFields(context) : queryFields(context),
    contextValue: context,
    fieldResolver: resolveField
  })
  return { data: data ?? null, ...(errors && { errors: errors.map(writeError) }) }
}

const resolveField: GraphQLFieldResolver<Fields, Context> = (source, args, context, info) => {
  const { fieldName, parentType } = info
  if (!(fieldName in source)) {
    const message = `${parentType.name}.${fieldName} is not implemented by the simulated GitHub`
    context.report(message)
    throw failure('NOT_SERVED', message)
  }
  const value = source[fieldName]
  return typeof value === 'function' ? value(args) : value
}
