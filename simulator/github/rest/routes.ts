import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { getDeployment, listDeployments, postDeployment, removeDeployment } from './deployments.ts'
import { getEnvironment, listEnvironments, putEnvironment, removeEnvironment } from './environments.ts'
import { getPull, getRepository } from './repositories.ts'
import { getAttempt, getRun, listJobs } from './runs.ts'
import { getStatus, listStatuses, postStatus } from './statuses.ts'

export interface Route {
  /** The value of `x-accepted-github-permissions`. */
  permission: string
  handle(call: Call): Answer
  /** The response has only some of GitHub's fields and is not validated. */
  isPartial?: true
}

const BASE = '/repos/{owner}/{repo}'
const DEPLOYMENT = `${BASE}/deployments/{deployment_id}`
const ENVIRONMENT = `${BASE}/environments/{environment_name}`
const RUN = `${BASE}/actions/runs/{run_id}`

const route = (permission: string, handle: Route['handle']): Route => ({ permission, handle })

/** The operations, with the permissions that GitHub documents. */
export const ROUTES: Record<string, Route> = {
  [`GET ${BASE}`]: { ...route('metadata=read', getRepository), isPartial: true },
  [`GET ${BASE}/deployments`]: route('deployments=read', listDeployments),
  [`POST ${BASE}/deployments`]: route('deployments=write', postDeployment),
  [`GET ${DEPLOYMENT}`]: route('deployments=read', getDeployment),
  [`DELETE ${DEPLOYMENT}`]: route('deployments=write', removeDeployment),
  [`GET ${DEPLOYMENT}/statuses`]: route('deployments=read', listStatuses),
  [`POST ${DEPLOYMENT}/statuses`]: route('deployments=write', postStatus),
  [`GET ${DEPLOYMENT}/statuses/{status_id}`]: route('deployments=read', getStatus),
  [`GET ${BASE}/environments`]: route('actions=read', listEnvironments),
  [`GET ${ENVIRONMENT}`]: route('actions=read', getEnvironment),
  [`PUT ${ENVIRONMENT}`]: route('administration=write', putEnvironment),
  [`DELETE ${ENVIRONMENT}`]: route('administration=write', removeEnvironment),
  [`GET ${RUN}`]: route('actions=read', getRun),
  [`GET ${RUN}/attempts/{attempt_number}`]: route('actions=read', getAttempt),
  [`GET ${RUN}/attempts/{attempt_number}/jobs`]: route('actions=read', listJobs),
  [`GET ${BASE}/pulls/{pull_number}`]: {
    ...route('pull_requests=read', getPull),
    isPartial: true
  }
}
