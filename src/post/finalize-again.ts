import { isUnfinished } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { type FinalizeRequest, type FinalizeResult, postState } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'

// GitHub ends a request that takes longer (rest/using-the-rest-api/troubleshooting-the-rest-api).
const ON_ITS_WAY_MS = 10_000

type CloseTools = Pick<Deps, 'deployments' | 'log'> & { readonly clock: Clock }

/**
 * Closes what main began. Where main was killed while a status of its own was on its way, GitHub may take
 * that one last, and the deployment would stay in progress for ever: so it is looked at once more when
 * nothing can come any longer, and closed again where it was overtaken.
 */
export async function finalizeUntilLast(
  deps: CloseTools,
  { pendingState: onItsWay, id }: StartRecord,
  request: FinalizeRequest
): Promise<FinalizeResult> {
  const isLate = onItsWay !== undefined && id > 0
  if (!isLate || (await stateOf(deps, id)) === onItsWay) return finalize(deps, request)
  const result = await finalize(deps, request)
  await deps.clock.sleep(ON_ITS_WAY_MS)
  const state = await stateOf(deps, id)
  if (state === undefined || !isUnfinished(state)) return result
  deps.log.info(`A status of the killed start came after the final one (${state}): closed again.`)
  const { description, statusId } = result
  const again = await postState(deps, request, result.state, description, statusId)
  return { ...result, statusId: again.id }
}

/** What GitHub shows; `undefined` where it does not tell, which must not keep the deployment open. */
async function stateOf({ deployments }: CloseTools, id: number): Promise<string | undefined> {
  try {
    return (await deployments.latestStatus(id))?.state ?? 'none'
  } catch (error) {
    if (error instanceof ActionError) return undefined
    throw error
  }
}
