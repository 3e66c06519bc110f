import { describeDeleted, isDeleted } from '../finalize/deleted.ts'
import { type FinalizeRequest, type FinalizeResult, finalizeResultLine } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { logGrouped } from '../report/progress.ts'
import { savePending, savePosted } from './checkpoint.ts'

interface FinalizedAll {
  /** The newest first. */
  readonly done: FinalizeResult[]
  readonly failures: ActionError[]
}

/** Finalizes each request, and goes on after a failure. The lines of many are grouped. */
export const finalizeAll = (
  deps: Deps,
  inputs: FinishInputs,
  requests: readonly FinalizeRequest[]
): Promise<FinalizedAll> =>
  logGrouped(deps, requests.length, `Finishing ${requests.length} deployments`, () =>
    finalizeEach(deps, inputs, requests)
  )

/** Logs how many of several deployments were finished. */
export function logCount({ log }: Deps, { dryRun }: FinishInputs, done: number, all: number) {
  if (all > 1 && !dryRun) log.info(`Reported: ${done} of ${all} deployments`)
}

async function finalizeEach(
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
      if (!inputs.dryRun) deps.log.info(finalizeResultLine(result))
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
