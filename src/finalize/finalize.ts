import { type FinalState, isFinal, type Status } from '../deployment/deployment.ts'
import {
  type FinalizeDeps,
  type FinalizeRequest,
  type FinalizeResult,
  postOutcome,
  toFinalizeResult
} from './final-status.ts'
import { newerSuccess, supersede, yieldTo } from './supersede.ts'

/**
 * Posts the final state of one deployment, and after a confirmed success makes earlier ones inactive. If a newer one of
 * the same scope has succeeded, this one becomes inactive, so that a slow old job does not replace it.
 */
export async function finalize(deps: FinalizeDeps, request: FinalizeRequest): Promise<FinalizeResult> {
  const { target, outcome } = request
  const deactivation = target.transient ? await deactivationOf(deps, request) : undefined
  if (deactivation) {
    deps.log.warning(
      `Deployment ${target.id} of "${target.environment}" was made inactive while the job ran, and stays so: its pull request may be closed.`
    )
    return deactivation === 'shown'
      ? toFinalizeResult(request, 'inactive', 0, '', 0)
      : postOutcome(deps, request, { state: 'inactive', reason: 'Deactivated while the job ran' })
  }
  const other = await finalStateOfOthers(deps, request)
  if (other) {
    deps.log.warning(
      `Deployment ${target.id} of "${target.environment}" became \`${other.state}\` while this job ran, and stays so. \`success\` does not replace a final state that something else posted to a reused deployment.`
    )
    return {
      ...toFinalizeResult(request, other.state, other.id, other.description, 0),
      ...links(other)
    }
  }
  const isReplacing = outcome.state === 'success' && ['all', 'task'].includes(request.autoInactive)
  if (!isReplacing) return postOutcome(deps, request, outcome)

  const before = await newerSuccess(deps, request)
  if (before) return yieldTo(deps, request, before)
  const success = await postOutcome(deps, request, outcome)
  return supersede(deps, request, success)
}

const links = ({ environmentUrl, logUrl }: Status) => ({ environmentUrl, logUrl })

/** The newest status of a reused deployment, if it is final and something else posted it after this job's status. */
async function finalStateOfOthers(
  { deployments }: FinalizeDeps,
  { target: { id, record }, outcome, onFailure }: FinalizeRequest
): Promise<(Status & { readonly state: FinalState }) | undefined> {
  if (!record?.isReused || record.dryRun || outcome.state !== 'success') return undefined
  const newest = await deployments.latestStatus(id, onFailure)
  const own = Math.max(record.statusId, record.reusedAtStatusId, record.finalStatusId)
  if (!newest || newest.id <= own || !isFinal(newest.state)) return undefined
  return { ...newest, state: newest.state }
}

/**
 * Whether the deployment was made inactive since it was started: `shown` if that is its newest status, `hidden` if a
 * status of this action came after it, or if the list is older than that status.
 */
async function deactivationOf(
  { deployments }: FinalizeDeps,
  { target: { id, record }, onFailure }: FinalizeRequest
): Promise<'shown' | 'hidden' | undefined> {
  const statuses = await deployments.statuses(id, onFailure)
  const [newest] = statuses
  // Without a record only the newest status counts: an earlier one can have been replaced on purpose.
  const since = record ? statuses.filter(one => one.id > record.reusedAtStatusId) : [newest]
  if (!since.some(one => one?.state === 'inactive')) return undefined
  const isShown = newest?.state === 'inactive' && newest.id > (record?.statusId ?? 0)
  return isShown ? 'shown' : 'hidden'
}
