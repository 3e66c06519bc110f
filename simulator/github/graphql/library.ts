import type graphql from 'graphql'
import { requireNatively } from '../../native-modules.ts'

/** The `graphql` package, whose classes must exist once for the schema that all test files share. */
export const { GraphQLError, buildASTSchema, execute, getOperationAST, getVariableValues, parse, validate } =
  requireNatively('graphql') as typeof graphql
