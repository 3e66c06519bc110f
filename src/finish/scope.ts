import { sameName } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { Target } from '../finalize/target.ts'

/** Whether two deployments have the same environment and task, so that one replaces the other. */
export const sharesScope = (one: Target, other: Target): boolean =>
  sameName(one.environment, other.environment) && one.task === other.task

const attemptOf = ({ payload }: Target): number => readOrigin(payload)?.runAttempt ?? 1

/** Those of the newest attempt of the run that has any. */
export function newestAttempt(targets: readonly Target[]): readonly Target[] {
  const newest = Math.max(...targets.map(attemptOf))
  return targets.filter(one => attemptOf(one) === newest)
}

/** The newest of each environment and task. */
export function newestOfEachScope(targets: readonly Target[]): readonly Target[] {
  const newestFirst = [...targets].sort((one, other) => other.id - one.id)
  return newestFirst.filter((one, index) => !newestFirst.slice(0, index).some(newer => sharesScope(one, newer)))
}

/** Deployments in a message. */
export const describeAll = (
  targets: readonly { readonly id: number; readonly environment: string; readonly task: string }[]
): string => targets.map(one => `"${one.environment}" (task ${one.task}, deployment ${one.id})`).join(', ')
