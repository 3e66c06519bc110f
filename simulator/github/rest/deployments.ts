import { flag, text, texts } from '../fields.ts'
import { json, noContent, notFound, refuse } from '../http/answers.ts'
import { listedDeployments } from '../lag.ts'
import type { DeploymentRecord } from '../model.ts'
import { isSameEnvironment } from '../rules.ts'
import { type CreateRequest, createDeployment } from '../store/create-deployment.ts'
import { deleteDeployment } from '../store/delete-deployment.ts'
import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { paginate } from './pages.ts'
import { deploymentShape } from './shapes.ts'

/** GET /deployments: filters AND-ed, newest first. */
export function listDeployments(call: Call): Answer {
  const listed = listedDeployments(call.repository)
  const found = listed.filter(each => isAskedFor(each, call.query)).reverse()
  const { items, headers } = paginate(call, 'deployments', found)
  const shapes = items.map(each => deploymentShape(call.repository, each, call.links))
  return json(200, shapes, headers)
}

function isAskedFor(deployment: DeploymentRecord, query: Record<string, string>): boolean {
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
      call.announce({ repository: call.repository, deployment })
      return json(201, shape, { location: String(shape['url']) })
    }
    case 'merged':
      return json(202, { message: outcome.message })
    case 'refused':
      return refuse(outcome, call.docs)
  }
}

const readRequest = (body: Record<string, unknown>): CreateRequest => ({
  ref: text(body, 'ref') ?? '',
  task: text(body, 'task'),
  autoMerge: flag(body, 'auto_merge'),
  requiredContexts: texts(body, 'required_contexts'),
  payload: body['payload'],
  environment: text(body, 'environment'),
  description: text(body, 'description'),
  transient: flag(body, 'transient_environment'),
  production: flag(body, 'production_environment')
})

/** The deployment in the path, or the 404. */
export function withDeployment(
  call: Call,
  answer: (deployment: DeploymentRecord) => Answer
): Answer {
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
    return refuse(outcome, call.docs)
  })
