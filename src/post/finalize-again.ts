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
import { type LookUps, lookUpsAfter, lookUpsBefore } from '../finalize/look-ups.ts'
import { reasonOf } from '../lib/errors.ts'

// GitHub ends a request that takes longer than 10 s (rest/using-the-rest-api/troubleshooting-the-rest-api), and its lists
// can lag by 7 s.
const IN_FLIGHT_MS = 17_000

const CAME_LAST = 'a status of the killed `start` came after the final state'

/**
 * Finalizes the deployment of a `start`. If main was killed while one of its statuses was in flight, GitHub can record
 * that one last, and the deployment would stay in progress. So it is read again when the request can no longer arrive,
 * and finalized again if needed.
 */
export async function finalizeUntilLast(
  deps: FinalizeDeps,
  { pendingState, id }: StartRecord,
  request: FinalizeRequest,
  lookUps: LookUps
): Promise<FinalizeResult> {
  const readState = async (until: number) => (await deps.deployments.latestStatus(id, '', until))?.state ?? 'none'
  const isLate = pendingState !== undefined && id > 0
  const before = isLate && (await lookUpsBefore(deps.clock).ask(CAME_LAST, readState))
  const result = await finalize(deps, request, lookUps)
  if (!isLate || before === pendingState) return result
  await deps.deployments.pause(IN_FLIGHT_MS)
  const after = lookUpsAfter()
  const state = await after.ask(CAME_LAST, readState)
  for (const { error } of after.failed) {
    deps.log.warning(`It is not known whether ${CAME_LAST} of deployment ${id}. ${reasonOf(error)}`, 'notChecked')
  }
  if (state === undefined || isFinal(state)) return result
  deps.log.info(
    `The interrupted \`start\` posted \`${state}\` after the final state, so the final state is posted again.`
  )
  const { description, statusId } = result
  const again = await postState(deps, request, result.state, description, statusId)
  return { ...result, statusId: again.id }
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
