import { actorOf } from '../actors.ts'
import type { Actor, DeploymentRecord, StatusRecord, StatusState } from '../model.ts'
import { createDeployment } from './create-deployment.ts'
import { createStatus, type StatusRequest } from './create-status.ts'
import type { RepositoryState } from './state.ts'

export interface DeploymentSeed {
  environment?: string
  /** The state of its only status. Without it, the deployment has no status. */
  state?: StatusState
  task?: string
  ref?: string
  /** Without `ref`: the deployment is created from this SHA. With `ref`: the commit of the ref at that time. */
  sha?: string
  payload?: unknown
  description?: string
  transient?: boolean
  production?: boolean
  /** Milliseconds since the epoch. Defaults to now. */
  createdAt?: number
  /** A login. Defaults to `github-actions[bot]`. */
  creator?: string
  environmentUrl?: string
  logUrl?: string
  autoInactive?: boolean
}

/** Creates a deployment through the code behind the API, without context checks and events. */
export function seedDeployment(repository: RepositoryState, seed: DeploymentSeed): DeploymentRecord {
  const at = seed.createdAt
  const dated = at === undefined ? repository : { ...repository, clock: { ...repository.clock, now: () => at } }
  const creator = creatorOf(seed.creator)
  const ref = seed.ref ?? seed.sha ?? repository.defaultBranch
  const created = createDeployment(dated, { ...seed, ref, autoMerge: false, requiredContexts: [] }, creator)
  if (created.kind !== 'created') throw new Error(`seedDeployment: ${created.message}`)
  const { deployment } = created
  if (seed.sha !== undefined) deployment.sha = seed.sha
  const { state, environmentUrl, logUrl, autoInactive } = seed
  if (state !== undefined) {
    seedStatus(dated, deployment, { state, environmentUrl, logUrl, autoInactive }, creator)
  }
  return deployment
}

/** Adds a status through the code behind the API. */
export function seedStatus(
  repository: RepositoryState,
  deployment: DeploymentRecord,
  request: StatusRequest,
  creator: Actor = deployment.creator
): StatusRecord {
  const outcome = createStatus(repository, deployment, request, creator)
  if (outcome.kind === 'refused') throw new Error(`seedStatus: ${JSON.stringify(outcome)}`)
  return outcome.status
}

const creatorOf = (login: string | undefined) => {
  if (login === undefined) return actorOf('github-token')
  return actorOf(login.endsWith('[bot]') ? 'app' : 'pat', login)
}
