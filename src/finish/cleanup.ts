import { isUnfinished, type ListedDeployment } from '../deployment/deployment.ts'
import { type Origin, readOrigin } from '../deployment/origin.ts'
import { type Verdict, verdictOf } from '../deployment/outcome.ts'
import type { Closing } from '../finalize/final-status.ts'
import { fromListed } from '../finalize/target.ts'
import type { Attempt } from '../github/runs.ts'
import { failureBehind } from '../github/tolerated-errors.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, leaving, messageOf } from '../lib/errors.ts'
import type { Tools } from '../mode.ts'
import { logUrl, type RunContext } from '../runner/context.ts'
import { isAsked, type Reaping } from './selection.ts'

/** Whether a `finish` without deployments of its own closes what others left: what died, nobody else does. */
export const isReaper = ({ event }: RunContext): boolean =>
  event.name === 'schedule' || event.workflowRun?.isCompleted === true

/**
 * Of deployments of ours those that a run which is over left unfinished: of the run that triggered this
 * one, or on a schedule of any run, with one look-up for each attempt of a run.
 */
export async function reap(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  listed: readonly ListedDeployment[]
): Promise<Reaping> {
  const attempts = new Map<string, Promise<Attempt | undefined>>()
  const attemptOf = ({ runId = 0, runAttempt = 1 }: Origin) => {
    const name = `${runId}/${runAttempt}`
    const looked = attempts.get(name) ?? lookUp(tools, run, runId, runAttempt)
    attempts.set(name, looked)
    return looked
  }
  const closings: Closing[] = []
  const failures = new Set<ActionError>()
  for (const one of listed) {
    const origin = readOrigin(one.payload)
    if (!origin || !isUnfinished(one.state) || !isAsked(inputs, one)) continue
    if (!isOfInterest(run, origin)) continue
    try {
      const attempt = await attemptOf(origin)
      const closing = attempt && (await closingOf(tools, run, inputs, one, origin, attempt))
      if (closing) closings.push(closing)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      failures.add(error)
    }
  }
  return { closings, failures: [...failures] }
}

/** An own run still goes on, and a triggering one brings its own to its reaper. */
function isOfInterest({ event, ...own }: RunContext, { runId, runAttempt = 1 }: Origin): boolean {
  if (runId === undefined) return false
  if (event.workflowRun) return runId === event.workflowRun.id
  return runId !== own.runId || runAttempt < own.runAttempt
}

async function lookUp(
  { deployments, log }: Tools,
  { event }: RunContext,
  runId: number,
  attempt: number
): Promise<Attempt | undefined> {
  const told = event.workflowRun
  if (told?.id === runId && told.attempt === attempt) {
    return { isOver: true, conclusion: told.conclusion }
  }
  const left = `Nothing was changed in what run ${runId} left open.`
  try {
    return await leaving(left, deployments.attempt(runId, attempt))
  } catch (error) {
    // A run that is gone, or that belongs to another repository, where it may still go on.
    if (failureBehind(error)?.status !== 404) throw error
    log.warning(messageOf(error))
    return undefined
  }
}

async function closingOf(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  one: ListedDeployment,
  origin: Origin,
  attempt: Attempt
): Promise<Closing | undefined> {
  const verdict = attempt.isOver ? verdictOfRun(attempt.conclusion, origin, inputs) : undefined
  if (!verdict) return undefined
  // The list may be older than a report that came at the very end of the run.
  const status = await tools.deployments.latestStatus(one.id)
  if (status && !isUnfinished(status.state)) return undefined
  const { runId, runAttempt = 1, checkRunId } = origin
  const isSaid = verdict.happened === NO_RESULT
  return {
    // When its run died nobody knows, so that nobody can say how long it took.
    target: { ...fromListed(one, run, inputs.repository), createdAt: '' },
    verdict,
    description: inputs.description || (isSaid ? '' : 'the run ended before it reported'),
    environmentUrl: inputs.environmentUrl || status?.environmentUrl || one.environmentUrl,
    logUrl: inputs.logUrl || logUrl({ ...run, runId, runAttempt }, checkRunId),
    autoInactive: 'false'
  }
}

const NO_RESULT = 'The run ended without a result'

/**
 * What a run that is over says of a deployment that it never finished. A success says nothing of it: then
 * it is an error, or left alone where somebody outside of the run was to finish it.
 */
function verdictOfRun(
  conclusion: string,
  { autoFinish }: Origin,
  { cancelledState }: FinishInputs
): Verdict | undefined {
  if (conclusion === 'success') {
    return autoFinish === true ? { state: 'error', happened: NO_RESULT } : undefined
  }
  if (conclusion === '') return { state: 'error', happened: NO_RESULT }
  return verdictOf(conclusion, 'success', cancelledState)
}
