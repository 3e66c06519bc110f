import { payloadText } from '../deployment/origin.ts'
import { outcomeOf, worstResult } from '../deployment/outcome.ts'
import type { FinalizeRequest, FinalizeResult } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import { defaultAutoInactive, type Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf } from '../lib/errors.ts'
import type { Summary } from '../lib/markdown.ts'
import { type Deps, type ModeResult, NO_RESULT } from '../mode.ts'
import { compareUrl, deploymentsOutput, idText, type Outputs } from '../report/outputs.ts'
import { finalizedSummary, joinSummaries } from '../report/summary.ts'
import { isRestrictedRun, logUrl, type RunContext } from '../runner/context.ts'
import { finalizeAll, logCount } from './finalize-all.ts'
import { nothingFound, selectDeployments } from './select.ts'
import { type Cleanup, onFailure, type Selection } from './selection.ts'

/** The `finish` mode: posts the final state of what it finds, and says so where there is nothing. */
export async function finish(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs
): Promise<ModeResult> {
  const selection = await selectDeployments(deps, run, inputs)
  if (selection.cleanup) return finishCleanup(deps, run, inputs, selection.cleanup)
  if (selection.targets.length === 0) return nothingToFinish(deps, run, inputs, selection)
  if (inputs.environmentUrl !== '' && selection.targets.length > 1) {
    throw new InputError(
      `environment-url: it cannot be that of ${selection.targets.length} deployments; give it to each "start", or name one with "environment"`
    )
  }
  const requests = selection.targets.map(target => finalizeRequestFor(run, inputs, target))
  const { done, failures } = await finalizeAll(deps, inputs, requests)
  const replaced =
    failures.length > 0 ? [] : await deactivateSuperseded(deps, run, inputs, selection)
  logCount(deps, inputs, done.length, requests.length)
  deps.publish(outputsOf(run, inputs, done, replaced))
  const error = failures.length > 0 ? firstOf(failures, selection.targets.length) : undefined
  return { summary: summaryOf(deps, run, inputs, done), failure: '', error }
}

const summaryOf = (
  deps: Deps,
  run: RunContext,
  { dryRun: isDryRun }: FinishInputs,
  done: readonly FinalizeResult[]
): Summary =>
  joinSummaries(done.map(one => finalizedSummary(run, one, { now: deps.now(), isDryRun })))

/** Closes what runs that are over left. Finding nothing is what a reaper hopes for. */
async function finishCleanup(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  { requests, failures: unseen }: Cleanup
): Promise<ModeResult> {
  const { done, failures } = await finalizeAll(deps, inputs, requests)
  const all = [...unseen, ...failures]
  deps.publish(outputsOf(run, inputs, done, []))
  logCount(deps, inputs, done.length, requests.length)
  if (done.length + all.length === 0) {
    deps.log.info('Nothing to finish: no run that is over left a deployment open.')
  }
  const count = requests.length + unseen.length
  const error = all.length > 0 ? firstOf(all, count) : undefined
  return { summary: summaryOf(deps, run, inputs, done), failure: '', error }
}

function finalizeRequestFor(
  run: RunContext,
  inputs: FinishInputs,
  target: Target
): FinalizeRequest {
  const { record } = target
  // The runner fills the default in, so that the usual value says nothing against what start was given.
  const isUsual = inputs.cancelledState === 'inactive'
  const cancelledState = isUsual && record ? record.cancelledState : inputs.cancelledState
  return {
    target,
    outcome: outcomeOf(worstResult(inputs.results), inputs.jobStatus, cancelledState),
    description: inputs.description || record?.description || '',
    environmentUrl: inputs.environmentUrl || target.environmentUrl,
    logUrl: inputs.logUrl || record?.logUrl || logUrl(run, inputs.checkRunId),
    autoInactive:
      inputs.autoInactive ?? record?.autoInactive ?? defaultAutoInactive(target, inputs.task),
    onFailure: onFailure(target)
  }
}

/** Deployments of the run that a newer one of the same environment and task took the place of. */
async function deactivateSuperseded(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  selection: Selection
): Promise<FinalizeResult[]> {
  const done: FinalizeResult[] = []
  for (const { target, by } of selection.replaced) {
    const request = finalizeRequestFor(run, inputs, target)
    const outcome = { state: 'inactive' as const, reason: `Superseded by ${by}` }
    done.push(await finalize(deps, { ...request, outcome }))
    deps.log.info(
      `Deployment ${target.id} of ${target.environment} made inactive, superseded by ${by}`
    )
  }
  return done
}

function firstOf(failures: readonly ActionError[], all: number): ActionError | undefined {
  const [first] = failures
  if (all === 1) return first
  return new ActionError(
    `${failures.length} of ${all} deployments could not be finished. ${messageOf(first)}`,
    {
      cause: first?.cause
    }
  )
}

function outputsOf(
  run: RunContext,
  inputs: FinishInputs,
  done: readonly FinalizeResult[],
  replaced: readonly FinalizeResult[]
): Outputs {
  const [newest] = done
  if (!newest) return {}
  const touched = [...done, ...replaced]
  const { target } = newest
  const previousSha = target.record?.previousSha ?? ''
  return {
    ...valuesOf(target),
    'status-id': idText(newest.statusId),
    state: newest.state,
    'environment-url': newest.environmentUrl,
    'log-url': newest.logUrl,
    environment: environmentsOf(done.map(result => result.target)),
    ...(touched.length > 1 && {
      deployments: deploymentsOutput(touched.map(one => ({ ...one.target, state: one.state })))
    }),
    ...(previousSha !== '' && {
      'previous-deployment-id': idText(target.record?.previousId ?? 0),
      'previous-sha': previousSha,
      'compare-url': compareUrl(run, inputs.repository, previousSha, target.sha)
    })
  }
}

const valuesOf = (target: Target): Outputs => ({
  'deployment-id': idText(target.id),
  'deployment-url': target.url,
  ref: target.ref,
  sha: target.sha,
  task: target.task,
  payload: payloadText(target.payload)
})

const environmentsOf = (targets: readonly Target[]): string =>
  [...new Set(targets.map(target => target.environment))].join('\n')

/** Nothing to post: all is final already, or a start made nothing, or somebody made a mistake. */
function nothingToFinish(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  selection: Selection
): ModeResult {
  const finished = [...selection.finished].sort((one, other) => other.id - one.id)
  const [newest] = finished
  if (newest) {
    const all = finished.map(one => `deployment ${one.id} of ${one.environment} is ${one.state}`)
    deps.log.info(`Nothing to finish: ${all.join(', ')}`)
    deps.publish({
      ...valuesOf(newest),
      state: newest.state,
      'environment-url': newest.environmentUrl,
      environment: environmentsOf(finished),
      ...(finished.length > 1 && { deployments: deploymentsOutput(finished) })
    })
    return NO_RESULT
  }
  if (!selection.isQuiet && !isRestrictedRun(run) && !inputs.dryRun) throw nothingFound(inputs)
  deps.log.info('Nothing to finish: no deployment was made.')
  return NO_RESULT
}
