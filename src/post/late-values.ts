import type { NewStatus, ReadState, State, Status } from '../deployment/deployment.ts'
import type { Outcome } from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { description } from '../lib/text.ts'
import type { Connected, PostDeps } from './deps.ts'
import { lateState, lateUrl } from './late-inputs.ts'

/**
 * Completes a final state with what became known after it: a late `environment-url`, or a late `state` that differs.
 * Adds one status, and only if the newest status is still the one that this job posted (contract, section 2).
 * Returns the state that the deployment has.
 */
export async function completeFinal(post: PostDeps, deps: Connected, record: StartRecord): Promise<ReadState> {
  const finished = record.finished ?? 'success'
  const url = record.finishHadUrl || record.hadUrl ? '' : lateUrl(post, record)
  const outcome = record.finishHadState ? undefined : lateState(post, record)
  const isCorrection = outcome !== undefined && outcome.state !== finished
  const isNewUrl = url !== '' && url !== record.finalUrl
  if (!isCorrection && !isNewUrl) {
    deps.log.info(`Deployment ${record.id} is ${finished} already: a step of this job finished it.`)
    return finished
  }
  const newest = await deps.deployments.latestStatus(record.id, keepsIts(record))
  if (!newest || newest.id !== record.finalStatusId) {
    logChanged(deps, record, newest)
    return newest?.state ?? 'none'
  }
  const next: Outcome = isCorrection ? outcome : { state: finished, reason: '' }
  const status = await postAgain(deps, record, {
    state: next.state,
    description: isCorrection ? description(next.reason, record.finalDescription) : newest.description,
    environmentUrl: url || record.finalUrl,
    logUrl: record.finalLogUrl || record.logUrl
  })
  post.journal.update(record.id, { finalStatusId: status.id })
  deps.log.info(
    `Updated: ${next.state}, deployment ${record.id} of ${record.environment}${url === '' ? '' : `, ${url}`}`
  )
  if (isCorrection && finished === 'success') warnAboutCorrection(deps, record, next.state)
  return next.state
}

/** With `auto-finish: false`: posts the unfinished state once more with a late URL, for the `finish` that follows. */
export async function repeatUnfinished(post: PostDeps, deps: Connected, record: StartRecord): Promise<void> {
  const url = record.hadUrl || record.isUrlFromCommand ? '' : lateUrl(post, record)
  deps.log.info(`Deployment ${record.id} is left to a later \`finish\`.`)
  if (url === '' || url === record.environmentUrl) return
  const newest = await deps.deployments.latestStatus(record.id, keepsIts(record))
  if (!newest || newest.id !== record.statusId) return logChanged(deps, record, newest)
  const { state } = newest
  if (state !== 'in_progress' && state !== 'queued' && state !== 'pending') return
  await postAgain(deps, record, {
    state,
    description: newest.description,
    environmentUrl: url,
    logUrl: record.logUrl
  })
  deps.log.info(`Updated: ${state}, deployment ${record.id} of ${record.environment}, ${url}`)
}

/** What exists if a late value could not be added. */
const keepsIts = ({ id, environment }: StartRecord): string =>
  `Deployment ${id} of "${environment}" keeps its status without the late values.`

const postAgain = ({ deployments }: Connected, record: StartRecord, status: NewStatus): Promise<Status> =>
  deployments.setStatus(record.id, status, {
    newerThan: Math.max(record.finalStatusId, record.statusId),
    onFailure: keepsIts(record)
  })

function logChanged({ log }: Connected, { id }: StartRecord, newest: Status | undefined): void {
  log.info(
    `Deployment ${id} is ${newest?.state ?? 'without a status'} now. It was changed after this job reported it, so late values are left out.`
  )
}

function warnAboutCorrection({ log }: Connected, record: StartRecord, state: State): void {
  const previous = record.previousId > 0 ? ` (deployment ${record.previousId})` : ''
  log.warning(
    `Deployment ${record.id} was \`success\` and is now \`${state}\`, because \`state\` on \`start\` became known after \`finish\`. Earlier deployments of "${record.environment}" may already have been made inactive${previous}. To avoid this, give \`state\` to \`finish\`.`
  )
}
