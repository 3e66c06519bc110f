import { isFinal } from '../deployment/deployment.ts'
import type { Outcome } from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { type FinalizeDeps, type FinalizeRequest, type FinalizeResult, postOutcome } from '../finalize/final-status.ts'

/**
 * Whether main has posted the state of a canceled job, but the job goes on: the step took too long, or it was a
 * background step that a `cancel:` step ended.
 */
export const isToBeReplaced = (
  { wasInterrupted, finished }: StartRecord,
  jobStatus: string,
  outcome: Outcome
): boolean => wasInterrupted && finished !== undefined && jobStatus !== 'cancelled' && finished !== outcome.state

/** Posts the state that replaces it. Returns `undefined` if the status of main is no longer the newest one. */
export async function replaceInterrupted(
  deps: FinalizeDeps,
  request: FinalizeRequest
): Promise<FinalizeResult | undefined> {
  const { id, record } = request.target
  const newest = await deps.deployments.latestStatus(id, request.onFailure)
  const isOurs = newest !== undefined && isFinal(newest.state) && newest.id === record?.statusId
  return isOurs ? postOutcome(deps, request, request.outcome) : undefined
}
