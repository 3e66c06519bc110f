import { isUnfinished } from '../deployment/deployment.ts'
import type { Begun } from '../deployment/start-record.ts'
import { type Closed, type Closing, postAs } from '../finalize/final-status.ts'
import { close } from '../finalize/finalize.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import type { Tools } from '../mode.ts'

// GitHub ends a request that takes longer (rest/using-the-rest-api/troubleshooting-the-rest-api).
const ON_ITS_WAY_MS = 10_000

type CloseTools = Pick<Tools, 'deployments' | 'log'> & { readonly clock: Clock }

/**
 * Closes what main began. Where main was killed while a status of its own was on its way, GitHub may take
 * that one last, and the deployment would stay in progress for ever: so it is looked at once more when
 * nothing can come any longer, and closed again where it was overtaken.
 */
export async function closeForGood(
  tools: CloseTools,
  { onItsWay, id }: Begun,
  closing: Closing
): Promise<Closed> {
  const isLate = onItsWay !== undefined && id > 0
  if (!isLate || (await stateOf(tools, id)) === onItsWay) return close(tools, closing)
  const closed = await close(tools, closing)
  await tools.clock.sleep(ON_ITS_WAY_MS)
  const state = await stateOf(tools, id)
  if (state === undefined || !isUnfinished(state)) return closed
  tools.log.info(`A status of the killed start came after the final one (${state}): closed again.`)
  const { description, statusId } = closed
  const again = await postAs(tools, closing, closed.state, description, statusId)
  return { ...closed, statusId: again.id }
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
