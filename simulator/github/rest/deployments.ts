import { booleanField, stringField, stringsField } from '../fields.ts'
import { json, noContent, notFound, rejectionAnswer } from '../http/answers.ts'
import { listedDeployments } from '../lag.ts'
import type { DeploymentRecord } from '../model.ts'
import { isSameEnvironment } from '../rules.ts'
import { type CreateRequest, createDeployment } from '../store/create-deployment.ts'
import { deleteDeployment } from '../store/delete-deployment.ts'
import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { paginate } from './pages.ts'
import { deploymentShape } from './shapes.ts'

/** GET /deployments: newest first. All filters must match. */
export function listDeployments(call: Call): Answer {
  const listed = listedDeployments(call.repository)
  const found = listed.filter(each => matchesFilters(each, call.query)).reverse()
  const { items, headers } = paginate(call, 'deployments', found)
  const shapes = items.map(each => deploymentShape(call.repository, each, call.links))
  return json(200, shapes, headers)
}

function matchesFilters(deployment: DeploymentRecord, query: Record<string, string>): boolean {
  // "none" is the documented default of these filters.
  const asks = (filter: string): string | undefined =>
    query[filter] === '' || query[filter] === 'none' ? undefined : query[filter]
  const environment = asks('environment')
  return (
    [undefined, deployment.sha].includes(asks('sha')) &&
    [undefined, deployment.ref].includes(asks('ref')) &&
    [undefined, deployment.task].includes(asks('task')) &&
    (environment === undefined || isSameEnvironment(environment, deployment.environment))
  )
}

/** POST /deployments */
export function postDeployment(call: Call): Answer {
  const outcome = createDeployment(call.repository, readRequest(call.body), call.actor)
  switch (outcome.kind) {
    case 'created': {
      const { deployment } = outcome
      const shape = deploymentShape(call.repository, deployment, call.links)
      call.emit({ repository: call.repository, deployment })
      return json(201, shape, { location: String(shape['url']) })
    }
    case 'merged':
      return json(202, { message: outcome.message })
    case 'refused':
      return rejectionAnswer(outcome, call.docs)
  }
}

const readRequest = (body: Record<string, unknown>): CreateRequest => ({
  ref: stringField(body, 'ref') ?? '',
  task: stringField(body, 'task'),
  autoMerge: booleanField(body, 'auto_merge'),
  requiredContexts: stringsField(body, 'required_contexts'),
  payload: body['payload'],
  environment: stringField(body, 'environment'),
  description: stringField(body, 'description'),
  transient: booleanField(body, 'transient_environment'),
  production: booleanField(body, 'production_environment')
})

/** Calls `answer` with the deployment in the path, or responds with 404. */
export function withDeployment(call: Call, answer: (deployment: DeploymentRecord) => Answer): Answer {
  const id = Number(call.params['deployment_id'])
  const deployment = call.repository.deployments.find(each => each.id === id)
  return deployment ? answer(deployment) : notFound(call.docs)
}

/** GET /deployments/{deployment_id} */
export const getDeployment = (call: Call): Answer =>
  withDeployment(call, found => json(200, deploymentShape(call.repository, found, call.links)))

/** DELETE /deployments/{deployment_id} */
export const removeDeployment = (call: Call): Answer =>
  withDeployment(call, found => {
    const outcome = deleteDeployment(call.repository, found)
    if (outcome.kind === 'deleted') return noContent()
    return rejectionAnswer(outcome, call.docs)
  })
