import type { OperationDefinitionNode } from 'graphql'
import { errorAnswer, json } from '../http/answers.ts'
import type { Limits } from '../http/limits.ts'
import type { Inspection } from '../inspection.ts'
import type { Store } from '../store/store.ts'
import type { RequestRecord } from '../types.ts'
import type { Context } from './context.ts'
import { readDocument } from './document.ts'
import { writeError } from './errors.ts'
import { executeDocument } from './execute.ts'
import { repositoryFields } from './repository-fields.ts'

export interface GraphQLTools {
  store: Store
  limits: Limits
  isForbidden: boolean
  problems: string[]
}

/** Validates a GraphQL request against GitHub's schema. */
export function inspectGraphQL(tools: GraphQLTools, record: RequestRecord): Inspection {
  if (record.method !== 'POST') return badRequest('method is not POST')
  if (typeof record.body !== 'object') return badRequest('Problems parsing JSON')
  const read = readDocument(record.body)
  const { operation } = read
  const about = {
    operation: nameOf(operation),
    isWrite: operation?.operation === 'mutation'
  }
  if (read.kind === 'invalid') {
    return {
      ...about,
      problems: read.errors.map(each => each.message),
      answer: () => json(200, { errors: read.errors.map(writeError) })
    }
  }
  const report = (problem: string): void => void tools.problems.push(`${about.operation}: ${problem}`)
  return {
    ...about,
    problems: [],
    answer: async caller => {
      const { store, limits, isForbidden } = tools
      const context: Context = {
        store,
        limits,
        isForbidden,
        caller,
        record,
        report,
        repositoryFields: repository => repositoryFields(context, repository)
      }
      return json(200, await executeDocument(context, read))
    }
  }
}

function nameOf(operation: OperationDefinitionNode | undefined): string {
  if (!operation) return 'graphql'
  return ['graphql', operation.operation, operation.name?.value].filter(Boolean).join(' ')
}

const badRequest = (message: string): Inspection => ({
  operation: 'graphql',
  isWrite: false,
  problems: [message],
  answer: () => errorAnswer(400, { message })
})
