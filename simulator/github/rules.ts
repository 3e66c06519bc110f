import type { DeploymentRecord, DeploymentState, StatusRecord, StatusState } from './model.ts'

export const MAX_STATUS_DESCRIPTION_CHARS = 140
export const MAX_ENVIRONMENT_CHARS = 255
const ABANDONED_AFTER_MS = 30 * 60_000

/** Environment names are case-insensitive. */
export const isSameEnvironment = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const latestStatus = (deployment: DeploymentRecord): StatusRecord | undefined => deployment.statuses.at(-1)

/** The state of the newest status. `none` without a status. */
export const stateOf = (deployment: DeploymentRecord): StatusState | 'none' => latestStatus(deployment)?.state ?? 'none'

/**
 * The older deployments that become inactive when `trigger` gets a new status: all prior non-transient,
 * non-production deployments of the same environment in the state `success`. The flags of the prior deployment
 * count; the task does not matter.
 * https://docs.github.com/rest/deployments/statuses#create-a-deployment-status
 */
export function autoInactiveTargets(
  all: readonly DeploymentRecord[],
  trigger: DeploymentRecord,
  status: { state: StatusState; autoInactive: boolean }
): DeploymentRecord[] {
  if (status.state !== 'success' || !status.autoInactive) return []
  return all.filter(
    prior =>
      prior.id < trigger.id &&
      isSameEnvironment(prior.environment, trigger.environment) &&
      !prior.transient &&
      !prior.production &&
      stateOf(prior) === 'success'
  )
}

/** GraphQL's `Deployment.state`. REST has no such field. */
export function deploymentState(deployment: DeploymentRecord, now: number): DeploymentState {
  const state = stateOf(deployment)
  switch (state) {
    case 'none':
    case 'pending':
      return now - deployment.updatedAt >= ABANDONED_AFTER_MS ? 'ABANDONED' : 'PENDING'
    case 'success':
      return 'ACTIVE'
    case 'inactive':
      return deployment.transient ? 'DESTROYED' : 'INACTIVE'
    case 'queued':
      return 'QUEUED'
    case 'in_progress':
      return 'IN_PROGRESS'
    case 'waiting':
      return 'WAITING'
    case 'failure':
      return 'FAILURE'
    case 'error':
      return 'ERROR'
  }
}

/** GitHub does not delete an active deployment unless it is the only one in its environment. */
export function mayDelete(all: readonly DeploymentRecord[], deployment: DeploymentRecord): boolean {
  const sameEnvironment = all.filter(other => isSameEnvironment(other.environment, deployment.environment))
  return stateOf(deployment) !== 'success' || sameEnvironment.length === 1
}

/** Only the exact name counts: `Production` is not a production environment by default. */
export const isProductionByDefault = (environment: string): boolean => environment === 'production'

export const isHttpUrl = (url: string): boolean => /^https?:\/\//i.test(url)

/** Counts characters as GitHub does, not UTF-16 code units. */
export const countChars = (text: string): number => [...text].length
