import type { DeploymentRecord, StatusRecord } from './model.ts'
import type { RepositoryState } from './store/state.ts'

/**
 * What the lists show: GitHub reads them from copies of its database, which are behind the original. One
 * that lags shows all that was written until some time ago, and nothing that came after it. A single
 * deployment, and what GitHub does by itself, comes from the original.
 */
export function listedDeployments(repository: RepositoryState): readonly DeploymentRecord[] {
  const until = copiedUntil(repository)
  if (until === undefined) return repository.deployments
  return repository.deployments
    .filter(each => each.createdAt <= until)
    .map(each => ({ ...each, statuses: each.statuses.filter(one => one.createdAt <= until) }))
}

/** Oldest first, as the list of a deployment's statuses shows them. */
export function listedStatuses(
  repository: RepositoryState,
  deployment: DeploymentRecord
): readonly StatusRecord[] {
  const until = copiedUntil(repository)
  if (until === undefined) return deployment.statuses
  return deployment.statuses.filter(each => each.createdAt <= until)
}

function copiedUntil({ clock }: RepositoryState): number | undefined {
  const lag = clock.lag?.() ?? 0
  return lag > 0 ? clock.now() - lag : undefined
}
