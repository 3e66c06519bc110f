import {
  type FinalizeDeps,
  type FinalizeRequest,
  type FinalizeResult,
  postOutcome,
  toFinalizeResult
} from './final-status.ts'
import { newerSuccess, supersede, yieldTo } from './supersede.ts'

/**
 * Posts the final state of one deployment, and after a confirmed success retires what it replaces.
 * Gives way to a newer success of the same scope, so that a slow old job cannot take over again.
 */
export async function finalize(
  deps: FinalizeDeps,
  request: FinalizeRequest
): Promise<FinalizeResult> {
  const { target, outcome } = request
  const retirement = target.transient ? await deactivationOf(deps, request) : undefined
  if (retirement) {
    deps.log.warning(
      `Deployment ${target.id} of "${target.environment}" was made inactive while the job ran, and stays so: its pull request may be closed.`
    )
    return retirement === 'shown'
      ? toFinalizeResult(request, 'inactive', 0, '', 0)
      : postOutcome(deps, request, { state: 'inactive', reason: 'Retired while the job ran' })
  }
  const isSweeping = outcome.state === 'success' && ['all', 'task'].includes(request.autoInactive)
  if (!isSweeping || target.id === 0) return postOutcome(deps, request, outcome)

  const before = await newerSuccess(deps, request)
  if (before) return yieldTo(deps, request, before)
  const success = await postOutcome(deps, request, outcome)
  return supersede(deps, request, success)
}

/**
 * Whether somebody has made it inactive since it was begun: `shown` where that is what GitHub shows,
 * `hidden` where a status of our own came after it, or the list is older than that status.
 */
async function deactivationOf(
  { deployments }: FinalizeDeps,
  { target: { id, record }, onFailure }: FinalizeRequest
): Promise<'shown' | 'hidden' | undefined> {
  const statuses = await deployments.statuses(id, onFailure)
  const [newest] = statuses
  // Of others only the newest tells: what came before may have been overcome on purpose.
  const since = record ? statuses.filter(one => one.id > record.reusedAtStatusId) : [newest]
  if (!since.some(one => one?.state === 'inactive')) return undefined
  const isShown = newest?.state === 'inactive' && newest.id > (record?.statusId ?? 0)
  return isShown ? 'shown' : 'hidden'
}
