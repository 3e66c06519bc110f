import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import type { FinalizeRequest } from '../finalize/final-status.ts'
import type { Target } from '../finalize/target.ts'
import type { OnFailure } from '../github/error-messages.ts'
import type { FinishInputs } from '../inputs/types.ts'
import type { ActionError } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'

/** Deployments that nobody will finish any more, with what they came to, and why some could not be told. */
export interface Cleanup {
  readonly requests: readonly FinalizeRequest[]
  readonly failures: readonly ActionError[]
}

/** Which deployments a `finish` is about. */
export interface Selection {
  /** They get the verdict. */
  readonly targets: readonly Target[]
  /** Unfinished ones of the same environment and task that a newer one of the run replaced. */
  readonly replaced: readonly { readonly target: Target; readonly by: number }[]
  /** Final already: there is nothing to do for them. */
  readonly finished: readonly Target[]
  /** A `start` of this job made nothing, so that finding nothing is no mistake. */
  readonly isQuiet: boolean
  /** What runs that are over left; only where this run has none of its own. */
  readonly cleanup: Cleanup | undefined
}

export const NONE: Selection = {
  targets: [],
  replaced: [],
  finished: [],
  isQuiet: false,
  cleanup: undefined
}

/** The post step of a `start` of this job tries again; a deployment of another job has to be closed by hand. */
export const onFailure = (target: Target): OnFailure =>
  describeOpen(
    target,
    target.record?.autoFinish ? 'the post step of its "start" closes it' : manualRemedy(target.id)
  )

/** Whether a deployment is one of those that the inputs name; all are where they name none. */
export const matchesInputs = (
  inputs: FinishInputs,
  one: { environment: string; task: string }
): boolean =>
  (inputs.environments.length === 0 || matchesAny(inputs.environments, one.environment)) &&
  (inputs.task === '' || one.task === inputs.task)
