import { isFinal } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import {
  type FinalizeDeps,
  type FinalizeRequest,
  type FinalizeResult,
  postOutcome,
  postState
} from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'

// GitHub ends a request that takes longer (rest/using-the-rest-api/troubleshooting-the-rest-api).
const IN_FLIGHT_MS = 10_000

type FinalizeAgainDeps = FinalizeDeps & { readonly clock: Clock }

/**
 * Finalizes the deployment of a `start`. If main was killed while one of its statuses was in flight, GitHub can record
 * that one last, and the deployment would stay in progress. So it is read again when the request can no longer arrive,
 * and finalized again if needed.
 */
export async function finalizeUntilLast(
  deps: FinalizeAgainDeps,
  { pendingState, id }: StartRecord,
  request: FinalizeRequest
): Promise<FinalizeResult> {
  const isLate = pendingState !== undefined && id > 0
  if (!isLate || (await stateOf(deps, id)) === pendingState) return finalize(deps, request)
  const result = await finalize(deps, request)
  await deps.clock.sleep(IN_FLIGHT_MS)
  const state = await stateOf(deps, id)
  if (state === undefined || isFinal(state)) return result
  deps.log.info(`A status of the killed start came after the final one (${state}): posted again.`)
  const { description, statusId } = result
  const again = await postState(deps, request, result.state, description, statusId)
  return { ...result, statusId: again.id }
}

/** The newest state; `undefined` if it cannot be read, which must not keep the deployment open. */
async function stateOf({ deployments }: FinalizeAgainDeps, id: number): Promise<string | undefined> {
  try {
    return (await deployments.latestStatus(id))?.state ?? 'none'
  } catch (error) {
    if (error instanceof ActionError) return undefined
    throw error
  }
}

/** Replaces the state that an interrupted main posted; `undefined` if that is no longer the newest status. */
export async function replaceInterrupted(
  deps: FinalizeDeps,
  request: FinalizeRequest
): Promise<FinalizeResult | undefined> {
  const { id, record } = request.target
  const newest = await deps.deployments.latestStatus(id, request.onFailure)
  const isOurs = newest !== undefined && isFinal(newest.state) && newest.id === record?.statusId
  return isOurs ? postOutcome(deps, request, request.outcome) : undefined
}
