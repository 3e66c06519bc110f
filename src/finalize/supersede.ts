import {
  type DeactivationTarget,
  inactiveStatus,
  isFinal,
  type ListedDeployment,
  type Origin,
  sameName,
  toDeactivationTarget
} from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { Deployments } from '../github/deployments.ts'
import { messageOf } from '../lib/errors.ts'
import { describeOpen } from './error-context.ts'
import {
  type FinalizeDeps,
  type FinalizeRequest,
  type FinalizeResult,
  type LookUps,
  postOutcome
} from './final-status.ts'
import type { Target } from './target.ts'

/** Completes "It is not known whether …". */
export const NEWER_SUCCESS = 'a newer deployment of the environment has succeeded'

// GitHub's lists can lag behind its writes.
const LAG_MS = 7_000

/** A deployment, and whether those of other tasks count. */
type Scope = Pick<FinalizeRequest, 'target' | 'autoInactive' | 'onFailure'>

/** The deployments that share the scope: the environment, and with `task` the task as well. */
function isInScope(request: Scope, other: ListedDeployment): boolean {
  const { target, autoInactive } = request
  const isSameTask = autoInactive === 'all' || other.task === target.task
  return other.id !== target.id && sameName(other.environment, target.environment) && isSameTask
}

/** A newer deployment of the scope that succeeded. The list is newest first, so the search ends at this deployment. */
export async function newerSuccess(
  deps: Pick<FinalizeDeps, 'deployments'>,
  request: Scope,
  until = Infinity
): Promise<ListedDeployment | undefined> {
  const { id, environment } = request.target
  // In a dry run the deployment does not exist; it would be the newest.
  if (id === 0) return undefined
  for await (const page of deps.deployments.list([environment], request.onFailure, until)) {
    const found = page.find(other => isNewer(request, other) && other.state === 'success')
    if (found || page.some(other => other.id <= id)) return found
  }
  return undefined
}

const isNewer = (request: Scope, other: ListedDeployment): boolean =>
  request.target.id > 0 &&
  other.id > request.target.id &&
  isInScope(request, other) &&
  !isReplaced(request.target.record, other)

/** A deployment that is deployed once more, such as for a rollback, replaces those that existed before. */
function isReplaced(record: StartRecord | undefined, other: ListedDeployment): boolean {
  if (!record?.wasFinal) return false
  // The clock of this runner can be wrong, so the time counts only if the deployments could not be read.
  const { newestKnownId, startedAt } = record
  return newestKnownId > 0 ? other.id <= newestKnownId : Date.parse(other.createdAt) < startedAt
}

/** The job that started or reused a deployment; empty if it is not known. */
function jobOf({ run }: FinalizeDeps, { origin, record }: Target): string {
  if (record) return JSON.stringify([run.runId, run.runAttempt, run.job, record.checkRunId || null])
  return jobOfOrigin(origin)
}

function jobOfOrigin(origin: Origin | undefined): string {
  if (!origin?.runId) return ''
  const { runId, runAttempt, job, checkRunId } = origin
  return JSON.stringify([runId, runAttempt, job, checkRunId ?? null])
}

/**
 * Makes this deployment inactive, because a newer one of its scope has succeeded. Steps of one job run in the order of
 * the workflow, so two deployments of the same job are no reason for a warning.
 */
export async function yieldTo(
  deps: FinalizeDeps,
  request: FinalizeRequest,
  newer: ListedDeployment
): Promise<FinalizeResult> {
  const job = jobOf(deps, request.target)
  const isSameJob = job !== '' && job === jobOfOrigin(newer.origin)
  const text = isSameJob
    ? `Deployment ${request.target.id} of "${request.target.environment}" becomes inactive: the newer deployment ${newer.id} of this job has succeeded.`
    : `Deployment ${request.target.id} ended after the newer deployment ${newer.id} of "${request.target.environment}" had succeeded, so it becomes inactive. The environment may run the older commit. To prevent this, set \`concurrency\` in the workflow.`
  if (isSameJob) deps.log.info(text)
  else deps.log.warning(text, 'superseded')
  return postOutcome(deps, request, { state: 'inactive', reason: `Superseded by ${newer.id}` })
}

/**
 * After a success: makes the earlier deployments inactive, or becomes inactive itself if a newer one has succeeded
 * meanwhile. If a newer one is unfinished, the list may lag behind its success, so it is read a second time.
 */
export async function supersede(
  deps: FinalizeDeps,
  request: FinalizeRequest,
  success: FinalizeResult,
  lookUps: LookUps
): Promise<FinalizeResult> {
  const { id, environment } = request.target
  const earlier: DeactivationTarget[] = []
  let newer: ListedDeployment | undefined
  let isRacing = false
  await lookUps.ask(`${NEWER_SUCCESS}, or earlier ones are still shown as active`, async () => {
    for await (const page of deps.deployments.list([environment])) {
      const active = page.filter(other => other.state === 'success' && isInScope(request, other))
      newer = active.find(other => isNewer(request, other))
      if (newer) break
      isRacing ||= page.some(other => isNewer(request, other) && !isFinal(other.state))
      earlier.push(...active.map(toDeactivationTarget))
    }
  })
  if (newer) return yieldTo(deps, request, newer)
  const reason = id === 0 ? 'Superseded' : `Superseded by ${id}`
  const marked = await markInactive(deps.deployments, earlier, reason, request.logUrl)
  const failures = [...marked.failures, ...marked.gone]
  if (failures.length > 0) {
    deps.log.warning(
      `Deployment ${id} succeeded, but earlier ones of "${environment}" may still be shown as active (${failures.length} could not be made inactive): ${messageOf(failures[0])}`,
      'earlier'
    )
  }
  if (isRacing) {
    await deps.deployments.pause(LAG_MS)
    newer = await lookUps.ask(NEWER_SUCCESS, until => newerSuccess(deps, { ...request, onFailure: '' }, until))
    if (newer) return yieldTo(deps, request, newer)
  }
  return { ...success, deactivated: marked.done.length }
}

interface MarkedInactive {
  readonly done: readonly DeactivationTarget[]
  readonly failures: readonly Error[]
  /** Failures for which GitHub answered 404: most likely the deployments were deleted in the meantime. */
  readonly gone: readonly Error[]
}

/** Marks deployments inactive with the same description and log URL. Continues after a failure. */
export async function markInactive(
  deployments: Deployments,
  targets: readonly DeactivationTarget[],
  description: string,
  logUrl: string
): Promise<MarkedInactive> {
  const done: DeactivationTarget[] = []
  const failures: Error[] = []
  const gone: Error[] = []
  const statusOf = (one: DeactivationTarget) => inactiveStatus(one, description, logUrl)
  for await (const written of deployments.setStatuses(targets, statusOf, describeOpen)) {
    for (const { item, error, isGone } of written) {
      if (!error) done.push(item)
      else (isGone ? gone : failures).push(error)
    }
  }
  return { done, failures, gone }
}
