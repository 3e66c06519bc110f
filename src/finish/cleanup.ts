import { isFinal, type ListedDeployment, type Origin } from '../deployment/deployment.ts'
import { canceledState, ENDED_EARLY, type Outcome, outcomeOfRun, RUN_WITHOUT_RESULT } from '../deployment/outcome.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import type { FinalizeRequest } from '../finalize/final-status.ts'
import { targetFromListed } from '../finalize/target.ts'
import { permissionsBlock } from '../github/error-messages.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, RequestError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { logUrl, parseLogUrl, type RunContext } from '../runner/context.ts'
import { describeAll, matchesInputs, onFailure, type Selection } from './selection.ts'

/** Whether a `finish` that has nothing of its own run finishes what other runs left open. */
export const isCleanupRun = ({ event }: RunContext): boolean =>
  event.name === 'schedule' || event.workflowRun?.isCompleted === true

/** The runs that a deployment depends on: the one that created it, and the one that reported on it last. */
interface Runs {
  readonly origin: Origin
  readonly runId: number
  /** The run in the log URL of the newest status; `undefined` if that is not a run of this repository. */
  readonly reportedBy: number | undefined
}

/**
 * Finds the deployments of this action that completed runs left unfinished: those of the run that triggered this one,
 * or on a schedule those of any run (contract, section 7).
 */
export async function findLeftOpen(
  deps: Deps,
  inputs: FinishInputs,
  listed: readonly ListedDeployment[]
): Promise<Selection> {
  const lookup = createRunLookup(deps)
  const deleted: ListedDeployment[] = []
  const requests: FinalizeRequest[] = []
  const failures = new Set<ActionError>()
  for (const one of listed.filter(each => !isFinal(each.state) && matchesInputs(inputs, each))) {
    const runs = runsOf(deps.run, one)
    if (!runs || !isOfInterest(deps.run, runs)) continue
    try {
      const request = await requestFor(deps, inputs, one, { runs, lookup })
      if (request === 'deleted') deleted.push(one)
      else if (request) requests.push(request)
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      failures.add(error)
    }
  }
  if (deleted.length > 0) deps.log.notice(`${RUN_DELETED}: ${describeAll(deleted)}.`)
  return { kind: 'cleanUp', requests, failures: [...failures] }
}

const RUN_DELETED =
  'Left alone, because the run was deleted. To finish such a deployment, set `deployment-id` and `state`'

/** `undefined` if the deployment is not of this action, or if another system finishes it. */
function runsOf(run: RunContext, one: ListedDeployment): Runs | undefined {
  const { origin } = one
  if (origin?.runId === undefined) return undefined
  const reportedBy = parseLogUrl(run, one.logUrl)?.runId
  const isElsewhere = reportedBy === undefined && one.logUrl !== ''
  if (isElsewhere && origin.autoFinish === false) return undefined
  return { origin, runId: origin.runId, reportedBy }
}

/** This run is not over, and a triggering run is cleaned up by the run that it triggers. */
function isOfInterest(run: RunContext, { origin, runId, reportedBy }: Runs): boolean {
  const triggering = run.event.workflowRun
  if (triggering) return runId === triggering.id || reportedBy === triggering.id
  if (reportedBy !== undefined && reportedBy !== runId && reportedBy === run.runId) return false
  return runId !== run.runId || (origin.runAttempt ?? 1) < run.runAttempt
}

async function requestFor(
  deps: Deps,
  inputs: FinishInputs,
  one: ListedDeployment,
  { runs, lookup }: { readonly runs: Runs; readonly lookup: RunLookup }
): Promise<FinalizeRequest | 'deleted' | undefined> {
  const outcome = await outcomeFrom(inputs, runs, lookup)
  if (!outcome || outcome === 'deleted') return outcome
  // The list can be older than a report at the end of the run.
  const status = await deps.deployments.latestStatus(one.id, NOTHING_CHANGED)
  if (status && isFinal(status.state)) return undefined
  const { origin, runId } = runs
  const ofOrigin = { ...deps.run, runId, runAttempt: origin.runAttempt ?? 1 }
  // When the run ended is not known, so no duration is shown.
  const target = { ...targetFromListed(one, deps.run, inputs.repository), createdAt: '' }
  return {
    target,
    outcome,
    description: inputs.description || (outcome === RUN_WITHOUT_RESULT ? '' : ENDED_EARLY),
    environmentUrl: inputs.environmentUrl || status?.environmentUrl || one.environmentUrl,
    logUrl: inputs.logUrl || status?.logUrl || one.logUrl || logUrl(ofOrigin, origin.checkRunId),
    autoInactive: 'false',
    onFailure: onFailure(target)
  }
}

