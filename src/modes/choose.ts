import type { Begun } from '../begun.ts'
import type { RunContext } from '../context.ts'
import { isUnfinished, type ListedDeployment, sameName } from '../deployment.ts'
import { ActionError, InputError } from '../errors.ts'
import { matchesAny } from '../glob.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { readOrigin } from '../payload.ts'
import { eventDeployment } from '../target.ts'
import { fromBegun, fromDeployment, fromListed, type Target } from './target.ts'
import type { Tools } from './tools.ts'

/** Which deployments a `finish` is about. */
export interface Choice {
  /** They get the verdict. */
  readonly targets: readonly Target[]
  /** Unfinished ones of the same environment and task that a newer one of the run replaced. */
  readonly replaced: readonly { readonly target: Target; readonly by: number }[]
  /** Final already: there is nothing to do for them. */
  readonly finished: readonly Target[]
  /** A `start` of this job made nothing, so that finding nothing is no mistake. */
  readonly isQuiet: boolean
}

const NONE: Choice = { targets: [], replaced: [], finished: [], isQuiet: false }

// A run lasts at most 35 days.
const MAX_AGE_MS = 40 * 24 * 3_600_000

/** The first of these that exists: named by id, begun by this job, the event's, left open by the run. */
export async function choose(tools: Tools, run: RunContext, inputs: FinishInputs): Promise<Choice> {
  if (inputs.deploymentId !== undefined) return byId(tools, inputs, inputs.deploymentId)
  const here = tools.ledger.all().filter(begun => begun.repository === inputs.repository)
  const made = here.filter(begun => isMade(begun) && isAsked(inputs, begun))
  const open = made.filter(begun => begun.finished === undefined)
  if (open.length > 0) return { ...NONE, targets: open.map(fromBegun) }

  const ofEvent = eventDeployment(run, inputs.repository, '')
  const isOurs = made.some(begun => begun.id === ofEvent?.id)
  if (ofEvent && !isOurs && isAsked(inputs, ofEvent)) return byId(tools, inputs, ofEvent.id)

  const finished = {
    ...NONE,
    finished: made.map(fromBegun),
    isQuiet: here.some(begun => !isMade(begun))
  }
  const hasBegun = made.length > 0 || finished.isQuiet
  if (hasBegun && inputs.results.length === 0) return finished
  const left = await leftOpen(tools, run, inputs)
  return left.targets.length + left.finished.length > 0 ? left : finished
}

/** A start may have made nothing: a refusal that was tolerated, a read-only token, a dry run. */
const isMade = (begun: Begun): boolean => begun.id > 0 && begun.phase !== 'nothing' && !begun.dryRun

const isAsked = (inputs: FinishInputs, one: { environment: string; task: string }): boolean =>
  (inputs.environments.length === 0 || matchesAny(inputs.environments, one.environment)) &&
  (inputs.task === '' || one.task === inputs.task)

async function byId(tools: Tools, inputs: FinishInputs, id: number): Promise<Choice> {
  const begun = tools.ledger.all().find(known => known.id === id && !known.dryRun)
  if (begun && isAsked(inputs, begun)) return { ...NONE, targets: [fromBegun(begun)] }
  const [deployment, status] = await Promise.all([
    tools.deployments.get(id),
    tools.deployments.latestStatus(id)
  ])
  if (!isAsked(inputs, deployment)) {
    throw new InputError(
      `deployment-id: deployment ${id} is of environment "${deployment.environment}" and task "${deployment.task}", not of what "environment" and "task" name; nothing was changed`
    )
  }
  const target = fromDeployment(deployment, status?.state ?? 'none', status?.environmentUrl ?? '')
  return { ...NONE, targets: [target] }
}

/** What other jobs of this run left open for this one, found by our payload. */
async function leftOpen(tools: Tools, run: RunContext, inputs: FinishInputs): Promise<Choice> {
  if (inputs.results.length === 0 && tools.ledger.isKept) throw new InputError(STATE_NEEDED)
  const found: ListedDeployment[] = []
  const oldest = tools.now() - MAX_AGE_MS
  const names = inputs.environments.some(name => /[*?]/.test(name)) ? [] : inputs.environments
  for await (const page of tools.deployments.list(names)) {
    found.push(...page.filter(one => isFor(tools, run, inputs, one)))
    const last = page.at(-1)
    if (last && Date.parse(last.createdAt) < oldest) break
  }
  const asked = found.filter(one => isAsked(inputs, one)).sort((one, other) => other.id - one.id)
  if (found.length === 0 && inputs.results.length === 0) throw new InputError(STATE_NEEDED)
  if (asked.length === 0 && found.length > 0) {
    throw new InputError(
      `environment: none of this run's deployments is meant; it has ${named(found)}`
    )
  }
  const unfinished = asked.filter(one => isUnfinished(one.state))
  const considered = unfinished.length > 0 ? unfinished : asked
  const newest = newestOfEach(considered)
  const isFiltered = inputs.environments.length > 0 || inputs.task !== ''
  if (newest.length > 1 && !isFiltered) {
    throw new InputError(
      `environment: this run left several deployments: ${named(newest)}. Name the one that is meant with "environment" or "task", or all with "environment: *"`
    )
  }
  const toTarget = (one: ListedDeployment) => fromListed(one, run, inputs.repository)
  const targets = newest.map(toTarget)
  if (unfinished.length === 0) {
    // A re-run may come to another verdict; a first attempt has been overtaken by somebody who knew.
    const isRerun = run.runAttempt > 1
    return { ...NONE, ...(isRerun ? { targets } : { finished: targets }) }
  }
  const replaced = unfinished
    .filter(one => !newest.includes(one))
    .map(one => ({ target: toTarget(one), by: newest.find(other => isTwin(one, other))?.id ?? 0 }))
  return { ...NONE, targets, replaced }
}

export const STATE_NEEDED =
  'state: this job has begun no deployment, so its own status is no verdict on those of other jobs. Give the result of the job that deployed, such as "state: ${{ needs.deploy.result }}" or "state: ${{ toJSON(needs) }}"'

/**
 * Made by this run and left for a finish. Where the runner gives no folder for the ledger, also what this
 * very job began: of the same attempt, and of the same check run where that is known.
 */
function isFor(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  one: ListedDeployment
): boolean {
  const origin = readOrigin(one.payload)
  if (origin === undefined || origin.runId === undefined || origin.runId !== run.runId) return false
  if (tools.ledger.isKept || inputs.results.length > 0) {
    if (origin.autoFinish === false) return true
  }
  const isSameJob = origin.checkRunId === inputs.checkRunId && origin.job === run.job
  return !tools.ledger.isKept && isSameJob && origin.runAttempt === run.runAttempt
}

const isTwin = (one: ListedDeployment, other: ListedDeployment): boolean =>
  sameName(one.environment, other.environment) && one.task === other.task

/** The newest of each environment and task; the list is newest first. */
function newestOfEach(listed: readonly ListedDeployment[]): ListedDeployment[] {
  const newest: ListedDeployment[] = []
  for (const one of listed) if (!newest.some(other => isTwin(one, other))) newest.push(one)
  return newest
}

const named = (listed: readonly ListedDeployment[]): string =>
  listed.map(one => `"${one.environment}" (task ${one.task}, deployment ${one.id})`).join(', ')

export const nothingFound = (inputs: FinishInputs): ActionError =>
  new ActionError(
    `Found no deployment to finish in ${inputs.repository}: this job has begun none, and no other job of this run left one open. A "start" in another job needs "auto-finish: false"; any other deployment needs "deployment-id".`
  )
