import type { Deployment, NewDeployment } from '../deployment/deployment.ts'
import { PAYLOAD_KEY, writeOrigin } from '../deployment/origin.ts'
import { newStartRecord, type StartRecord } from '../deployment/start-record.ts'
import type { StartInputs } from '../inputs/types.ts'
import { description, MAX_DESCRIPTION_CHARS, truncate } from '../lib/text.ts'
import { logUrl, type RunContext } from '../runner/context.ts'
import { type Commit, deploymentOfEvent, inferCommit, inferEnvironment } from '../runner/infer.ts'

/** What `start` is going to do, decided from inputs and event alone, before anything is sent. */
export interface Plan {
  readonly record: StartRecord
  /** The deployment to take over, with what the event knows of it; else one is created. */
  readonly reuse: { readonly id: number; readonly known: Deployment | undefined } | undefined
  readonly create: { readonly wanted: NewDeployment; readonly commit: Commit } | undefined
  /** Where a deployment that is taken over is to be moved to; empty: it stays. */
  readonly moveTo: string
}

/** Throws an InputError where inputs and event do not say what to deploy, or where to. */
export function planStart(run: RunContext, inputs: StartInputs, key: string, now: number): Plan {
  const known = deploymentOfEvent(run, inputs.repository, inputs.environment)
  const id = inputs.deploymentId ?? known?.id
  if (id !== undefined) {
    const isEvents = known?.id === id
    return {
      // Nothing is made here: killed before it is ours, it stays as it was.
      record: {
        ...newRecord(run, inputs, key, now, { task: inputs.task, environment: inputs.environment }),
        phase: 'nothing'
      },
      reuse: { id, known: isEvents ? known : undefined },
      create: undefined,
      moveTo: isEvents ? '' : inputs.environment
    }
  }
  const commit = inferCommit(run, inputs.ref)
  const environment = inferEnvironment(run, inputs.environment)
  const task = inputs.task || 'deploy'
  const record = newRecord(run, inputs, key, now, {
    task,
    environment: environment.name,
    ref: commit.ref,
    refName: commit.name,
    sha: commit.sha,
    transient: inputs.transient ?? environment.isInferred,
    sharesEnvironment: inputs.task !== '' || environment.isInferred
  })
  const wanted: NewDeployment = {
    key,
    ref: commit.ref,
    environment: environment.name,
    task,
    description: description('', inputs.description),
    payload: { ...inputs.payload, [PAYLOAD_KEY]: originOf(run, inputs, commit, key) },
    autoMerge: inputs.autoMerge,
    requiredContexts: inputs.requiredContexts,
    transient: record.transient,
    production: inputs.production
  }
  return { record, reuse: undefined, create: { wanted, commit }, moveTo: '' }
}

const originOf = (run: RunContext, inputs: StartInputs, commit: Commit, key: string) =>
  writeOrigin({
    runId: run.runId,
    runAttempt: run.runAttempt,
    checkRunId: inputs.checkRunId,
    job: run.job,
    ref: commit.name,
    pullRequest: run.event.pullRequest?.number,
    autoFinish: inputs.autoFinish,
    key
  })

interface RecordFacts {
  readonly task: string
  readonly environment: string
  readonly ref?: string
  readonly refName?: string
  readonly sha?: string
  readonly transient?: boolean
  readonly sharesEnvironment?: boolean
}

function newRecord(
  run: RunContext,
  inputs: StartInputs,
  key: string,
  now: number,
  { sharesEnvironment, ...known }: RecordFacts
): StartRecord {
  const shares = sharesEnvironment ?? inputs.task !== ''
  return newStartRecord({
    ...known,
    key,
    phase: 'creating',
    repository: inputs.repository,
    checkRunId: inputs.checkRunId ?? 0,
    logUrl: inputs.logUrl || logUrl(run, inputs.checkRunId),
    environmentUrl: inputs.environmentUrl,
    // A status takes no more, and the variable that hands the record to post has little room.
    description: truncate(inputs.description, MAX_DESCRIPTION_CHARS),
    cancelledState: inputs.cancelledState,
    autoInactive: inputs.autoInactive ?? (shares ? 'task' : 'true'),
    autoFinish: inputs.autoFinish,
    timeoutMs: inputs.timeoutMs,
    dryRun: inputs.dryRun,
    summary: inputs.summary,
    startedAt: now,
    hasCommand: inputs.command !== undefined
  })
}
