import { isFinal } from '../deployment/deployment.ts'
import { changeFrom, type PendingStatus, type PostedStatus } from '../deployment/finish-record.ts'
import type { FinalizeRequest, FinalizeResult } from '../finalize/final-status.ts'
import type { FinishInputs } from '../inputs/types.ts'
import type { Deps } from '../mode.ts'

/** Saves what is about to be posted, so that the post step of this `finish` can complete it. */
export function savePending(deps: Deps, inputs: FinishInputs, requests: readonly FinalizeRequest[]): void {
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
export function savePosted(deps: Deps, inputs: FinishInputs, done: readonly FinalizeResult[]): void {
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
