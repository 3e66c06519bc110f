import { type NewStatus, type ReadState, type Status, UNFINISHED_STATES } from '../deployment/deployment.ts'
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
  const { id, environment, finished = 'success' } = record
  const url = record.finishHadUrl || record.hadUrl ? '' : lateUrl(post, record)
  const late = record.finishHadState ? undefined : lateState(post, record)
  const correction = late?.state === finished ? undefined : late
  if (!correction && (url === '' || url === record.finalUrl)) {
    deps.log.info(`Deployment ${id} is already \`${finished}\`: a step of this job finished it.`)
    return finished
  }
  const newest = await readNewest(deps, record, record.finalStatusId)
  if (newest?.id !== record.finalStatusId) return newest?.state ?? 'none'
  const status = await postAgain(deps, record, {
    state: correction?.state ?? finished,
    description: correction ? description(correction.reason, record.finalDescription) : newest.description,
    environmentUrl: url || record.finalUrl,
    logUrl: record.finalLogUrl || record.logUrl
  })
  post.journal.update(id, { finalStatusId: status.id })
  if (correction && finished === 'success') {
    const previous = record.previousId > 0 ? ` (deployment ${record.previousId})` : ''
    deps.log.warning(
      `Deployment ${id} was \`success\` and is now \`${correction.state}\`, because \`state\` on \`start\` became known after \`finish\`. Earlier deployments of "${environment}" may already have been made inactive${previous}. To avoid this, give \`state\` to \`finish\`.`,
      'changed'
    )
  }
  return status.state
}

/** With `auto-finish: false`: posts the unfinished state once more with a late URL, for the `finish` that follows. */
export async function repeatUnfinished(post: PostDeps, deps: Connected, record: StartRecord): Promise<void> {
  const url = record.hadUrl ? '' : lateUrl(post, record)
  deps.log.info(`Deployment ${record.id} stays open for a later \`finish\`.`)
  if (url === '' || url === record.environmentUrl) return
  const newest = await readNewest(deps, record, record.statusId)
  const state = UNFINISHED_STATES.find(each => each === newest?.state)
  if (newest?.id !== record.statusId || state === undefined) return
  await postAgain(deps, record, { state, description: newest.description, environmentUrl: url, logUrl: record.logUrl })
}

/** What exists if a late value could not be added. */
const keepsIts = ({ id, environment }: StartRecord): string =>
  `Deployment ${id} of "${environment}" keeps its status without the late values.`

/** The newest status. Logs that late values are left out if it is not the expected one. */
async function readNewest(
  { deployments, log }: Connected,
  record: StartRecord,
  expectedId: number
): Promise<Status | undefined> {
  const newest = await deployments.latestStatus(record.id, keepsIts(record))
  if (newest?.id !== expectedId) {
    log.info(
      `Deployment ${record.id} is ${newest?.state ?? 'without a status'} now. It was changed after this job reported it, so late values are left out.`
    )
  }
  return newest
}

async function postAgain({ deployments, log }: Connected, record: StartRecord, status: NewStatus): Promise<Status> {
  const newerThan = Math.max(record.finalStatusId, record.statusId)
  const posted = await deployments.setStatus(record.id, status, { newerThan, onFailure: keepsIts(record) })
  const url = status.environmentUrl === '' ? '' : `, ${status.environmentUrl}`
  log.info(`Updated: ${status.state}, deployment ${record.id} of ${record.environment}${url}`)
  return posted
}
