import { isFinal } from '../deployment/deployment.ts'
import {
  type FinalizeRequest,
  type FinalizeResult,
  finalizeResultLine
} from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { logGrouped } from '../report/progress.ts'

interface FinalizedAll {
  /** The newest first. */
  readonly done: FinalizeResult[]
  readonly failures: ActionError[]
}

/** Closes each, and goes on after one that could not be. The lines of many are folded. */
export const finalizeAll = (
  deps: Deps,
  inputs: FinishInputs,
  requests: readonly FinalizeRequest[]
): Promise<FinalizedAll> =>
  logGrouped(deps, requests.length, `Finishing ${requests.length} deployments`, () =>
    finalizeEach(deps, inputs, requests)
  )

/** The last line, where the result of one is not that of all. */
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
  // Oldest first, so that GitHub's own rule leaves the newest active.
  for (const request of [...requests].sort((one, other) => one.target.id - other.target.id)) {
    const { target } = request
    try {
      const result = await finalize(deps, request)
      if (target.record && isFinal(result.state) && !inputs.dryRun) {
        deps.journal.finish(target.id, result.state)
      }
      deps.log.info(finalizeResultLine(result))
      done.unshift(result)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      failures.push(error)
    }
  }
  return { done, failures }
}
