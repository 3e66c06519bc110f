import { isFinal } from '../deployment/deployment.ts'
import type { PendingStatus } from '../deployment/finish-record.ts'
import {
  canceledState,
  type Outcome,
  outcomeOf,
  outcomeOfCommand,
  outcomeOfInterruptedStart,
  statusWithin
} from '../deployment/outcome.ts'
import { finalFields } from '../deployment/start-record.ts'
import { describeDeleted, isDeleted, NOTHING_CHANGED } from '../finalize/error-context.ts'
import { type FinalizeRequest, type FinalizeResult, newestOf } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import { newerSuccess } from '../finalize/supersede.ts'
import { defaultAutoInactive, type Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { resultLines } from '../report/result.ts'
import { logUrl, type RunContext } from '../runner/context.ts'
import { finalizeOnly, onFailure, type Selection } from './selection.ts'

/** What a `finish` posts for a deployment, apart from what happens to it meanwhile. */
export function outcomeFor(inputs: FinishInputs, target: Target): Outcome {
  const { record } = target
  if (record?.hasCommand && record.exitCode !== undefined) return outcomeOfCommand(record.exitCode)
  const cancelledState = canceledState(inputs.cancelledState ?? record?.cancelledState, target.transient)
  const outcome = outcomeOf({
    results: inputs.results,
    jobStatus: statusWithin(inputs.jobStatus, inputs.actionStatus),
    cancelledState
  })
  // A record with a command but without its exit code is an older one that another step put back, or main was killed.
  const isInterrupted = record && !record.hasEnded && (record.phase !== 'started' || record.hasCommand)
  return isInterrupted ? outcomeOfInterruptedStart(outcome, cancelledState) : outcome
}

/** What was not given here stays as the deployment has it: links, and the description without its result. */
export function finalizeRequestFor(run: RunContext, inputs: FinishInputs, target: Target): FinalizeRequest {
  const { record } = target
  return {
    target,
    outcome: outcomeFor(inputs, target),
    description: inputs.description || target.description || record?.description || '',
    environmentUrl: inputs.environmentUrl || target.environmentUrl,
    logUrl: inputs.logUrl || target.logUrl || record?.logUrl || logUrl(run, inputs.checkRunId),
    autoInactive: inputs.autoInactive ?? record?.autoInactive ?? defaultAutoInactive(target, inputs.task),
    onFailure: onFailure(target)
  }
}

/**
 * Selects what still needs a state. A deployment that is final keeps its state, unless an explicit `state` differs and
 * corrects it: that never revives an `inactive` deployment, and `success` never replaces a newer success, or without
 * `deployment-id` a failure of the same attempt (contract, section 7).
 */
export async function selectFinal(
  deps: Deps,
  inputs: FinishInputs,
  targets: readonly Target[],
  until = Infinity
): Promise<Selection> {
  const open = targets.filter(target => !isFinal(target.state))
  if (open.length > 0) return finalizeOnly(open)
  if (inputs.results.length === 0) return { kind: 'final', targets, notice: '' }
  const corrected: Target[] = []
  const notices: string[] = []
  for (const target of targets) {
    const { state } = outcomeFor(inputs, target)
    if (state === target.state) continue
    const reason = await whyItStays(deps, inputs, target, state, until)
    if (reason === '') corrected.push(target)
    else notices.push(`Deployment ${target.id} stays \`${target.state}\`: ${reason}`)
  }
  if (corrected.length > 0) return finalizeOnly(corrected)
  return { kind: 'final', targets, notice: notices.join('\n') }
}

/** Why an explicit state does not replace the final state of a deployment; empty if it does. */
async function whyItStays(
  deps: Deps,
  inputs: FinishInputs,
  target: Target,
  state: string,
  until: number
): Promise<string> {
  if (target.state === 'inactive') return 'an inactive deployment is not activated again.'
  if (state !== 'success') return ''
  const isSameAttempt = deps.run.runAttempt === attemptOf(deps, target)
  if (inputs.deploymentId === undefined && isSameAttempt) {
    return 'a failure is corrected to `success` only with `deployment-id`.'
  }
  const newer = await newerSuccess(deps, { target, autoInactive: 'task', onFailure: NOTHING_CHANGED }, until)
  return newer ? `the newer deployment ${newer.id} has succeeded.` : ''
}

/** The attempt of this run that made a deployment; `undefined` for one of another run. */
function attemptOf({ run }: Deps, { origin, record }: Target): number | undefined {
  if (record) return run.runAttempt
  return origin?.runId === run.runId ? (origin?.runAttempt ?? 1) : undefined
}

interface FinalizedAll {
  /** The newest first. */
  readonly done: FinalizeResult[]
  readonly failures: ActionError[]
}

/** Finalizes each request, and continues after a failure. */
export async function finalizeAll(
  deps: Deps,
  inputs: FinishInputs,
  requests: readonly FinalizeRequest[]
): Promise<FinalizedAll> {
  const done: FinalizeResult[] = []
  const failures: ActionError[] = []
  savePending(deps, inputs, requests)
  // Oldest first, so that GitHub's own rule leaves the newest active.
  for (const request of [...requests].sort((one, other) => one.target.id - other.target.id)) {
    try {
      const result = await finalize(deps, request)
      if (!inputs.dryRun) deps.log.info(resultLines(deps.run, result, inputs.repository))
      done.unshift(result)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      const { record } = request.target
      if (record && (await isDeleted(deps, record, error))) {
        deps.log.notice(describeDeleted(record))
        deps.journal.update(record.id, { phase: 'nothing' })
      } else {
        failures.push(error)
      }
    }
  }
  savePosted(deps, inputs, done)
  return { done, failures }
}

/** Saves what is about to be posted, so that the post step of this `finish` can complete it. */
function savePending(deps: Deps, inputs: FinishInputs, requests: readonly FinalizeRequest[]): void {
  if (inputs.dryRun) return
  const { repository, timeoutMs } = inputs
  const pending = requests.flatMap(({ target, outcome, ...request }): PendingStatus[] => {
    const { state, reason } = outcome
    if (!isFinal(state)) return []
    return [{ ...target, ...request, state, reason, newerThan: newestOf(target.record) }]
  })
  deps.saveFinish({ repository, timeoutMs, pending, posted: [] })
  for (const { id } of pending) deps.journal.update(id, { isFinishing: true })
}

/** Saves what GitHub confirmed, for the post steps of this job. */
function savePosted(deps: Deps, inputs: FinishInputs, done: readonly FinalizeResult[]): void {
  if (inputs.dryRun) return
  const { repository, timeoutMs } = inputs
  const finishHadState = inputs.results.length > 0
  const all = done.map(result => {
    // A URL that an earlier `finish` was given stays, so a late one of `start` does not replace it.
    const finishHadUrl = inputs.environmentUrl !== '' || result.target.record?.finishHadUrl === true
    return { id: result.target.id, ...finalFields(result), finishHadUrl, finishHadState }
  })
  const posted = all.filter(({ finished }) => finished !== undefined)
  deps.saveFinish({ repository, timeoutMs, pending: [], posted })
  for (const one of all) deps.journal.update(one.id, one)
}
