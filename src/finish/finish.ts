import { recordDeployed } from '../finalize/artifacts.ts'
import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import type { FinalizeRequest, FinalizeResult } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import { isComplete } from '../inputs/artifacts.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf } from '../lib/errors.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { NO_RESULT } from '../mode.ts'
import { finalizedSummary, joinSummaries } from '../report/summary.ts'
import { finalizeAll, logCount } from './finalize-all.ts'
import { finalOutputs, finishOutputs } from './outputs.ts'
import { finalizeRequestFor } from './request.ts'
import { selectDeployments } from './select.ts'
import type { Selection, Superseded } from './selection.ts'

/** The `finish` mode: posts the final state of the deployments that it selects. Throws an ActionError. */
export async function finish(deps: Deps, inputs: FinishInputs): Promise<ModeResult> {
  const selection = await selectDeployments(deps, inputs)
  switch (selection.kind) {
    case 'finalize':
      return finishSelected(deps, inputs, selection)
    case 'final':
      return logFinal(deps, selection)
    case 'none':
      deps.log.notice(selection.notice)
      return NO_RESULT
    case 'cleanUp':
      return cleanUp(deps, inputs, selection)
  }
}

async function finishSelected(
  deps: Deps,
  inputs: FinishInputs,
  { targets, superseded }: Extract<Selection, { kind: 'finalize' }>
): Promise<ModeResult> {
  if (inputs.environmentUrl !== '' && targets.length > 1) {
    throw new InputError(
      `environment-url: one URL cannot be that of ${targets.length} deployments. Give it to each \`start\`, or select one deployment with \`environment\`.`
    )
  }
  const isStateIgnored = inputs.results.length > 0 && targets.some(({ record }) => record?.exitCode !== undefined)
  if (isStateIgnored) {
    deps.log.warning('state: ignored, because the exit code of the command in `run` decides.')
  }
  const requests = targets.map(target => finalizeRequestFor(deps.run, inputs, target))
  const { done, failures } = await finalizeAll(deps, inputs, requests)
  for (const result of done) await recordArtifacts(deps, inputs, result)
  const isSuccess = failures.length === 0 && done.every(({ state }) => state === 'success')
  const replaced = isSuccess ? await deactivateSuperseded(deps, inputs, superseded) : []
  logCount(deps, inputs, done.length, requests.length)
  deps.publish(finishOutputs(deps.run, inputs, done, replaced))
  return { ...resultOf(deps, inputs, done), error: firstOf(failures, requests.length) }
}

/** Records the artifacts of a successful deployment: those of this step, else those of its `start` in this job. */
async function recordArtifacts(deps: Deps, inputs: FinishInputs, { state, target }: FinalizeResult): Promise<void> {
  const text = inputs.artifacts || target.record?.artifacts || ''
  if (state !== 'success' || !isComplete(text)) return
  await recordDeployed(deps, text, target)
  deps.journal.update(target.id, { areArtifactsRecorded: true })
}

/** Finishes what completed runs left open. It is right to find nothing. */
async function cleanUp(
  deps: Deps,
  inputs: FinishInputs,
  { requests, failures: unread }: Extract<Selection, { kind: 'cleanUp' }>
): Promise<ModeResult> {
  const { done, failures } = await finalizeAll(deps, inputs, requests)
  const all = [...unread, ...failures]
  deps.publish(finishOutputs(deps.run, inputs, done, []))
  logCount(deps, inputs, done.length, requests.length)
  if (done.length + all.length === 0) {
    deps.log.info('Nothing to finish: no completed run left a deployment open.')
  }
  return { ...resultOf(deps, inputs, done), error: firstOf(all, requests.length + unread.length) }
}

function logFinal(deps: Deps, { targets, notice }: Extract<Selection, { kind: 'final' }>): ModeResult {
  const all = targets.map(one => `deployment ${one.id} of ${one.environment} is ${one.state}`)
  if (notice !== '') deps.log.notice(notice)
  deps.log.info(`Nothing to finish: ${all.join(', ')}`)
  deps.publish(finalOutputs(targets))
  return NO_RESULT
}

function resultOf(deps: Deps, { dryRun: isDryRun }: FinishInputs, done: readonly FinalizeResult[]): ModeResult {
  const facts = { now: deps.now(), isDryRun }
  const summary = joinSummaries(done.map(one => finalizedSummary(deps.run, one, facts)))
  return { summary, failure: '' }
}

/** Makes deployments of earlier attempts inactive, which a newer one of the same scope replaced. */
async function deactivateSuperseded(
  deps: Deps,
  inputs: FinishInputs,
  superseded: readonly Superseded[]
): Promise<FinalizeResult[]> {
  const done: FinalizeResult[] = []
  for (const { target, by } of superseded) {
    const request: FinalizeRequest = {
      ...finalizeRequestFor(deps.run, inputs, target),
      outcome: { state: 'inactive', reason: `Superseded by ${by}` },
      onFailure: describeOpen(target, manualRemedy(target.id))
    }
    done.push(await finalize(deps, request))
    deps.log.info(`Deployment ${target.id} of ${target.environment} is inactive: superseded by ${by}`)
  }
  return done
}

function firstOf(failures: readonly ActionError[], all: number): ActionError | undefined {
  const [first] = failures
  if (all === 1) return first
  if (!first) return undefined
  const message = `${failures.length} of ${all} deployments could not be finished. ${messageOf(first)}`
  return new ActionError(message, { cause: first.cause })
}
