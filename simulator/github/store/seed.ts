import { actorOf } from '../actors.ts'
import type { Actor, DeploymentRecord, StatusRecord, StatusState } from '../model.ts'
import { createDeployment } from './create-deployment.ts'
import { createStatus, type StatusRequest } from './create-status.ts'
import type { RepositoryState } from './state.ts'

export interface DeploymentSeed {
  environment?: string
  /** The state of its one status; no status at all when absent. */
  state?: StatusState
  task?: string
  ref?: string
  /** Without a `ref`: deployed by SHA. With one: what the ref was then. */
  sha?: string
  payload?: unknown
  description?: string
  transient?: boolean
  production?: boolean
  /** Milliseconds; now when absent. */
  createdAt?: number
  /** A login; `github-actions[bot]` when absent. */
  creator?: string
  environmentUrl?: string
  logUrl?: string
  autoInactive?: boolean
}

/** Creates a deployment by the code behind the API: no checks of contexts, no events. */
export function seedDeployment(
  repository: RepositoryState,
  seed: DeploymentSeed
): DeploymentRecord {
  const at = seed.createdAt
  const dated =
    at === undefined ? repository : { ...repository, clock: { ...repository.clock, now: () => at } }
  const creator = creatorOf(seed.creator)
  const ref = seed.ref ?? seed.sha ?? repository.defaultBranch
  const created = createDeployment(
    dated,
    { ...seed, ref, autoMerge: false, requiredContexts: [] },
    creator
  )
  if (created.kind !== 'created') throw new Error(`seedDeployment: ${created.message}`)
  const { deployment } = created
  if (seed.sha !== undefined) deployment.sha = seed.sha
  const { state, environmentUrl, logUrl, autoInactive } = seed
  if (state !== undefined) {
    seedStatus(dated, deployment, { state, environmentUrl, logUrl, autoInactive }, creator)
  }
  return deployment
}

/** Adds a status by the code behind the API. */
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
