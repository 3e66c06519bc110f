import { payloadText } from '../deployment/origin.ts'
import { verdictOf, worst } from '../deployment/outcome.ts'
import { byHand, NOTHING_CHANGED, stillSo } from '../finalize/error-context.ts'
import type { Closed, Closing } from '../finalize/final-status.ts'
import { close } from '../finalize/finalize.ts'
import { type Target, usualAutoInactive } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError, leaving, messageOf } from '../lib/errors.ts'
import type { Summary } from '../lib/markdown.ts'
import { type Ending, NOTHING_TO_SAY, type Tools } from '../mode.ts'
import { compareUrl, idText, listedOf, type Outputs } from '../report/outputs.ts'
import { closedSummary, joined } from '../report/summary.ts'
import { isRestrictedRun, logUrl, type RunContext } from '../runner/context.ts'
import { closeAll, tellCount } from './finalize-all.ts'
import { choose, nothingFound } from './select.ts'
import type { Choice, Reaping } from './selection.ts'

/** The `finish` mode: posts the final state of what it finds, and says so where there is nothing. */
export async function finish(tools: Tools, run: RunContext, inputs: FinishInputs): Promise<Ending> {
  const choice = await leaving(NOTHING_CHANGED, choose(tools, run, inputs))
  if (choice.reaping) return reaped(tools, run, inputs, choice.reaping)
  if (choice.targets.length === 0) return nothingToDo(tools, run, inputs, choice)
  if (inputs.environmentUrl !== '' && choice.targets.length > 1) {
    throw new InputError(
      `environment-url: it cannot be that of ${choice.targets.length} deployments; give it to each "start", or name one with "environment"`
    )
  }
  const closings = choice.targets.map(target => closingOf(run, inputs, target))
  const { done, failures } = await closeAll(tools, inputs, closings)
  const replaced = failures.length > 0 ? [] : await replace(tools, run, inputs, choice)
  tellCount(tools, inputs, done.length, closings.length)
  tools.publish(outputsOf(run, inputs, done, replaced))
  const error = failures.length > 0 ? firstOf(failures, choice.targets.length) : undefined
  return { summary: summaryOf(tools, run, inputs, done), failure: '', error }
}

const summaryOf = (
  tools: Tools,
  run: RunContext,
  { dryRun: isDryRun }: FinishInputs,
  done: readonly Closed[]
): Summary => joined(done.map(one => closedSummary(run, one, { now: tools.now(), isDryRun })))

/** Closes what runs that are over left. Finding nothing is what a reaper hopes for. */
async function reaped(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  { closings, failures: unseen }: Reaping
): Promise<Ending> {
  const { done, failures } = await closeAll(tools, inputs, closings)
  const all = [...unseen, ...failures]
  tools.publish(outputsOf(run, inputs, done, []))
  tellCount(tools, inputs, done.length, closings.length)
  if (done.length + all.length === 0) {
    tools.log.info('Nothing to finish: no run that is over left a deployment open.')
  }
  const count = closings.length + unseen.length
  const error = all.length > 0 ? firstOf(all, count) : undefined
  return { summary: summaryOf(tools, run, inputs, done), failure: '', error }
}

function closingOf(run: RunContext, inputs: FinishInputs, target: Target): Closing {
  const { begun } = target
  // The runner fills the default in, so that the usual value says nothing against what start was given.
  const isUsual = inputs.cancelledState === 'inactive'
  const cancelledState = isUsual && begun ? begun.cancelledState : inputs.cancelledState
  return {
    target,
    verdict: verdictOf(worst(inputs.results), inputs.jobStatus, cancelledState),
    description: inputs.description || begun?.description || '',
    environmentUrl: inputs.environmentUrl || target.environmentUrl,
    logUrl: inputs.logUrl || begun?.logUrl || logUrl(run, inputs.checkRunId),
    autoInactive:
      inputs.autoInactive ?? begun?.autoInactive ?? usualAutoInactive(target, inputs.task)
  }
}

/** Deployments of the run that a newer one of the same environment and task took the place of. */
async function replace(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  choice: Choice
): Promise<Closed[]> {
  const done: Closed[] = []
  for (const { target, by } of choice.replaced) {
    const closing = closingOf(run, inputs, target)
    const verdict = { state: 'inactive' as const, happened: `Superseded by ${by}` }
    done.push(
      await leaving(stillSo(target, byHand(target.id)), close(tools, { ...closing, verdict }))
    )
    tools.log.info(
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
  done: readonly Closed[],
  replaced: readonly Closed[]
): Outputs {
  const [newest] = done
  if (!newest) return {}
  const touched = [...done, ...replaced]
  const { target } = newest
  const previousSha = target.begun?.previousSha ?? ''
  return {
    ...valuesOf(target),
    'status-id': idText(newest.statusId),
    state: newest.state,
    'environment-url': newest.environmentUrl,
    'log-url': newest.logUrl,
    environment: environmentsOf(done.map(closed => closed.target)),
    ...(touched.length > 1 && {
      deployments: listedOf(touched.map(one => ({ ...one.target, state: one.state })))
    }),
    ...(previousSha !== '' && {
      'previous-deployment-id': idText(target.begun?.previousId ?? 0),
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
function nothingToDo(tools: Tools, run: RunContext, inputs: FinishInputs, choice: Choice): Ending {
  const finished = [...choice.finished].sort((one, other) => other.id - one.id)
  const [newest] = finished
  if (newest) {
    const all = finished.map(one => `deployment ${one.id} of ${one.environment} is ${one.state}`)
    tools.log.info(`Nothing to finish: ${all.join(', ')}`)
    tools.publish({
      ...valuesOf(newest),
      state: newest.state,
      'environment-url': newest.environmentUrl,
      environment: environmentsOf(finished),
      ...(finished.length > 1 && { deployments: listedOf(finished) })
    })
    return NOTHING_TO_SAY
  }
  if (!choice.isQuiet && !isRestrictedRun(run) && !inputs.dryRun) throw nothingFound(inputs)
  tools.log.info('Nothing to finish: no deployment was made.')
  return NOTHING_TO_SAY
}
