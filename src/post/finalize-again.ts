import { isFinal, type Status } from '../deployment/deployment.ts'
import type { FinishRecord, PendingStatus } from '../deployment/finish-record.ts'
import { finalFields, newStartRecord, type StartRecord } from '../deployment/start-record.ts'
import { recordDeployed } from '../finalize/artifacts.ts'
import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import {
  type FinalizeDeps,
  type FinalizeRequest,
  type FinalizeResult,
  type LookUps,
  lookUpsAfter,
  lookUpsBefore,
  postOutcome,
  postState
} from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import { targetFromRecord } from '../finalize/target.ts'
import { ActionError, reasonOf } from '../lib/errors.ts'
import { resultLines } from '../report/result.ts'
import type { Connected, PostDeps } from './deps.ts'

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

/** The newest status of a deployment if it is final, which is logged. `question` completes "It is not known whether …". */
export async function readFinal(
  { deployments, log }: FinalizeDeps,
  lookUps: LookUps,
  id: number,
  question: string
): Promise<Status | undefined> {
  const newest = await lookUps.ask(question, until => deployments.latestStatus(id, '', until))
  if (!newest || !isFinal(newest.state)) return undefined
  log.info(`Deployment ${id} is already \`${newest.state}\`.`)
  return newest
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

/** Whether a record was written before a `finish` posted this status. A final state without a status came after it. */
const isOlder = ({ finished, finalStatusId }: StartRecord, statusId: number): boolean =>
  finished === undefined ? finalStatusId <= statusId : finalStatusId > 0 && finalStatusId < statusId

/**
 * The post step of a `finish`: writes what was posted to the journal again, in case another step changed it, and
 * completes what an interruption left: it posts the state if GitHub does not have it.
 */
export async function completeFinish(post: PostDeps, saved: FinishRecord): Promise<void> {
  for (const one of saved.posted) {
    const known = post.journal.all().filter(({ id }) => id === one.id)
    // Post steps run in reverse order, so later steps of the job have written their newer state already.
    if (known.every(record => isOlder(record, one.finalStatusId))) post.journal.update(one.id, one)
  }
  if (saved.pending.length === 0) return post.step.log.info('Nothing to finish.')
  const deps = await post.connect(saved)
  for (const one of saved.pending) {
    try {
      const posted = finalFields(await complete(deps, saved, one))
      if (posted.finished === undefined) continue
      post.journal.update(one.id, { ...posted, finishHadUrl: true, finishHadState: true })
      if (posted.finished === 'success') await recordDeployed(deps, post.step.input('artifacts'), one)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      deps.log.warning(
        `The \`finish\` was interrupted, and the final state of deployment ${one.id} could not be posted. ${error.message}`,
        error.section
      )
    }
  }
}

/** The final state that GitHub has, or the one that is posted now. */
async function complete(deps: Connected, { repository }: FinishRecord, pending: PendingStatus) {
  const { id, state, reason } = pending
  const onFailure = describeOpen({ ...pending, state: 'none' }, manualRemedy(id))
  const lookUps = lookUpsBefore(deps.clock)
  const newest = await readFinal(deps, lookUps, id, 'the `finish` has finished it already')
  if (newest) return { ...newest, statusId: newest.id, userDescription: newest.description }
  const target = targetFromRecord(newStartRecord({ ...pending, repository, statusId: pending.newerThan }))
  const request = { ...pending, target, outcome: { state, reason }, onFailure }
  const result = await finalize(deps, request, lookUps)
  deps.log.info(resultLines(deps.run, result))
  return result
}
