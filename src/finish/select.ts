import { type ListedDeployment, sameName } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import { targetFromDeployment, targetFromRecord, warnAboutCommas } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { deploymentOfEvent } from '../runner/infer.ts'
import { isAtWork } from '../runner/journal.ts'
import { findLeftOpen, isCleanupRun } from './cleanup.ts'
import { selectFinal } from './requests.ts'
import { selectFromRun } from './run-deployments.ts'
import { finalizeOnly, isOfRun, listRecent, matchesInputs, type Selection } from './selection.ts'

/**
 * Selects the first of these that exists: the deployment named by id, those of this job, the one of the event, those
 * that other jobs of the run left open, what other runs left open (contract, section 2).
 */
export async function selectDeployments(deps: Deps, inputs: FinishInputs): Promise<Selection> {
  const { run } = deps
  if (inputs.deploymentId !== undefined) return selectById(deps, inputs, inputs.deploymentId)
  const records = deps.journal.all().filter(record => sameName(record.repository, inputs.repository) && !record.dryRun)
  rejectIfAtWork(records, inputs)
  const made = latestOfEach(records.filter(isMade))
  const matching = made.filter(record => matchesInputs(inputs, record))
  const open = matching.filter(record => record.finished === undefined)
  if (open.length > 0) return finalizeOnly(open.map(targetFromRecord))

  const ofEvent = deploymentOfEvent(run, inputs.repository, '')
  const isReused = matching.some(record => record.id === ofEvent?.id)
  if (ofEvent && !isReused && matchesInputs(inputs, ofEvent)) {
    return selectById(deps, inputs, ofEvent.id)
  }
  if (matching.length > 0) return selectFinal(deps, inputs, matching.map(targetFromRecord))

  const isCleanup = isCleanupRun(run) && inputs.results.length === 0 && records.length === 0
  if (!isCleanup) return selectFromRun(deps, inputs, listRecent(deps, inputs.environments))
  return selectForCleanup(deps, inputs)
}

/** One list serves both: the deployments of this run come before those of other runs. */
async function selectForCleanup(deps: Deps, inputs: FinishInputs): Promise<Selection> {
  const ours: ListedDeployment[] = []
  for await (const page of listRecent(deps, inputs.environments)) {
    ours.push(...page.filter(one => one.origin !== undefined))
  }
  if (ours.some(one => isOfRun(deps.run, one))) return selectFromRun(deps, inputs, [ours])
  if (!ours.some(one => matchesInputs(inputs, one))) warnAboutCommas(deps.log, inputs.environments, ours)
  return findLeftOpen(deps, inputs, ours)
}

/** Throws if a background `start` of this job, which this `finish` could be about, has not completed. */
function rejectIfAtWork(records: readonly StartRecord[], inputs: FinishInputs): void {
  const atWork = records.find(record => isAtWork(record) && matchesInputs(inputs, record))
  if (!atWork) return
  throw new ActionError(
    `A \`start\` step of this job has not finished yet (environment "${atWork.environment}"). Add a \`wait\` step for it before this step.`,
    { section: 'background' }
  )
}

/** A start can have made nothing: a tolerated error, or a read-only token. */
const isMade = (record: StartRecord): boolean => record.id > 0 && record.phase !== 'nothing'

/** Two starts can reuse one deployment; the later record describes it best. */
const latestOfEach = (records: readonly StartRecord[]): StartRecord[] => [
  ...new Map(records.map(record => [record.id, record])).values()
]

async function selectById(deps: Deps, inputs: FinishInputs, id: number): Promise<Selection> {
  const record = deps.journal.all().findLast(known => known.id === id && !known.dryRun)
  if (record && record.finished === undefined && matchesInputs(inputs, record)) {
    rejectIfAtWork([record], inputs)
    return finalizeOnly([targetFromRecord(record)])
  }
  const [deployment, status] = await Promise.all([
    deps.deployments.get(id, NOTHING_CHANGED),
    deps.deployments.latestStatus(id, NOTHING_CHANGED)
  ])
  if (!matchesInputs(inputs, deployment)) {
    throw new InputError(
      `deployment-id: deployment ${id} has the environment "${deployment.environment}" and the task "${deployment.task}", which "environment" and "task" do not match. Nothing was changed.`
    )
  }
  // What a `finish` of this job posted is known exactly. GitHub has it with the result, and cut.
  if (record && status && record.finalStatusId === status.id)
    return selectFinal(deps, inputs, [targetFromRecord(record)])
  const target = targetFromDeployment(deployment, status)
  return selectFinal(deps, inputs, [record ? { ...target, record } : target])
}