/** The outcome once both runs are over: the run that reported last decides. */
async function outcomeFrom(
  inputs: FinishInputs,
  { origin, runId, reportedBy }: Runs,
  lookup: RunLookup
): Promise<Outcome | 'deleted' | undefined> {
  const isHere = reportedBy !== undefined
  const creator = await lookup({ runId, attempt: origin.runAttempt ?? 1, isHere })
  const isReused = isHere && reportedBy !== runId
  const reporter = creator && isReused ? await lookup({ runId: reportedBy, attempt: undefined, isHere }) : creator
  if (!creator || !reporter) return undefined
  if (creator === 'deleted' || reporter === 'deleted') return 'deleted'
  const cancelled = canceledState(inputs.cancelledState, origin.transient === true)
  return outcomeOfRun(reporter.conclusion, origin.autoFinish, cancelled)
}

/** A run, or one attempt of it, that is over. */
interface CompletedRun {
  /** GitHub's result; empty if it has none. */
  readonly conclusion: string
}

interface RunName {
  readonly runId: number
  /** `undefined`: the newest one. */
  readonly attempt: number | undefined
  /** A log URL says that it is a run of the workflow's own repository. */
  readonly isHere: boolean
}

/** Looks a run up, once for each run. `undefined` if it is not over. */
type RunLookup = (run: RunName) => Promise<CompletedRun | 'deleted' | undefined>

const RUNS_HIDDEN = `GitHub answers 404 for the workflow's own run too, so the token cannot read runs. Set these permissions for the job:\n${permissionsBlock({ actions: 'read' })}`

/**
 * A lookup of runs in the workflow's own repository, or in that of the deployments. Needs `actions: read`. Throws an
 * ActionError.
 */
function createRunLookup(deps: Deps): RunLookup {
  const found = new Map<string, ReturnType<RunLookup>>()
  const { event, runId: ownId = 0 } = deps.run
  let ownRun: Promise<unknown> | undefined
  /** A 404 means that a run was deleted, or that the token cannot read runs: then it cannot read this one either. */
  const rejectIfNotReadable = (left: string) => {
    ownRun ??= deps.runs.attempt(ownId, undefined, left).catch((error: unknown) => {
      if (!(error instanceof RequestError) || failureOf(error)?.status !== 404) throw error
      throw new RequestError({ ...error.parts, next: RUNS_HIDDEN, section: 'cleanup' }, error.cause)
    })
    return ownRun
  }
  const lookup: RunLookup = async ({ runId, attempt, isHere }) => {
    const triggering = event.workflowRun
    const isTriggering = triggering?.isCompleted === true && triggering.id === runId
    if (isTriggering && (attempt ?? triggering.attempt) === triggering.attempt) return triggering
    const place = isHere ? deps.runs : deps.deployments
    const left = `The deployments that run ${runId} left open were not changed.`
    try {
      const { isOver, conclusion } = await place.attempt(runId, attempt, left)
      return isOver ? { conclusion } : undefined
    } catch (error) {
      if (failureOf(error)?.status !== 404) throw error
      await rejectIfNotReadable(left)
      return 'deleted'
    }
  }
  return run => {
    const isHere = run.isHere || deps.runs === deps.deployments
    const key = JSON.stringify({ ...run, isHere })
    const looked = found.get(key) ?? lookup({ ...run, isHere })
    found.set(key, looked)
    return looked
  }
}
