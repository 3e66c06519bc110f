import { type NewStatus, type ReadState, type Status, UNFINISHED_STATES } from '../deployment/deployment.ts'
import {
  canceledState,
  finalOutcomeOf,
  INCOMPLETE_START,
  isKnownResult,
  isUnfinishedResult,
  type Outcome,
  outcomeOfCommandInPost,
  outcomeOfInterruptedStart,
  parseResults,
  worstResult
} from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { usableUrl } from '../inputs/parsers.ts'
import { description } from '../lib/text.ts'
import { type Connected, isNested, type PostDeps } from './deps.ts'

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
  // Main did not post the URL that the command wrote.
  const late = record.hadUrl || record.finishHadUrl ? '' : lateUrl(post, record)
  const url = record.isUrlFromCommand ? record.environmentUrl : late
  deps.log.info(`${record.id === 0 ? 'The deployment' : `Deployment ${record.id}`} stays open for a later \`finish\`.`)
  // In a dry run, no status of this job is there to repeat.
  if (record.dryRun || url === '' || (url === record.environmentUrl && !record.isUrlFromCommand)) return
  // A `finish` of this job can have posted another unfinished state.
  const expectedId = Math.max(record.statusId, record.finalStatusId)
  const newest = await readNewest(deps, record, expectedId)
  const state = UNFINISHED_STATES.find(each => each === newest?.state)
  if (newest?.id !== expectedId || state === undefined || newest.environmentUrl === url) return
  const logUrl = record.finalLogUrl || record.logUrl
  await postAgain(deps, record, { state, description: newest.description, environmentUrl: url, logUrl })
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

/** The outcome of a `start` in its post step: the command, else the late `state`, else the job's result. */
export function lateOutcome(post: PostDeps, record: StartRecord): Outcome {
  const { step } = post
  const jobStatus = step.input('job-status')
  const cancelledState = canceledState(record.cancelledState, record.transient)
  if (record.hasCommand) {
    const { exitCode, phase } = record
    const hasStarted = phase === 'started'
    return outcomeOfCommandInPost({ exitCode, hasStarted, jobStatus, cancelledState })
  }
  const results = isNested(post, record)
    ? resultsOfNested(record)
    : parseResults(step.input('state') || record.givenState)
  const outcome = finalOutcomeOf({ results, jobStatus, cancelledState })
  if (outcome.isUnknown) {
    step.log.warning(`${outcome.reason}: the deployment becomes \`${outcome.state}\`.`, 'lateValues')
  }
  const isCompleted = record.phase === 'started' || record.hasEnded
  if (!isCompleted) return outcomeOfInterruptedStart(outcome, cancelledState)
  // The job went on after a `start` that failed, and no `finish` will find this deployment.
  const isAbandoned = !record.autoFinish && outcome.state === 'success'
  return isAbandoned ? INCOMPLETE_START : outcome
}

/** The late `state` can belong to another composite action, and main's was evaluated before the deploy. */
function resultsOfNested({ givenState }: StartRecord): readonly string[] {
  const results = parseResults(givenState)
  return worstResult(results) === 'success' ? [] : results
}

/** The late environment URL; empty if main or the command had one, or if it is not usable. */
export function lateUrl(post: PostDeps, record: StartRecord): string {
  const { step } = post
  if (record.isUrlFromCommand || (isNested(post, record) && record.hadUrl)) return ''
  return usableUrl(step.input('environment-url'), text => step.log.warning(text, 'lateValues'))
}

/** A late text. In a composite inside a composite, one that main had stays. */
export const lateText = (post: PostDeps, record: StartRecord, name: 'description' | 'artifacts'): string =>
  isNested(post, record) && record[name] !== '' ? record[name] : post.step.input(name) || record[name]

/** The final state that a late `state` names, if main had none. An invalid one is left out with a warning. */
function lateState(post: PostDeps, record: StartRecord): Outcome | undefined {
  const { step } = post
  const isLate = record.givenState === '' && !record.hasCommand && !isNested(post, record)
  const results = isLate ? parseResults(step.input('state')) : []
  if (results.length === 0) return undefined
  const invalid = results.find(result => !isKnownResult(result) || isUnfinishedResult(result))
  if (invalid !== undefined) {
    step.log.warning(`state: "${invalid}" is not a final state or result. It is left out.`, 'lateValues')
    return undefined
  }
  const cancelledState = canceledState(record.cancelledState, record.transient)
  return finalOutcomeOf({ results, jobStatus: step.input('job-status'), cancelledState })
}
