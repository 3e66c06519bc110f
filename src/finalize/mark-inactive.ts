import { type DeactivationTarget, inactiveStatus } from '../deployment/deployment.ts'
import type { Deployments } from '../github/deployments.ts'
import { describeOpen } from './error-context.ts'

interface MarkedInactive {
  readonly done: readonly DeactivationTarget[]
  readonly failures: readonly Error[]
  /** Failures for which GitHub answered 404: most likely the deployments were deleted in the meantime. */
  readonly gone: readonly Error[]
}

/** Marks deployments inactive with the same description and log URL. Continues after a failure. */
export async function markInactive(
  deployments: Deployments,
  targets: readonly DeactivationTarget[],
  description: string,
  logUrl: string
): Promise<MarkedInactive> {
  const done: DeactivationTarget[] = []
  const failures: Error[] = []
  const gone: Error[] = []
  const statusOf = (one: DeactivationTarget) => inactiveStatus(one, description, logUrl)
  for await (const written of deployments.setStatuses(targets, statusOf, describeOpen)) {
    for (const { item, error, isGone } of written) {
      if (!error) done.push(item)
      else (isGone ? gone : failures).push(error)
    }
  }
  return { done, failures, gone }
}
