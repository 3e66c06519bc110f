import { payloadText } from '../deployment/origin.ts'
import { STATE_IGNORED } from '../deployment/outcome.ts'
import { recordDeployed } from '../finalize/artifacts.ts'
import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import type { FinalizeRequest, FinalizeResult } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import type { Target } from '../finalize/target.ts'
import { isComplete } from '../inputs/artifacts.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf } from '../lib/errors.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { compareUrl, deploymentsOutput, idText, type Outputs } from '../report/outputs.ts'
import { finalizedSummary, joinSummaries } from '../report/summary.ts'
import type { RunContext } from '../runner/context.ts'
import { finalizeAll, finalizeRequestFor } from './requests.ts'
import { selectDeployments } from './select.ts'
import type { Selection, Superseded } from './selection.ts'

/** The `finish` mode: posts the final state of the deployments that it selects. Throws an ActionError. */
export async function finish(deps: Deps, inputs: FinishInputs): Promise<ModeResult> {
  const selection = await selectDeployments(deps, inputs)
  switch (selection.kind) {
    case 'finalize': {
      const { targets, superseded } = selection
      checkInputs(deps, inputs, targets)
      const requests = targets.map(target => finalizeRequestFor(deps.run, inputs, target))
      return postAll(deps, inputs, { requests, superseded, unread: [] })
    }
    case 'cleanUp': {
      const { requests, failures } = selection
      if (requests.length + failures.length === 0) {
        deps.log.info('No deployment was cleaned up.')
      }
      return postAll(deps, inputs, { requests, superseded: [], unread: failures })
    }
    case 'final':
      return logFinal(deps, inputs, selection)
    case 'none':
      deps.log.notice(selection.notice)
      return {}
  }
}

function checkInputs({ log }: Deps, inputs: FinishInputs, targets: readonly Target[]): void {
  if (inputs.environmentUrl !== '' && targets.length > 1) {
    throw new InputError(
      `environment-url: one URL cannot apply to ${targets.length} deployments. Set it on each \`start\`, or select one deployment with \`environment\`.`,
      'several'
    )
  }
  warnAboutCommand(log, inputs, targets)
}

function warnAboutCommand(log: Deps['log'], { results }: FinishInputs, targets: readonly Target[]): void {
  const isIgnored = results.length > 0 && targets.some(({ record }) => record?.exitCode !== undefined)
  if (isIgnored) log.warning(STATE_IGNORED, 'inputs')
}

interface PostedWork {
  readonly requests: readonly FinalizeRequest[]
  readonly superseded: readonly Superseded[]
  /** Deployments whose run could not be read. */
  readonly unread: readonly ActionError[]
}

async function postAll(deps: Deps, inputs: FinishInputs, work: PostedWork): Promise<ModeResult> {
  const { requests, superseded, unread } = work
  const { done, failures } = await finalizeAll(deps, inputs, requests)
  for (const result of done) await recordArtifacts(deps, inputs, result)
  const isSuccess = failures.length === 0 && done.every(({ state }) => state === 'success')
  const replaced = isSuccess ? await deactivateSuperseded(deps, inputs, superseded) : []
  if (requests.length > 1 && !inputs.dryRun) {
    deps.log.info(`Finished ${done.length} of ${requests.length} deployments.`)
  }
  deps.publish(outputsOf(deps.run, inputs, done, replaced))
  const facts = { now: deps.clock.now(), isDryRun: inputs.dryRun, repository: inputs.repository }
  return {
    summary: joinSummaries(done.map(one => finalizedSummary(deps.run, one, facts))),
    error: firstOf([...unread, ...failures], requests.length + unread.length)
  }
}

/** Records the artifacts of a successful deployment: those of this step, else those of its `start` in this job. */
async function recordArtifacts(deps: Deps, inputs: FinishInputs, { state, target }: FinalizeResult): Promise<void> {
  const text = inputs.artifacts || target.record?.artifacts || ''
  if (state !== 'success' || !isComplete(text)) return
  await recordDeployed(deps, text, target)
  deps.journal.update(target.id, { areArtifactsRecorded: true })
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

function logFinal(
  deps: Deps,
  inputs: FinishInputs,
  { targets, notice }: Extract<Selection, { kind: 'final' }>
): ModeResult {
  const all = targets.map(one => `deployment ${one.id} of ${one.environment} is ${one.state}`)
  warnAboutCommand(deps.log, inputs, targets)
  if (notice !== '') deps.log.notice(notice)
  deps.log.info(`Nothing to finish: ${all.join(', ')}`)
  const newestFirst = [...targets].sort((one, other) => other.id - one.id)
  const final = newestFirst.map(target => ({ ...target, target, statusId: target.record?.finalStatusId ?? 0 }))
  deps.publish(outputsOf(deps.run, inputs, final, []))
  return {}
}

function firstOf(failures: readonly ActionError[], all: number): ActionError | undefined {
  const [first] = failures
  if (all === 1 || !first) return first
  // The section about the reason, if nothing else is to be done.
  const isSame = failures.length === all && failures.every(({ section }) => section === first.section)
  const message = `${failures.length} of ${all} deployments could not be finished. ${messageOf(first)}`
  return new ActionError(message, { section: isSame ? first.section : 'several', cause: first.cause })
}

interface Finished extends Pick<FinalizeResult, 'target' | 'statusId' | 'environmentUrl' | 'logUrl'> {
  readonly state: string
}

/** The outputs; single values are those of the newest deployment, which is the first. */
function outputsOf(
  run: RunContext,
  { repository }: FinishInputs,
  done: readonly Finished[],
  replaced: readonly Finished[]
): Outputs {
  const [newest] = done
  if (!newest) return {}
  const all = [...done, ...replaced].map(({ target, state }) => ({ ...target, state }))
  const { target } = newest
  const { previousId = 0, previousSha = '' } = target.record ?? {}
  return {
    'deployment-id': idText(target.id),
    'deployment-url': target.url,
    ref: target.ref,
    sha: target.sha,
    task: target.task,
    payload: target.record?.payload === '' ? '' : payloadText(target.payload),
    'status-id': idText(newest.statusId),
    state: newest.state,
    'environment-url': newest.environmentUrl,
    'log-url': newest.logUrl,
    environment: [...new Set(done.map(one => one.target.environment))].join('\n'),
    ...(all.length > 1 && { deployments: deploymentsOutput(all) }),
    ...(previousSha !== '' && {
      'previous-deployment-id': idText(previousId),
      'previous-sha': previousSha,
      'compare-url': compareUrl(run, repository, previousSha, target.sha)
    })
  }
}
