import { isFinal } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import { newerSuccess } from '../finalize/supersede.ts'
import type { Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import type { Deps } from '../mode.ts'
import { outcomeFor } from './request.ts'
import { finalizeOnly, type Selection } from './selection.ts'

/**
 * Selects what still needs a state. A deployment that is final keeps its state, unless an explicit `state` differs and
 * corrects it: that never revives an `inactive` deployment, and `success` never replaces a newer success, or without
 * `deployment-id` a failure of the same attempt (contract, section 7).
 */
export async function selectFinal(deps: Deps, inputs: FinishInputs, targets: readonly Target[]): Promise<Selection> {
  const open = targets.filter(target => !isFinal(target.state))
  if (open.length > 0) return finalizeOnly(open)
  if (inputs.results.length === 0) return { kind: 'final', targets, notice: '' }
  const corrected: Target[] = []
  const notices: string[] = []
  for (const target of targets) {
    const { state } = outcomeFor(inputs, target)
    if (state === target.state) continue
    const reason = await whyItStays(deps, inputs, target, state)
    if (reason === '') corrected.push(target)
    else notices.push(`Deployment ${target.id} stays \`${target.state}\`: ${reason}`)
  }
  if (corrected.length > 0) return finalizeOnly(corrected)
  return { kind: 'final', targets, notice: notices.join('\n') }
}

/** Why an explicit state does not replace the final state of a deployment; empty if it does. */
async function whyItStays(deps: Deps, inputs: FinishInputs, target: Target, state: string): Promise<string> {
  if (target.state === 'inactive') return 'an inactive deployment is not activated again.'
  if (state !== 'success') return ''
  const isSameAttempt = deps.run.runAttempt === attemptOf(deps, target)
  if (inputs.deploymentId === undefined && isSameAttempt) {
    return 'a failure is corrected to `success` only with `deployment-id`.'
  }
  const newer = await newerSuccess(deps, {
    target,
    autoInactive: 'task',
    onFailure: NOTHING_CHANGED
  })
  return newer ? `the newer deployment ${newer.id} has succeeded.` : ''
}

/** The attempt of this run that made a deployment; `undefined` for one of another run. */
function attemptOf({ run }: Deps, { payload, record }: Target): number | undefined {
  if (record) return run.runAttempt
  const origin = readOrigin(payload)
  return origin?.runId === run.runId ? (origin?.runAttempt ?? 1) : undefined
}
