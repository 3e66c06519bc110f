import { isFinal } from '../deployment/deployment.ts'
import { parseFinishRecord } from '../deployment/finish-record.ts'
import { parseResults, STATE_IGNORED } from '../deployment/outcome.ts'
import { parseStartRecord, STEP_FIELDS, type StartRecord } from '../deployment/start-record.ts'
import { recordDeployed } from '../finalize/artifacts.ts'
import { describeDeleted, describeOpen, isDeleted, manualRemedy } from '../finalize/error-context.ts'
import { type FinalizeRequest, type LookUps, lookUpsBefore, NOTHING_SENT } from '../finalize/final-status.ts'
import { targetFromRecord } from '../finalize/target.ts'
import { parseFields } from '../lib/json.ts'
import { resultLines } from '../report/result.ts'
import { finalizedSummary } from '../report/summary.ts'
import { STATE_PLACE } from '../runner/journal.ts'
import type { Step } from '../runner/step.ts'
import { type Connected, isNested, openPost, type PostDeps } from './deps.ts'
import { completeFinish, finalizeUntilLast, readFinal, replaceInterrupted } from './finalize-again.ts'
import { findDeployment, findRecord } from './find-deployment.ts'
import { completeFinal, lateOutcome, lateText, lateUrl, repeatUnfinished } from './late-values.ts'

/**
 * The post step: gives the deployment of a `start` its final state, and completes an interrupted `finish`. It can
 * create nothing. Of the inputs it reads again only those that can become known late.
 */
export async function runPost(step: Step): Promise<void> {
  const post = openPost(step)
  const saved = post.seal.open(step.savedState, STATE_PLACE)
  const finished = parseFinishRecord(saved)
  if (finished) return completeFinish(post, finished)
  const isStart = saved === undefined && (step.input('mode') || 'start') === 'start'
  const record = parseStartRecord(saved) ?? (isStart ? await findRecord(post) : undefined)
  if (!record || record.phase === 'nothing') return step.log.info('Nothing to finish.')
  await finishStart(post, record)
}

async function finishStart(post: PostDeps, saved: StartRecord): Promise<void> {
  const { log } = post.step
  const deps = await post.connect(saved)
  const found = await findDeployment(deps, saved)
  if (!found) return log.info('Nothing to finish: no deployment was created.')
  try {
    await finishFound(post, deps, found)
  } catch (error) {
    if (!(await isDeleted(deps, found, error))) throw error
    log.notice(describeDeleted(found))
  }
}

async function finishFound(post: PostDeps, deps: Connected, found: StartRecord): Promise<void> {
  const { log } = post.step
  // A record that is older than this `start` says nothing about it: it has reused the deployment since.
  const finished = post.journal
    .all()
    .find(one => one.id === found.id && one.finished !== undefined && one.startedAt >= found.startedAt)
  const known = finished ?? post.journal.get(found.key)
  // A step of this job noticed that the deployment was deleted.
  if (known?.phase === 'nothing') return log.info('Nothing to finish.')
  // Later steps of the job have added these fields since main saved the record.
  const record: StartRecord = { ...found, ...(known && parseFields(STEP_FIELDS, known)) }
  if (record.hasCommand && !isNested(post, record) && parseResults(post.step.input('state')).length > 0) {
    log.warning(STATE_IGNORED, 'inputs')
  }
  const outcome = record.hasCommand ? lateOutcome(post, record) : undefined
  const isCanceled = post.step.input('job-status').toLowerCase() === 'cancelled'
  // Main posted the state of a canceled job, but the job goes on: the step took too long, or a `cancel:` step ended it.
  const isReplaced = record.wasInterrupted && !isCanceled && record.finished !== undefined
  if (isReplaced && record.finished !== outcome?.state)
    return finalizeStart(post, deps, record, lookUpsBefore(deps.clock))
  if (record.finished !== undefined) {
    // Late values of this `start` are older than those of a later `start` of the same deployment.
    const isTakenOver = post.journal
      .all()
      .some(one => one.id === found.id && one.startedAt > found.startedAt && one.phase !== 'nothing')
    const given = isTakenOver ? { ...record, finishHadUrl: true, finishHadState: true } : record
    const state = await completeFinal(post, deps, given)
    const isMissing = state === 'success' && !record.areArtifactsRecorded
    return isMissing ? recordDeployed(deps, lateText(post, record, 'artifacts'), record) : undefined
  }
  if (isLeftToFinish(record)) {
    await repeatUnfinished(post, deps, record)
    if (record.dryRun) log.info(NOTHING_SENT)
    if (lateText(post, record, 'artifacts') === '') return
    return log.warning(
      'artifacts: not recorded, because this job does not finish the deployment. Set `artifacts` on the `finish` step.',
      'artifacts'
    )
  }
  const mayBeFinal = !known || record.isFinishing || record.exitCode !== undefined || record.wasInterrupted
  const lookUps = lookUpsBefore(deps.clock)
  if (mayBeFinal && record.id > 0 && !record.dryRun) {
    if (await readFinal(deps, lookUps, record.id, 'a step of this job has finished it already')) return
  }
  await finalizeStart(post, deps, record, lookUps)
}

const onFailure = (record: StartRecord) =>
  describeOpen({ ...record, state: record.finished ?? 'none' }, manualRemedy(record.id))

/** Left to a `finish` in another job. A `start` that did not complete, or whose command failed, is finished here. */
const isLeftToFinish = (record: StartRecord): boolean =>
  !record.autoFinish && record.phase === 'started' && (!record.hasCommand || record.exitCode === 0)

/** The description that a `finish` with an unfinished `state` was given; empty if it kept that of `start`. */
const finishDescription = ({ finalDescription, description }: StartRecord): string =>
  finalDescription === description ? '' : finalDescription

async function finalizeStart(post: PostDeps, deps: Connected, record: StartRecord, lookUps: LookUps): Promise<void> {
  const { step, run, journal } = post
  const request: FinalizeRequest = {
    target: targetFromRecord(record),
    outcome: lateOutcome(post, record),
    description: finishDescription(record) || lateText(post, record, 'description'),
    environmentUrl: (record.finishHadUrl && record.finalUrl) || lateUrl(post, record) || record.environmentUrl,
    logUrl: record.finalLogUrl || record.logUrl,
    autoInactive: record.autoInactive,
    onFailure: onFailure(record)
  }
  const result = record.finished
    ? await replaceInterrupted(deps, request)
    : await finalizeUntilLast(deps, record, request, lookUps)
  if (!result) {
    return step.log.info(`Deployment ${record.id} was changed after the interruption.`)
  }
  if (isFinal(result.state)) journal.update(record.id, { finished: result.state })
  if (!record.dryRun) step.log.info(resultLines(run, result))
  const facts = { now: step.clock.now(), isDryRun: record.dryRun }
  if (record.summary) step.writeSummary(finalizedSummary(run, result, facts))
  if (result.state === 'success') await recordDeployed(deps, lateText(post, record, 'artifacts'), record)
  if (record.dryRun) step.log.info(NOTHING_SENT)
}
