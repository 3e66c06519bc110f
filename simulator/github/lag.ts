import type { DeploymentRecord, StatusRecord } from './model.ts'
import type { RepositoryState } from './store/state.ts'

/**
 * The deployments in lists. GitHub reads lists from database replicas, which can lag behind the primary:
 * such a list contains everything written before a point in time and nothing after it. Reads of a single
 * deployment, and GitHub's own rules, use the primary.
 */
export function listedDeployments(repository: RepositoryState): readonly DeploymentRecord[] {
  const until = copiedUntil(repository)
  if (until === undefined) return repository.deployments
  return repository.deployments
    .filter(each => each.createdAt <= until)
    .map(each => ({ ...each, statuses: each.statuses.filter(one => one.createdAt <= until) }))
}

/** The statuses in the list of a deployment, oldest first, with the same lag. */
export function listedStatuses(repository: RepositoryState, deployment: DeploymentRecord): readonly StatusRecord[] {
  const until = copiedUntil(repository)
  if (until === undefined) return deployment.statuses
  return deployment.statuses.filter(each => each.createdAt <= until)
}

function copiedUntil({ clock }: RepositoryState): number | undefined {
  const lag = clock.lag?.() ?? 0
  return lag > 0 ? clock.now() - lag : undefined
}
