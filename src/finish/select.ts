import { type ListedDeployment, sameName } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { warnAboutCommas } from '../finalize/bare-comma.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import { targetFromDeployment, targetFromRecord } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'
import { deploymentOfEvent } from '../runner/infer.ts'
import { findLeftOpen, isCleanupRun } from './cleanup.ts'
import { listRecent, requireState, selectFromOtherJobs } from './other-jobs.ts'
import { matchesInputs, NONE, type Selection } from './selection.ts'

/** The first of these that exists: named by id, begun by this job, the event's, left open by the run. */
export async function selectDeployments(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs
): Promise<Selection> {
  if (inputs.deploymentId !== undefined) return byId(deps, inputs, inputs.deploymentId)
  const here = deps.journal.all().filter(record => sameName(record.repository, inputs.repository))
  const made = here.filter(record => isMade(record) && matchesInputs(inputs, record))
  if (made.length === 0) warnAboutCommas(deps.log, inputs.environments, here)
  // Two starts may have taken over the same one: it is one deployment, known best by the later.
  const byIds = new Map(made.map(record => [record.id, record]))
  const open = [...byIds.values()].filter(record => record.finished === undefined)
  if (open.length > 0) return { ...NONE, targets: open.map(targetFromRecord) }

  const ofEvent = deploymentOfEvent(run, inputs.repository, '')
  const isOurs = made.some(record => record.id === ofEvent?.id)
  if (ofEvent && !isOurs && matchesInputs(inputs, ofEvent)) return byId(deps, inputs, ofEvent.id)

  const finished = {
    ...NONE,
    finished: made.map(targetFromRecord),
    isQuiet: here.some(record => !isMade(record))
  }
  const hasBegun = made.length > 0 || finished.isQuiet
  if (hasBegun && inputs.results.length === 0) return finished
  if (isCleanupRun(run) && !hasBegun) return leftOrDead(deps, run, inputs)
  requireState(deps, run, inputs)
  const left = await selectFromOtherJobs(deps, run, inputs, listRecent(deps, inputs))
  return isAnything(left) ? left : finished
}

const isAnything = ({ targets, finished }: Selection): boolean =>
  targets.length + finished.length > 0

/** With one look at all: what this run left goes before what others did. */
async function leftOrDead(deps: Deps, run: RunContext, inputs: FinishInputs): Promise<Selection> {
  const ours: ListedDeployment[] = []
  for await (const page of listRecent(deps, inputs)) {
    ours.push(...page.filter(one => readOrigin(one.payload) !== undefined))
  }
  const left = await selectFromOtherJobs(deps, run, inputs, [ours])
  return isAnything(left) ? left : { ...NONE, cleanup: await findLeftOpen(deps, run, inputs, ours) }
}

/** A start may have made nothing: a refusal that was tolerated, a read-only token, a dry run. */
const isMade = (record: StartRecord): boolean =>
  record.id > 0 && record.phase !== 'nothing' && !record.dryRun

async function byId(deps: Deps, inputs: FinishInputs, id: number): Promise<Selection> {
  const record = deps.journal.all().findLast(known => known.id === id && !known.dryRun)
  if (record && matchesInputs(inputs, record))
    return { ...NONE, targets: [targetFromRecord(record)] }
  const [deployment, status] = await Promise.all([
    deps.deployments.get(id, NOTHING_CHANGED),
    deps.deployments.latestStatus(id, NOTHING_CHANGED)
  ])
  if (!matchesInputs(inputs, deployment)) {
    throw new InputError(
      `deployment-id: deployment ${id} is of environment "${deployment.environment}" and task "${deployment.task}", not of what "environment" and "task" name; nothing was changed`
    )
  }
  const target = targetFromDeployment(
    deployment,
    status?.state ?? 'none',
    status?.environmentUrl ?? ''
  )
  return { ...NONE, targets: [target] }
}

export const nothingFound = (inputs: FinishInputs): ActionError =>
  new ActionError(
    `Found no deployment to finish in ${inputs.repository}: this job has begun none, and no other job of this run left one open. A "start" in another job needs "auto-finish: false"; any other deployment needs "deployment-id".`
  )
