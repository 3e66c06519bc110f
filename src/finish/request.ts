import type { CancelledState } from '../deployment/deployment.ts'
import {
  canceledState,
  type Outcome,
  outcomeOf,
  outcomeOfCommand,
  outcomeOfInterruptedStart,
  statusWithin
} from '../deployment/outcome.ts'
import type { FinalizeRequest } from '../finalize/final-status.ts'
import { defaultAutoInactive, type Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import type { RunContext } from '../runner/context.ts'
import { logUrl } from '../runner/context.ts'
import { onFailure } from './selection.ts'

/** The state of a canceled job: as given here, else to `start`, else the rule. */
export const cancelledStateFor = (inputs: FinishInputs, target: Target): CancelledState =>
  canceledState(inputs.cancelledState ?? target.record?.cancelledState, target.transient)

/** What a `finish` posts for a deployment, apart from what happens to it meanwhile. */
export function outcomeFor(inputs: FinishInputs, target: Target): Outcome {
  const { record } = target
  if (record?.hasCommand && record.exitCode !== undefined) return outcomeOfCommand(record.exitCode)
  const cancelledState = cancelledStateFor(inputs, target)
  const outcome = outcomeOf({
    results: inputs.results,
    jobStatus: statusWithin(inputs.jobStatus, inputs.actionStatus),
    cancelledState
  })
  const isInterrupted = record !== undefined && record.phase !== 'started' && !record.hasEnded
  return isInterrupted ? outcomeOfInterruptedStart(outcome, cancelledState) : outcome
}

/** What was not given here stays as the deployment has it: links, and the description without its result. */
export function finalizeRequestFor(run: RunContext, inputs: FinishInputs, target: Target): FinalizeRequest {
  const { record } = target
  return {
    target,
    outcome: outcomeFor(inputs, target),
    description: inputs.description || record?.description || target.description,
    environmentUrl: inputs.environmentUrl || target.environmentUrl,
    logUrl: inputs.logUrl || record?.logUrl || target.logUrl || logUrl(run, inputs.checkRunId),
    autoInactive: inputs.autoInactive ?? record?.autoInactive ?? defaultAutoInactive(target, inputs.task),
    onFailure: onFailure(target)
  }
}
