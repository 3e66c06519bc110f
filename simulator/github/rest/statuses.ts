import { booleanField, stringField } from '../fields.ts'
import { json, notFound, rejectionAnswer } from '../http/answers.ts'
import { listedStatuses } from '../lag.ts'
import { STATUS_STATES, type StatusState } from '../model.ts'
import { createStatus, type StatusRequest } from '../store/create-status.ts'
import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { withDeployment } from './deployments.ts'
import { paginate } from './pages.ts'
import { statusShape } from './shapes.ts'

/** GET /deployments/{deployment_id}/statuses: newest first. */
export const listStatuses = (call: Call): Answer =>
  withDeployment(call, deployment => {
    const newestFirst = [...listedStatuses(call.repository, deployment)].reverse()
    const path = `deployments/${deployment.id}/statuses`
    const { items, headers } = paginate(call, path, newestFirst)
    const shapes = items.map(each => statusShape(call.repository, deployment, each, call.links))
    return json(200, shapes, headers)
  })

/** GET /deployments/{deployment_id}/statuses/{status_id} */
export const getStatus = (call: Call): Answer =>
  withDeployment(call, deployment => {
    const id = Number(call.params['status_id'])
    const status = deployment.statuses.find(each => each.id === id)
    if (!status) return notFound(call.docs)
    return json(200, statusShape(call.repository, deployment, status, call.links))
  })

/** POST /deployments/{deployment_id}/statuses */
export const postStatus = (call: Call): Answer =>
  withDeployment(call, deployment => {
    const { repository, actor, links, docs } = call
    const outcome = createStatus(repository, deployment, readRequest(call.body), actor)
    if (outcome.kind === 'refused') return rejectionAnswer(outcome, docs)
    const { status } = outcome
    call.emit({ repository, deployment, status })
    const shape = statusShape(repository, deployment, status, links)
    return json(201, shape, { location: String(shape['url']) })
  })

const readRequest = (body: Record<string, unknown>): StatusRequest => ({
  state: readState(body['state']),
  targetUrl: stringField(body, 'target_url'),
  logUrl: stringField(body, 'log_url'),
  description: stringField(body, 'description'),
  environment: stringField(body, 'environment'),
  environmentUrl: stringField(body, 'environment_url'),
  autoInactive: booleanField(body, 'auto_inactive')
})

function readState(value: unknown): StatusState {
  const state = STATUS_STATES.find(each => each === value)
  if (state === undefined) throw new Error(`state: "${value}" passed validation`)
  return state
}
