import type { Gate } from './gate.ts'
import { inspectGraphQL } from './graphql/inspect.ts'
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

/** Determines the operation of requests. The API description and the schema are loaded on first use. */
export function createInspector(tools: InspectorTools): (record: RequestRecord) => Promise<Inspection> {
  const { store, problems, options, gate } = tools
  const checkAnswers = options.checkAnswers ?? false
  return async record => {
    if (record.path !== '/graphql') {
      const validator = await validatorFor(record.product, checkAnswers)
      return inspectRest({ store, validator, checkAnswers, problems }, record)
    }
    const isForbidden = options.graphql === 'forbidden'
    return inspectGraphQL({ store, limits: gate.limits, isForbidden, problems }, record)
  }
}
