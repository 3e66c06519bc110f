import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import type { FinalizeRequest } from '../finalize/final-status.ts'
import type { Target } from '../finalize/target.ts'
import type { OnFailure } from '../github/error-messages.ts'
import type { FinishInputs } from '../inputs/types.ts'
import type { ActionError } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'

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

/** The post step of a `start` of this job tries again; a deployment of another job has to be closed by hand. */
export const onFailure = (target: Target): OnFailure =>
  describeOpen(target, target.record?.autoFinish ? 'the post step of its `start` finishes it' : manualRemedy(target.id))

/** Whether the `environment` and `task` inputs name a deployment; without them every deployment matches. */
export const matchesInputs = (
  inputs: FinishInputs,
  one: { readonly environment: string; readonly task: string }
): boolean =>
  (inputs.environments.length === 0 || matchesAny(inputs.environments, one.environment)) &&
  (inputs.task === '' || one.task === inputs.task)
