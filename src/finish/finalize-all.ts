import { isFinal } from '../deployment/deployment.ts'
import { changeFrom, type PendingStatus, type PostedStatus } from '../deployment/finish-record.ts'
import { describeDeleted, isDeleted } from '../finalize/deleted.ts'
import { type FinalizeRequest, type FinalizeResult, finalizeResultLine } from '../finalize/final-status.ts'
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

/** Saves what is about to be posted, so that the post step of this `finish` can complete it. */
function savePending(deps: Deps, inputs: FinishInputs, requests: readonly FinalizeRequest[]): void {
  if (inputs.dryRun) return
  const pending = requests.flatMap((request): PendingStatus[] => {
    const { target, outcome, description, environmentUrl, logUrl, autoInactive } = request
    if (!isFinal(outcome.state)) return []
    const { id, environment, task, transient, record } = target
    const { state, reason } = outcome
    const newerThan = record?.statusId ?? 0
    const links = { environmentUrl, logUrl, autoInactive, newerThan }
    return [{ id, environment, task, transient, state, reason, description, ...links }]
  })
  deps.saveFinish({
    repository: inputs.repository,
    timeoutMs: inputs.timeoutMs,
    pending,
    posted: []
  })
  for (const { id } of pending) deps.journal.update(id, { isFinishing: true })
}

/** Saves what GitHub confirmed, for the post steps of this job. */
function savePosted(deps: Deps, inputs: FinishInputs, done: readonly FinalizeResult[]): void {
  if (inputs.dryRun) return
  const posted = done.flatMap(({ target, state, ...result }): PostedStatus[] => {
    if (!isFinal(state)) return []
    const { statusId, environmentUrl, logUrl, userDescription: description } = result
    const hadUrl = inputs.environmentUrl !== ''
    const hadState = inputs.results.length > 0
    return [{ id: target.id, state, statusId, environmentUrl, logUrl, description, hadUrl, hadState }]
  })
  deps.saveFinish({
    repository: inputs.repository,
    timeoutMs: inputs.timeoutMs,
    pending: [],
    posted
  })
  for (const one of posted) deps.journal.update(one.id, changeFrom(one))
}
