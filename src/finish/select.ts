import { type ListedDeployment, sameName } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { Begun } from '../deployment/start-record.ts'
import { warnAboutCommas } from '../finalize/bare-comma.ts'
import { fromBegun, fromDeployment } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import type { Tools } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'
import { eventDeployment } from '../runner/infer.ts'
import { isReaper, reap } from './cleanup.ts'
import { demandState, leftOpen, recentlyMade } from './other-jobs.ts'
import { type Choice, isAsked, NONE } from './selection.ts'

/** The first of these that exists: named by id, begun by this job, the event's, left open by the run. */
export async function choose(tools: Tools, run: RunContext, inputs: FinishInputs): Promise<Choice> {
  if (inputs.deploymentId !== undefined) return byId(tools, inputs, inputs.deploymentId)
  const here = tools.ledger.all().filter(begun => sameName(begun.repository, inputs.repository))
  const made = here.filter(begun => isMade(begun) && isAsked(inputs, begun))
  if (made.length === 0) warnAboutCommas(tools.log, inputs.environments, here)
  // Two starts may have taken over the same one: it is one deployment, known best by the later.
  const byIds = new Map(made.map(begun => [begun.id, begun]))
  const open = [...byIds.values()].filter(begun => begun.finished === undefined)
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
  if (isReaper(run) && !hasBegun) return leftOrDead(tools, run, inputs)
  demandState(tools, run, inputs)
  const left = await leftOpen(tools, run, inputs, recentlyMade(tools, inputs))
  return isAnything(left) ? left : finished
}

const isAnything = ({ targets, finished }: Choice): boolean => targets.length + finished.length > 0

/** With one look at all: what this run left goes before what others did. */
async function leftOrDead(tools: Tools, run: RunContext, inputs: FinishInputs): Promise<Choice> {
  const ours: ListedDeployment[] = []
  for await (const page of recentlyMade(tools, inputs)) {
    ours.push(...page.filter(one => readOrigin(one.payload) !== undefined))
  }
  const left = await leftOpen(tools, run, inputs, [ours])
  return isAnything(left) ? left : { ...NONE, reaping: await reap(tools, run, inputs, ours) }
}

/** A start may have made nothing: a refusal that was tolerated, a read-only token, a dry run. */
const isMade = (begun: Begun): boolean => begun.id > 0 && begun.phase !== 'nothing' && !begun.dryRun

async function byId(tools: Tools, inputs: FinishInputs, id: number): Promise<Choice> {
  const begun = tools.ledger.all().findLast(known => known.id === id && !known.dryRun)
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

export const nothingFound = (inputs: FinishInputs): ActionError =>
  new ActionError(
    `Found no deployment to finish in ${inputs.repository}: this job has begun none, and no other job of this run left one open. A "start" in another job needs "auto-finish: false"; any other deployment needs "deployment-id".`
  )
