import { type FinalState, isFinal, type Status } from '../deployment/deployment.ts'
import { reasonOf } from '../lib/errors.ts'
import {
  type FinalizeDeps,
  type FinalizeRequest,
  type FinalizeResult,
  type LookUps,
  lookUpsAfter,
  lookUpsBefore,
  postOutcome,
  toFinalizeResult
} from './final-status.ts'
import { NEWER_SUCCESS, newerSuccess, supersede, yieldTo } from './supersede.ts'

const DEACTIVATED = 'it was made inactive while the job ran'
const FINISHED_BY_OTHERS = 'something else gave it a final state'

/**
 * Posts the final state of one deployment, and after a confirmed success makes earlier ones inactive. If a newer one of
 * the same scope has succeeded, this one becomes inactive, so that a slow old job does not replace it. Look-ups that
 * fail do not keep the state from GitHub: what they are about is asked again after it, and what is still not known is a
 * warning.
 */
export async function finalize(
  deps: FinalizeDeps,
  request: FinalizeRequest,
  before: LookUps = lookUpsBefore(deps.clock)
): Promise<FinalizeResult> {
  const { target, outcome } = request
  const deactivation =
    target.transient && (await before.ask(DEACTIVATED, until => deactivationOf(deps, request, until)))
  if (deactivation) return keepInactive(deps, request, deactivation)
  const other = await before.ask(FINISHED_BY_OTHERS, until => finalStateOfOthers(deps, request, until))
  if (other) return keepStateOfOthers(deps, request, other)
  const isReplacing = outcome.state === 'success' && ['all', 'task'].includes(request.autoInactive)
  const scope = { ...request, onFailure: '' }
  const newer = isReplacing && (await before.ask(NEWER_SUCCESS, until => newerSuccess(deps, scope, until)))
  if (newer) return yieldTo(deps, request, newer)

  const posted = await postOutcome(deps, request, outcome)
  const after = lookUpsAfter()
  const isUnknown = before.failed.some(({ question }) => question === DEACTIVATED)
  const late = isUnknown && (await after.ask(DEACTIVATED, until => deactivationOf(deps, request, until)))
  const result = late
    ? await keepInactive(deps, request, late)
    : isReplacing
      ? await supersede(deps, request, posted, after)
      : posted
  const isAskedOnce = (question: string) => question !== DEACTIVATED && question !== NEWER_SUCCESS
  warnAboutUnknown(deps, request, [...before.failed.filter(({ question }) => isAskedOnce(question)), ...after.failed])
  return result
}

function warnAboutUnknown({ log }: FinalizeDeps, { target }: FinalizeRequest, failed: LookUps['failed']): void {
  const [first] = failed
  if (!first) return
  const unknown = failed.map(({ question }) => `whether ${question}`).join(', and ')
  log.warning(
    `The final state of deployment ${target.id} of "${target.environment}" was posted, but it is not known ${unknown}. ${reasonOf(first.error)}`,
    'notChecked'
  )
}

function keepInactive(
  deps: FinalizeDeps,
  request: FinalizeRequest,
  deactivation: 'shown' | 'hidden'
): Promise<FinalizeResult> | FinalizeResult {
  const { id, environment } = request.target
  deps.log.warning(
    `Deployment ${id} of "${environment}" was made inactive while the job ran, so it stays inactive. Its pull request may be closed.`,
    'changed'
  )
  return deactivation === 'shown'
    ? toFinalizeResult(request, 'inactive', 0, '', 0)
    : postOutcome(deps, request, { state: 'inactive', reason: 'Deactivated while the job ran' })
}

function keepStateOfOthers(
  { log }: FinalizeDeps,
  request: FinalizeRequest,
  { id, state, description, environmentUrl, logUrl }: Status & { readonly state: FinalState }
): FinalizeResult {
  const { target } = request
  log.warning(
    `Deployment ${target.id} of "${target.environment}" became \`${state}\` while this job ran, and keeps that state. \`success\` does not replace a final state that something else posted to a reused deployment.`,
    'changed'
  )
  return { ...toFinalizeResult(request, state, id, description, 0), environmentUrl, logUrl }
}

/** The newest status of a reused deployment, if it is final and something else posted it after this job's status. */
async function finalStateOfOthers(
  { deployments }: FinalizeDeps,
  { target: { id, record }, outcome }: FinalizeRequest,
  until: number
): Promise<(Status & { readonly state: FinalState }) | undefined> {
  if (!record?.isReused || record.dryRun || outcome.state !== 'success') return undefined
  const newest = await deployments.latestStatus(id, '', until)
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
  { target: { id, record } }: FinalizeRequest,
  until: number
): Promise<'shown' | 'hidden' | undefined> {
  const statuses = await deployments.statuses(id, '', until)
  const [newest] = statuses
  // Without a record only the newest status counts: an earlier one can have been replaced on purpose.
  const since = record ? statuses.filter(one => one.id > record.reusedAtStatusId) : [newest]
  if (!since.some(one => one?.state === 'inactive')) return undefined
  const isShown = newest?.state === 'inactive' && newest.id > (record?.statusId ?? 0)
  return isShown ? 'shown' : 'hidden'
}
