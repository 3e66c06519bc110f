import { nodeId } from '../ids.ts'
import type { Actor, DeploymentRecord, StatusRecord, StatusState } from '../model.ts'
import { autoInactiveTargets, countChars, isHttpUrl, MAX_STATUS_DESCRIPTION_CHARS } from '../rules.ts'
import { ensureEnvironment, rejectEnvironment } from './environments.ts'
import { invalidField, type Rejection, type StatusOutcome } from './outcomes.ts'
import type { RepositoryState } from './state.ts'

export interface StatusRequest {
  state: StatusState
  targetUrl?: string | undefined
  logUrl?: string | undefined
  description?: string | undefined
  environment?: string | undefined
  environmentUrl?: string | undefined
  autoInactive?: boolean | undefined
}

/** Adds a status, moves the deployment to its environment, and makes older deployments inactive. */
export function createStatus(
  repository: RepositoryState,
  deployment: DeploymentRecord,
  request: StatusRequest,
  creator: Actor
): StatusOutcome {
  const refusal = reject(request)
  if (refusal) return refusal
  const status = addStatus(repository, deployment, request, creator)
  const { state, autoInactive = true } = request
  const trigger = { state, autoInactive }
  for (const prior of autoInactiveTargets(repository.deployments, deployment, trigger)) {
    addStatus(repository, prior, { state: 'inactive' }, creator)
  }
  return { kind: 'created', status }
}

function reject(request: StatusRequest): Rejection | undefined {
  const { description = '', environment = '' } = request
  if (countChars(description) > MAX_STATUS_DESCRIPTION_CHARS) {
    const problem = `is too long (maximum is ${MAX_STATUS_DESCRIPTION_CHARS} characters)`
    return invalidField('DeploymentStatus', 'description', problem)
  }
  const urls = {
    environment_url: request.environmentUrl,
    log_url: request.logUrl,
    target_url: request.targetUrl
  }
  for (const [field, url] of Object.entries(urls)) {
    if (url && !isHttpUrl(url)) {
      return invalidField('DeploymentStatus', field, 'must use http(s) scheme')
    }
  }
  return rejectEnvironment('DeploymentStatus', environment)
}

function addStatus(
  repository: RepositoryState,
  deployment: DeploymentRecord,
  request: StatusRequest,
  creator: Actor
): StatusRecord {
  const { clock } = repository
  const id = clock.ids.status()
  const now = clock.now()
  // Each status moves its deployment, so this is also the previous status's environment.
  const environment = request.environment || deployment.environment
  const logUrl = request.logUrl || request.targetUrl || ''
  const status: StatusRecord = {
    id,
    nodeId: nodeId('DES', repository.id, id),
    state: request.state,
    description: request.description ?? '',
    environment,
    environmentUrl: request.environmentUrl ?? '',
    logUrl,
    targetUrl: logUrl,
    creator,
    createdAt: now
  }
  ensureEnvironment(repository, environment)
  deployment.statuses.push(status)
  deployment.environment = environment
  deployment.updatedAt = now
  return status
}
