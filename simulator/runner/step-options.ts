import { interpolate, type Scope } from './expressions.ts'
import { scopeOf } from './job-state.ts'
import type { Step } from './step-types.ts'

function optionScope({ job, frame, stage }: Step): Scope {
  return scopeOf(job, frame, { stage, github: job.github, env: { ...job.env, ...frame.env } })
}

/** `timeout-minutes` of a step; 0 if it has none. */
export const timeoutOf = (step: Step): number =>
  Number(interpolate(step.file['timeout-minutes'] ?? 0, optionScope(step)))

/** `continue-on-error` of a step. An invalid expression counts as false, so that post steps still run. */
export const continuesOnError = (step: Step): boolean =>
  holds(() => interpolate(step.file['continue-on-error'] ?? false, optionScope(step)) === true)

/** Evaluates a condition. One that throws counts as false. */
export function holds(condition: () => boolean): boolean {
  try {
    return condition()
  } catch {
    return false
  }
}
