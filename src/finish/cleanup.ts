import { isUnfinished, type ListedDeployment } from '../deployment/deployment.ts'
import { type Origin, readOrigin } from '../deployment/origin.ts'
import { type Outcome, outcomeOf } from '../deployment/outcome.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import type { FinalizeRequest } from '../finalize/final-status.ts'
import { targetFromListed } from '../finalize/target.ts'
import type { Attempt } from '../github/reads.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, messageOf } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { logUrl, type RunContext } from '../runner/context.ts'
import { type Cleanup, matchesInputs, onFailure } from './selection.ts'

/** Whether a `finish` without deployments of its own closes what others left: what died, nobody else does. */
export const isCleanupRun = ({ event }: RunContext): boolean =>
  event.name === 'schedule' || event.workflowRun?.isCompleted === true

/**
 * Of deployments of ours those that a run which is over left unfinished: of the run that triggered this
 * one, or on a schedule of any run, with one look-up for each attempt of a run.
 */
export async function findLeftOpen(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  listed: readonly ListedDeployment[]
): Promise<Cleanup> {
  const attempts = new Map<string, Promise<Attempt | undefined>>()
  const attemptOf = ({ runId = 0, runAttempt = 1 }: Origin) => {
    const name = `${runId}/${runAttempt}`
    const looked = attempts.get(name) ?? lookUp(deps, run, runId, runAttempt)
    attempts.set(name, looked)
    return looked
  }
  const requests: FinalizeRequest[] = []
  const failures = new Set<ActionError>()
  for (const one of listed) {
    const origin = readOrigin(one.payload)
    if (!origin || !isUnfinished(one.state) || !matchesInputs(inputs, one)) continue
    if (!isOfInterest(run, origin)) continue
    try {
      const attempt = await attemptOf(origin)
      const request = attempt && (await finalizeRequestFor(deps, run, inputs, one, origin, attempt))
      if (request) requests.push(request)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      failures.add(error)
    }
  }
  return { requests, failures: [...failures] }
}

/** An own run still goes on, and a triggering one brings its own to its reaper. */
function isOfInterest({ event, ...own }: RunContext, { runId, runAttempt = 1 }: Origin): boolean {
  if (runId === undefined) return false
  if (event.workflowRun) return runId === event.workflowRun.id
  return runId !== own.runId || runAttempt < own.runAttempt
}

async function lookUp(
  { deployments, log }: Deps,
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
    return await deployments.attempt(runId, attempt, left)
  } catch (error) {
    // A run that is gone, or that belongs to another repository, where it may still go on.
    if (failureOf(error)?.status !== 404) throw error
    log.warning(messageOf(error))
    return undefined
  }
}

async function finalizeRequestFor(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  one: ListedDeployment,
  origin: Origin,
  attempt: Attempt
): Promise<FinalizeRequest | undefined> {
  const outcome = attempt.isOver ? outcomeOfRun(attempt.conclusion, origin, inputs) : undefined
  if (!outcome) return undefined
  // The list may be older than a report that came at the very end of the run.
  const status = await deps.deployments.latestStatus(one.id, NOTHING_CHANGED)
  if (status && !isUnfinished(status.state)) return undefined
  const { runId, runAttempt = 1, checkRunId } = origin
  const isSaid = outcome.reason === NO_RESULT
  // The time that a dead run took is not known.
  const target = { ...targetFromListed(one, run, inputs.repository), createdAt: '' }
  return {
    target,
    outcome,
    description: inputs.description || (isSaid ? '' : 'the run ended before it reported'),
    environmentUrl: inputs.environmentUrl || status?.environmentUrl || one.environmentUrl,
    logUrl: inputs.logUrl || logUrl({ ...run, runId, runAttempt }, checkRunId),
    autoInactive: 'false',
    onFailure: onFailure(target)
  }
}

const NO_RESULT = 'The run ended without a result'

/**
 * What a run that is over says of a deployment that it never finished. A success says nothing of it: then
 * it is an error, or left alone where somebody outside of the run was to finish it.
 */
function outcomeOfRun(
  conclusion: string,
  { autoFinish }: Origin,
  { cancelledState }: FinishInputs
): Outcome | undefined {
  if (conclusion === 'success') {
    return autoFinish === true ? { state: 'error', reason: NO_RESULT } : undefined
  }
  if (conclusion === '') return { state: 'error', reason: NO_RESULT }
  return outcomeOf(conclusion, 'success', cancelledState)
}
