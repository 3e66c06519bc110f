import { isFinal } from '../deployment/deployment.ts'
import type { PendingStatus } from '../deployment/finish-record.ts'
import { finalFields } from '../deployment/start-record.ts'
import { describeDeleted, isDeleted } from '../finalize/error-context.ts'
import type { FinalizeRequest, FinalizeResult } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { resultLines } from '../report/result.ts'

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
      if (!inputs.dryRun) deps.log.info(resultLines(deps.run, result))
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
    return [{ ...target, ...request, state, reason, newerThan: target.record?.statusId ?? 0 }]
  })
  deps.saveFinish({ repository, timeoutMs, pending, posted: [] })
  for (const { id } of pending) deps.journal.update(id, { isFinishing: true })
}

/** Saves what GitHub confirmed, for the post steps of this job. */
function savePosted(deps: Deps, inputs: FinishInputs, done: readonly FinalizeResult[]): void {
  if (inputs.dryRun) return
  const { repository, timeoutMs } = inputs
  const given = { finishHadUrl: inputs.environmentUrl !== '', finishHadState: inputs.results.length > 0 }
  const final = done.filter(({ state }) => isFinal(state))
  const posted = final.map(result => ({ id: result.target.id, ...finalFields(result), ...given }))
  deps.saveFinish({ repository, timeoutMs, pending: [], posted })
  for (const one of posted) deps.journal.update(one.id, one)
}
