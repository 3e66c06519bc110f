import { json, noContent, notFound, rejectionAnswer } from '../http/answers.ts'
import { deleteEnvironment, ensureEnvironment, findEnvironment, rejectEnvironment } from '../store/environments.ts'
import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { paginate } from './pages.ts'
import { environmentShape } from './shapes.ts'

/** GET /environments */
export function listEnvironments(call: Call): Answer {
  const all = [...call.repository.environments.values()]
  const { items, headers } = paginate(call, 'environments', all)
  const environments = items.map(each => environmentShape(call.repository, each, call.links))
  return json(200, { total_count: all.length, environments }, headers)
}

/** GET /environments/{environment_name} */
export function getEnvironment(call: Call): Answer {
  const found = findEnvironment(call.repository, nameOf(call))
  if (!found) return notFound(call.docs)
  return json(200, environmentShape(call.repository, found, call.links))
}

/** PUT /environments/{environment_name}: creates the environment. Protection rules are not stored. */
export function putEnvironment(call: Call): Answer {
  const refusal = rejectEnvironment('Environment', nameOf(call))
  if (refusal) return rejectionAnswer(refusal, call.docs)
  const environment = ensureEnvironment(call.repository, nameOf(call))
  return json(200, environmentShape(call.repository, environment, call.links))
}

/** DELETE /environments/{environment_name} */
export const removeEnvironment = (call: Call): Answer =>
  deleteEnvironment(call.repository, nameOf(call)) ? noContent() : notFound(call.docs)

const nameOf = (call: Call): string => call.params['environment_name'] ?? ''
