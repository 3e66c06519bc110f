import { type DeactivationTarget, isUnfinished } from '../deployment/deployment.ts'

/**
 * The deployments of one environment that `keep` does not protect. For each task it protects the newest `keep`
 * deployments, the newest one with the state `success`, and all that are unfinished. The list is newest first.
 */
export function withoutKept(deployments: readonly DeactivationTarget[], keep: number): readonly DeactivationTarget[] {
  if (keep === 0) return deployments
  const counts = new Map<string, { seen: number; hasSuccess: boolean }>()
  return deployments.filter(({ task, state }) => {
    const { seen, hasSuccess } = counts.get(task) ?? { seen: 0, hasSuccess: false }
    const isSuccess = state === 'success'
    counts.set(task, { seen: seen + 1, hasSuccess: hasSuccess || isSuccess })
    return seen >= keep && !(isSuccess && !hasSuccess) && !isUnfinished(state)
  })
}
