import { errorAnswer, notFound } from '../http/answers.ts'
import type { Answer, RequestRecord } from '../types.ts'
import type { Match, Violation } from './validator.ts'

const MAX_PER_PAGE = 100

/** Problems of a request that a correct client does not have, including those that GitHub ignores. */
export function describeProblems(record: RequestRecord, match: Match): string[] {
  const flaw = bodyProblem(record.body)
  const perPage = Number(record.query['per_page'] ?? 1)
  return [
    ...(flaw ? [`body: ${flaw}`] : match.violations.map(each => each.text)),
    ...(perPage > MAX_PER_PAGE || perPage < 1 ? [`query per_page: ${perPage} is not 1 to 100`] : [])
  ]
}

/** GitHub's response to an invalid request. Undefined if GitHub accepts it. */
export function answerViolations(record: RequestRecord, match: Match): Answer | undefined {
  const { docs, violations } = match
  const flaw = bodyProblem(record.body)
  if (flaw) return errorAnswer(400, { message: flaw, docs })
  if (violations.some(each => each.where === 'path')) return notFound(docs)
  // GitHub ignores unknown properties and invalid query values.
  const serious = violations.find(each => each.where === 'body' && each.keyword !== 'unknownProperty')
  return serious && errorAnswer(422, { docs, ...messageFor(serious, match) })
}

const bodyProblem = (body: unknown): string | undefined => {
  if (body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))) {
    return undefined
  }
  return typeof body === 'string' ? 'Problems parsing JSON' : 'Body should be a JSON object'
}

function messageFor(violation: Violation, match: Match): { message: string; errors?: unknown[] } {
  const { field, keyword, value } = violation
  if (keyword === 'required') {
    // For a missing body, GitHub names the first required field.
    const missing = field === 'requestBody' ? firstRequired(match) : field
    return { message: `Invalid request.\n\n"${missing}" wasn't supplied.` }
  }
  if (keyword === 'enum') {
    const message = `${field} is not included in the list`
    const resource = match.operation.includes('statuses') ? 'DeploymentStatus' : 'Deployment'
    return { message: 'Validation Failed', errors: [{ resource, code: 'custom', field, message }] }
  }
  const type = violation.text.replace(/^.* must be /, '')
  return {
    message: `Invalid request.\n\nFor 'properties/${field}', ${JSON.stringify(value)} is not a ${type}.`
  }
}

const firstRequired = (match: Match): string => (match.operation.includes('statuses') ? 'state' : 'ref')
