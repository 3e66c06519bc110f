import { type Closed, type CloseTools, type Closing, closed, post } from './final-status.ts'
import { giveWay, newerSuccess, supersede } from './supersede.ts'
import type { Target } from './target.ts'

/**
 * Posts the final state of one deployment, and after a confirmed success retires what it replaces.
 * Gives way to a newer success of the same scope, so that a slow old job cannot take over again.
 */
export async function close(tools: CloseTools, closing: Closing): Promise<Closed> {
  const { target, verdict } = closing
  const retirement = target.transient ? await retirementOf(tools, target) : undefined
  if (retirement) {
    tools.log.warning(
      `Deployment ${target.id} of "${target.environment}" was made inactive while the job ran, and stays so: its pull request may be closed.`
    )
    return retirement === 'shown'
      ? closed(closing, 'inactive', 0, '', 0)
      : post(tools, closing, { state: 'inactive', happened: 'Retired while the job ran' })
  }
  const isSweeping = verdict.state === 'success' && ['all', 'task'].includes(closing.autoInactive)
  if (!isSweeping || target.id === 0) return post(tools, closing, verdict)

  const before = await newerSuccess(tools, closing)
  if (before) return giveWay(tools, closing, before)
  const success = await post(tools, closing, verdict)
  return supersede(tools, closing, success)
}

/**
 * Whether somebody has made it inactive since it was begun: `shown` where that is what GitHub shows,
 * `hidden` where a status of our own came after it, or the list is older than that status.
 */
async function retirementOf(
  { deployments }: CloseTools,
  { id, begun }: Target
): Promise<'shown' | 'hidden' | undefined> {
  const statuses = await deployments.statuses(id)
  const [newest] = statuses
  // Of others only the newest tells: what came before may have been overcome on purpose.
  const since = begun ? statuses.filter(one => one.id > begun.takenAtStatusId) : [newest]
  if (!since.some(one => one?.state === 'inactive')) return undefined
  const isShown = newest?.state === 'inactive' && newest.id > (begun?.statusId ?? 0)
  return isShown ? 'shown' : 'hidden'
}
