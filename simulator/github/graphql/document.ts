import type { DocumentNode, OperationDefinitionNode, GraphQLError as QueryError } from 'graphql'
import { oncePerProcess } from '../../native-modules.ts'
import type { Fields } from './context.ts'
import { GraphQLError, getOperationAST, getVariableValues, parse, validate } from './library.ts'
import { githubSchema } from './schema.ts'

/** A document that is valid against GitHub's schema, or the validation errors. */
export type ReadDocument =
  | { kind: 'valid'; document: DocumentNode; operation: OperationDefinitionNode; variables: Fields }
  | { kind: 'invalid'; errors: readonly QueryError[]; operation?: OperationDefinitionNode }

/** Parses and validates the document and its variables. */
export function readDocument(body: unknown): ReadDocument {
  const { query, variables, operationName } = Object(body)
  if (typeof query !== 'string' || query === '') {
    return {
      kind: 'invalid',
      errors: [new GraphQLError('A query attribute must be specified and must be a string.')]
    }
  }
  const read = parsedDocuments.get(query) ?? parseAndValidate(query)
  parsedDocuments.set(query, read)
  const { document, errors } = read
  if (!document) return { kind: 'invalid', errors }
  const operation = getOperationAST(document, operationName)
  if (!operation) {
    const missing = new GraphQLError('An operation name is required')
    return { kind: 'invalid', errors: errors.length > 0 ? errors : [missing] }
  }
  const provided: Fields = Object(variables ?? {})
  const wrong = errors.length > 0 ? errors : variableErrors(operation, provided)
  return wrong.length > 0
    ? { kind: 'invalid', errors: wrong, operation }
    : { kind: 'valid', document, operation, variables: provided }
}

interface Parsed {
  readonly document?: DocumentNode
  readonly errors: readonly QueryError[]
}

// Cached: clients send the same few documents, and validation against the large schema is slow.
const parsedDocuments = oncePerProcess('documents', () => new Map<string, Parsed>())

function parseAndValidate(query: string): Parsed {
  const document = tryParse(query)
  if (document instanceof GraphQLError) return { errors: [document] }
  return { document, errors: validate(githubSchema(), document) }
}

function tryParse(query: string): DocumentNode | QueryError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function variableErrors(operation: OperationDefinitionNode, given: Fields): readonly QueryError[] {
  const { errors = [] } = getVariableValues(githubSchema(), operation.variableDefinitions ?? [], given)
  const declared = operation.variableDefinitions?.map(each => each.variable.name.value) ?? []
  const unknown = Object.keys(given).filter(name => !declared.includes(name))
  return [...errors, ...unknown.map(name => new GraphQLError(`Variable $${name} is not declared`))]
}
