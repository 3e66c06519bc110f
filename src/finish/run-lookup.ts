import { failureOf } from '../github/tolerated-errors.ts'
import { ActionError, messageOf } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'

/** A run, or one attempt of it, that is over. */
export interface CompletedRun {
  /** GitHub's result; empty if it has none. */
  readonly conclusion: string
}

/** Looks a run up, once for each run; without an attempt, its newest one. `undefined` if it is not over or deleted. */
export type RunLookup = (runId: number, attempt: number | undefined) => Promise<CompletedRun | undefined>

/** A lookup of runs in the workflow's own repository. Needs `actions: read`. Throws an ActionError. */
export function createRunLookup(deps: Deps): RunLookup {
  const found = new Map<string, Promise<CompletedRun | undefined>>()
  const { event } = deps.run
  let ownRun: Promise<void> | undefined
  /** A 404 means that a run was deleted, or that the token cannot read runs: then it cannot read this one either. */
  const rejectIfNotReadable = () => {
    ownRun ??= read(deps, deps.run.runId ?? 0, undefined).then(
      () => deps.log.notice('A run that left a deployment open was deleted, so it is left alone.'),
      (error: unknown) => {
        throw new ActionError(
          `${messageOf(error)}\nLooking up workflow runs needs \`actions: read\`. Add it to the permissions of the job.`,
          { cause: error }
        )
      }
    )
    return ownRun
  }
  const lookup: RunLookup = async (runId, attempt) => {
    const triggering = event.workflowRun
    const isTriggering = triggering?.isCompleted === true && triggering.id === runId
    if (isTriggering && (attempt ?? triggering.attempt) === triggering.attempt) return triggering
    try {
      const { isOver, conclusion } = await read(deps, runId, attempt)
      return isOver ? { conclusion } : undefined
    } catch (error) {
      if (failureOf(error)?.status !== 404) throw error
      await rejectIfNotReadable()
      return undefined
    }
  }
  return (runId, attempt) => {
    const key = `${runId}/${attempt ?? ''}`
    const looked = found.get(key) ?? lookup(runId, attempt)
    found.set(key, looked)
    return looked
  }
}

const read = (deps: Deps, runId: number, attempt: number | undefined) =>
  deps.deployments.attempt(runId, attempt, `Nothing was changed in what run ${runId} left open.`)
