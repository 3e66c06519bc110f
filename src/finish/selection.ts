import { isFinal, type ListedDeployment, sameName } from '../deployment/deployment.ts'
import { describeOpen, manualRemedy, NOTHING_CHANGED } from '../finalize/error-context.ts'
import type { FinalizeRequest } from '../finalize/final-status.ts'
import { commaParts, type Target } from '../finalize/target.ts'
import type { OnFailure } from '../github/error-messages.ts'
import type { FinishInputs } from '../inputs/types.ts'
import type { ActionError } from '../lib/errors.ts'
import { isGlob, matchesAny } from '../lib/glob.ts'
import type { Deps } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'

/** An unfinished deployment of an earlier attempt, and the newer one of the same environment and task. */
export interface Superseded {
  readonly target: Target
  readonly by: number
}

/** What a `finish` has to do. */
export type Selection =
  | {
      readonly kind: 'finalize'
      readonly targets: readonly Target[]
      readonly superseded: readonly Superseded[]
    }
  /** The deployments are final, and stay as they are; `notice` says why if that is not obvious. */
  | { readonly kind: 'final'; readonly targets: readonly Target[]; readonly notice: string }
  /** Nothing was deployed, so there is nothing to finish. */
  | { readonly kind: 'none'; readonly notice: string }
  | {
      readonly kind: 'cleanUp'
      readonly requests: readonly FinalizeRequest[]
      readonly failures: readonly ActionError[]
    }

export const finalizeOnly = (targets: readonly Target[]): Selection => ({
  kind: 'finalize',
  targets,
  superseded: []
})

/** The post step of a `start` of this job tries again; a deployment of another job must be finished manually. */
export const onFailure = (target: Target): OnFailure =>
  describeOpen(target, target.record?.autoFinish ? 'the post step of its `start` finishes it' : manualRemedy(target.id))

/** Whether the `environment` and `task` inputs name a deployment; without them every deployment matches. */
export const matchesInputs = (
  inputs: FinishInputs,
  one: { readonly environment: string; readonly task: string }
): boolean =>
  (inputs.environments.length === 0 || matchesAny(inputs.environments, one.environment)) &&
  (inputs.task === '' || one.task === inputs.task)

/** Whether two deployments have the same environment and task, so that one replaces the other. */
export const sharesScope = (one: Target, other: Target): boolean =>
  sameName(one.environment, other.environment) && one.task === other.task

export const attemptOf = ({ origin }: Target): number => origin?.runAttempt ?? 1

/** Those of the newest attempt of the run that has any. */
export function newestAttempt(targets: readonly Target[]): readonly Target[] {
  const newest = Math.max(...targets.map(attemptOf))
  return targets.filter(one => attemptOf(one) === newest)
}

/** Whether this run created a deployment. */
export const isOfRun = ({ runId }: RunContext, { origin }: ListedDeployment): boolean =>
  runId !== undefined && origin?.runId === runId

export const isOpen = ({ state }: Target): boolean => !isFinal(state)

export const isFiltered = ({ environments, task }: FinishInputs): boolean => environments.length > 0 || task !== ''

/**
 * Those that the run stands for now. "Re-run failed jobs" keeps the other jobs of a matrix, so with a filter each
 * environment and task has a newest attempt of its own.
 */
export const currentOf = (inputs: FinishInputs, targets: readonly Target[]): readonly Target[] =>
  isFiltered(inputs)
    ? targets.filter(one => newestAttempt(targets.filter(other => sharesScope(one, other))).includes(one))
    : newestAttempt(targets)

/** The newest of each environment and task. */
export function newestOfEachScope(targets: readonly Target[]): readonly Target[] {
  const newestFirst = [...targets].sort((one, other) => other.id - one.id)
  return newestFirst.filter((one, index) => !newestFirst.slice(0, index).some(newer => sharesScope(one, newer)))
}

/** Deployments in a message. */
export const describeAll = (
  targets: readonly { readonly id: number; readonly environment: string; readonly task: string }[]
): string => targets.map(one => `"${one.environment}" (task ${one.task}, deployment ${one.id})`).join(', ')

// A run lasts at most 35 days (https://docs.github.com/actions/reference/limits).
const MAX_AGE_MS = 40 * 24 * 3_600_000

/** Deployments young enough to belong to a run, newest first, page by page. */
export async function* listRecent(
  deps: Deps,
  environments: readonly string[]
): AsyncGenerator<readonly ListedDeployment[]> {
  const oldest = deps.clock.now() - MAX_AGE_MS
  // With the parts of a name that has commas, since it may be intended as a list.
  const wanted = environments.flatMap(name => [name, ...commaParts(name)])
  const names = wanted.some(isGlob) ? [] : wanted
  for await (const page of deps.deployments.list(names, NOTHING_CHANGED)) {
    const young = page.filter(one => Date.parse(one.createdAt) >= oldest)
    yield young
    if (young.length < page.length) return
  }
}
