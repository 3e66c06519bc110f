import { lookUpsBefore } from '../finalize/final-status.ts'
import { NEWER_SUCCESS } from '../finalize/supersede.ts'
import type { Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { reasonOf } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { outcomeFor, selectFinal } from './requests.ts'
import {
  attemptOf,
  currentOf,
  describeAll,
  isOpen,
  newestOfEachScope,
  type Selection,
  sharesScope
} from './selection.ts'

/**
 * The final ones whose jobs were not run again, and which the success of this attempt corrects. A result says nothing
 * about deployments of other jobs, and one URL cannot apply to several.
 */
export function correctedFrom(inputs: FinishInputs, offered: readonly Target[], current: readonly Target[]): Target[] {
  if (inputs.environmentUrl !== '') return []
  const attempt = Math.max(...current.map(attemptOf))
  return newestOfEachScope(currentOf(inputs, offered)).filter(
    one =>
      !isOpen(one) &&
      attemptOf(one) < attempt &&
      isMeant(inputs, one, current) &&
      outcomeFor(inputs, one).state === 'success' &&
      !current.some(other => sharesScope(one, other))
  )
}

/** Whether the given result is about a deployment too: it is a list of several jobs, or that of the job of a matrix. */
export const isMeant = ({ results }: FinishInputs, { origin }: Target, others: readonly Target[]): boolean =>
  results.length > 1 || others.some(other => other.origin?.job === origin?.job)

/** Adds those that the success of this attempt corrects. */
export async function withEarlierJobs(
  deps: Deps,
  inputs: FinishInputs,
  offered: readonly Target[],
  selection: Selection
): Promise<Selection> {
  if (selection.kind !== 'finalize') return selection
  const earlier = correctedFrom(inputs, offered, selection.targets)
  if (earlier.length === 0) return selection
  // A read that fails must not keep the state of the others from GitHub.
  const { ask, failed } = lookUpsBefore(deps.clock)
  const corrected = await ask(NEWER_SUCCESS, until => selectFinal(deps, inputs, earlier, until))
  for (const { question, error } of failed) {
    deps.log.warning(
      `It is not known whether ${question}, so these keep their state: ${describeAll(earlier)}. ${reasonOf(error)}`,
      'notChecked'
    )
  }
  return corrected?.kind === 'finalize'
    ? { ...selection, targets: [...selection.targets, ...corrected.targets] }
    : selection
}
