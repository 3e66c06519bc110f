import type { Gate } from './gate.ts'
import { inspectGraphQL } from './graphql/inspect.ts'
import { notFound } from './http/answers.ts'
import type { Inspection } from './inspection.ts'
import { inspectRest } from './rest/inspect.ts'
import { validatorFor } from './rest/validator.ts'
import type { Store } from './store/store.ts'
import type { LocalGitHubOptions, RequestRecord } from './types.ts'

export interface InspectorTools {
  store: Store
  problems: string[]
  options: LocalGitHubOptions
  gate: Gate
}

/** Finds out what requests mean; descriptions and schema are read when first needed. */
export function createInspector(
  tools: InspectorTools
): (record: RequestRecord) => Promise<Inspection> {
  const { store, problems, options, gate } = tools
  const checkAnswers = options.checkAnswers ?? false
  return async record => {
    if (record.path !== '/graphql') {
      const validator = await validatorFor(record.flavour, checkAnswers)
      return inspectRest({ store, validator, checkAnswers, problems }, record)
    }
    // A server without GraphQL is a situation to live with, not a mistake of the client.
    if (options.graphql === 'off') return withoutGraphQL
    const isForbidden = options.graphql === 'forbidden'
    return inspectGraphQL({ store, limits: gate.limits, isForbidden, problems }, record)
  }
}

const withoutGraphQL: Inspection = {
  operation: 'graphql',
  isWrite: false,
  problems: [],
  answer: () => notFound()
}
