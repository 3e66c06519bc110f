import { isFinal } from '../deployment/deployment.ts'
import { byHand, stillSo } from '../finalize/error-context.ts'
import { type Closed, type Closing, closedLine } from '../finalize/final-status.ts'
import { close } from '../finalize/finalize.ts'
import type { Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, leaving } from '../lib/errors.ts'
import type { Tools } from '../mode.ts'
import { folded } from '../report/progress.ts'

interface Ended {
  /** The newest first. */
  readonly done: Closed[]
  readonly failures: ActionError[]
}

/** Closes each, and goes on after one that could not be. The lines of many are folded. */
export const closeAll = (
  tools: Tools,
  inputs: FinishInputs,
  closings: readonly Closing[]
): Promise<Ended> =>
  folded(tools, closings.length, `Finishing ${closings.length} deployments`, () =>
    closeEach(tools, inputs, closings)
  )

/** The last line, where the result of one is not that of all. */
export function tellCount({ log }: Tools, { dryRun }: FinishInputs, done: number, all: number) {
  if (all > 1 && !dryRun) log.info(`Reported: ${done} of ${all} deployments`)
}

async function closeEach(
  tools: Tools,
  inputs: FinishInputs,
  closings: readonly Closing[]
): Promise<Ended> {
  const done: Closed[] = []
  const failures: ActionError[] = []
  // Oldest first, so that GitHub's own rule leaves the newest active.
  for (const closing of [...closings].sort((one, other) => one.target.id - other.target.id)) {
    const { target } = closing
    try {
      const closed = await leaving(stillSo(target, remedyFor(target)), close(tools, closing))
      if (target.begun && isFinal(closed.state) && !inputs.dryRun) {
        tools.ledger.finish(target.id, closed.state)
      }
      tools.log.info(closedLine(closed))
      done.unshift(closed)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      failures.push(error)
    }
  }
  return { done, failures }
}

/** Post of a `start` in this job tries again; what others began is seen to by nobody else. */
const remedyFor = ({ id, begun }: Target): string =>
  begun?.autoFinish ? 'the post step of its "start" closes it' : byHand(id)
