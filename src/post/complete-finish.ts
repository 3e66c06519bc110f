import { isFinal } from '../deployment/deployment.ts'
import type { FinishRecord, PendingStatus } from '../deployment/finish-record.ts'
import { finalFields, newStartRecord } from '../deployment/start-record.ts'
import { recordDeployed } from '../finalize/artifacts.ts'
import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import { finalize } from '../finalize/finalize.ts'
import { lookUpsBefore } from '../finalize/look-ups.ts'
import { targetFromRecord } from '../finalize/target.ts'
import { ActionError } from '../lib/errors.ts'
import { resultLines } from '../report/result.ts'
import type { Connected, PostDeps } from './deps.ts'

/**
 * The post step of a `finish`: writes what was posted to the journal again, in case another step changed it, and
 * completes what an interruption left: it posts the state if GitHub does not have it.
 */
export async function completeFinish(post: PostDeps, saved: FinishRecord): Promise<void> {
  for (const one of saved.posted) post.journal.update(one.id, one)
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
  const isDone = 'the `finish` has finished it already'
  const newest = await lookUps.ask(isDone, until => deps.deployments.latestStatus(id, '', until))
  if (newest && isFinal(newest.state)) {
    deps.log.info(`Deployment ${id} is already \`${newest.state}\`.`)
    return { ...newest, statusId: newest.id, userDescription: newest.description }
  }
  const target = targetFromRecord(newStartRecord({ ...pending, repository, statusId: pending.newerThan }))
  const request = { ...pending, target, outcome: { state, reason }, onFailure }
  const result = await finalize(deps, request, lookUps)
  deps.log.info(resultLines(deps.run, result))
  return result
}
