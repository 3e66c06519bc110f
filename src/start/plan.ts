import type { Deployment, NewDeployment, Origin } from '../deployment/deployment.ts'
import { withOrigin } from '../deployment/origin.ts'
import { newStartRecord, type StartRecord } from '../deployment/start-record.ts'
import type { StartInputs } from '../inputs/types.ts'
import { description, MAX_DESCRIPTION_CHARS, truncate } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import { logUrl, type RunContext } from '../runner/context.ts'
import { type Commit, deploymentOfEvent, type Ended, endOf, inferCommit, inferEnvironment } from '../runner/infer.ts'

/** A `start` that creates or reuses a deployment. */
export type DeployPlan =
  | {
      readonly kind: 'create'
      readonly record: StartRecord
      readonly wanted: NewDeployment
      readonly commit: Commit
      /** Where the name of the environment comes from. */
      readonly source: string
    }
  | {
      readonly kind: 'reuse'
      readonly record: StartRecord
      readonly id: number
      /** The deployment of the event. */
      readonly known: Deployment | undefined
      /** The environment that the deployment moves to; empty if it stays. */
      readonly moveTo: string
    }

/** What `start` is going to do, decided from the inputs and the event before anything is sent. */
export type Plan = DeployPlan | { readonly kind: 'nothing'; readonly record: StartRecord; readonly ended: Ended }

/** Plans a `start`. Throws an InputError if inputs and event do not say what to deploy, or where to. */
export function planStart({ run, clock }: Deps, inputs: StartInputs): Plan {
  const key = clock.unique()
  const base = recordOf(run, inputs, key, clock.now())
  const known = deploymentOfEvent(run, inputs.repository, inputs.environment)
  const id = inputs.deploymentId ?? known?.id
  if (id !== undefined) {
    const isOfEvent = known?.id === id
    return {
      kind: 'reuse',
      id,
      // Nothing is created: if `start` is killed before its first status, the deployment stays as it was.
      record: { ...base, phase: 'nothing', isReused: true },
      known: isOfEvent ? known : undefined,
      moveTo: isOfEvent ? '' : inputs.environment
    }
  }
  const ended = inputs.ref === '' ? endOf(run, inputs) : undefined
  if (ended) return { kind: 'nothing', record: { ...base, phase: 'nothing' }, ended }
  const commit = inferCommit(run, inputs.ref)
  const environment = inferEnvironment(run, inputs.environment)
  const sharesEnvironment = inputs.task !== '' || environment.isInferred
  const record: StartRecord = {
    ...base,
    task: inputs.task || 'deploy',
    environment: environment.name,
    ref: commit.ref,
    refName: commit.name,
    sha: commit.sha,
    transient: inputs.transient ?? environment.isInferred,
    autoInactive: inputs.autoInactive ?? (sharesEnvironment ? 'task' : 'true')
  }
  const wanted: NewDeployment = {
    key,
    ref: commit.ref,
    environment: record.environment,
    task: record.task,
    description: description('', inputs.description),
    payload: withOrigin(inputs.payload, originOf(run, inputs, commit, record)),
    autoMerge: inputs.autoMerge,
    requiredContexts: inputs.requiredContexts,
    transient: record.transient,
    production: inputs.production
  }
  return { kind: 'create', record, wanted, commit, source: environment.source }
}

const originOf = (run: RunContext, inputs: StartInputs, commit: Commit, record: StartRecord): Origin => ({
  runId: run.runId,
  runAttempt: run.runAttempt,
  checkRunId: inputs.checkRunId,
  job: run.job,
  ref: commit.name,
  refType: commit.refType,
  pullRequest: run.event.pullRequest?.number,
  autoFinish: inputs.autoFinish,
  transient: record.transient,
  key: record.key
})

/** What the record says about every `start`. */
const recordOf = (run: RunContext, inputs: StartInputs, key: string, startedAt: number): StartRecord =>
  newStartRecord({
    key,
    startedAt,
    phase: 'creating',
    pid: process.pid,
    action: run.action,
    actionPath: run.actionPath,
    repository: inputs.repository,
    environment: inputs.environment,
    task: inputs.task,
    checkRunId: inputs.checkRunId ?? 0,
    logUrl: inputs.logUrl || logUrl(run, inputs.checkRunId),
    environmentUrl: inputs.environmentUrl,
    hadUrl: inputs.environmentUrl !== '',
    givenState: inputs.results.join(','),
    // A status has this limit, and the variable with the record for post is limited in size.
    description: truncate(inputs.description, MAX_DESCRIPTION_CHARS),
    artifacts: inputs.artifacts,
    cancelledState: inputs.cancelledState,
    autoInactive: inputs.autoInactive ?? (inputs.task !== '' ? 'task' : 'true'),
    autoFinish: inputs.autoFinish,
    timeoutMs: inputs.timeoutMs,
    dryRun: inputs.dryRun,
    summary: inputs.summary,
    hasCommand: inputs.command !== undefined
  })
