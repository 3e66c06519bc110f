import { getText, isJsonObject, parseJson } from '../lib/json.ts'
import { sanitizeLine } from '../lib/text.ts'
import { type CancelledState, type State, UNFINISHED_STATES } from './deployment.ts'

/** Every rule from a result to a state: for main, post, `run`, `finish` and cleanup (contract, section 5). */

/** A state to post, and the reason that its description starts with; the reason of a plain success is empty. */
export interface Outcome {
  readonly state: State
  readonly reason: string
  /** The result is missing or not one of GitHub's, which the log warns about. */
  readonly isUnknown?: true
}

type MappedState = State | 'cancelled' | 'skipped'

/** Every result that GitHub or a user can name, worst first: a list is reduced to its first. */
const RESULTS: Readonly<Record<string, { state: MappedState; reason: string }>> = {
  failure: { state: 'failure', reason: 'Failed' },
  timed_out: { state: 'failure', reason: 'Timed out' },
  error: { state: 'error', reason: 'Error' },
  startup_failure: { state: 'error', reason: 'Could not start' },
  action_required: { state: 'error', reason: 'Action required' },
  stale: { state: 'error', reason: 'Stale' },
  cancelled: { state: 'cancelled', reason: 'Canceled' },
  in_progress: { state: 'in_progress', reason: '' },
  queued: { state: 'queued', reason: '' },
  pending: { state: 'pending', reason: '' },
  success: { state: 'success', reason: '' },
  inactive: { state: 'inactive', reason: 'Inactive' },
  neutral: { state: 'skipped', reason: 'Neutral' },
  skipped: { state: 'skipped', reason: 'Skipped' }
}

export const KNOWN_RESULTS = Object.keys(RESULTS)
const RANK = new Map(KNOWN_RESULTS.map((name, index) => [name, index]))

const NO_RESULT: Outcome = { state: 'error', reason: "The job's result is unknown", isUnknown: true }

export const isKnownResult = (result: string): boolean => RANK.has(result)

export const isUnfinishedResult = (result: string): boolean => (UNFINISHED_STATES as readonly string[]).includes(result)

/** The results that a `state` input names: one, a list, or the JSON of `needs` or of `needs.*.result`. */
export function parseResults(input: string): readonly string[] {
  const parsed = parseJson(input)
  // `toJSON` of one result is a quoted text.
  const json = typeof parsed === 'string' ? [parsed] : parsed
  const named = isJsonObject(json)
    ? Object.values(json).map(job => getText(job, 'result'))
    : Array.isArray(json)
      ? json.map(item => (typeof item === 'string' ? item : getText(item, 'result')))
      : input.split(/[,\n]/)
  return named.map(name => name.trim().toLowerCase()).filter(name => name !== '')
}

/** The worst of some results. An unknown one is worse than all others, so that no list hides it. */
export function worstResult(results: readonly string[]): string | undefined {
  const rank = (result: string) => RANK.get(result) ?? -1
  return [...results].sort((one, other) => rank(one) - rank(other))[0]
}

/** What a canceled job becomes: the input if it is set, else `failure`, or `inactive` for a transient deployment. */
export const canceledState = (given: CancelledState | undefined, isTransient: boolean): CancelledState =>
  given ?? (isTransient ? 'inactive' : 'failure')

/** What decides the outcome of a deployment. */
export interface Results {
  /** The results of a `state` input; they win over the job. */
  readonly results: readonly string[]
  /** The job's own result: it decides if no other is given, or if that is `skipped` or `neutral`. */
  readonly jobStatus: string
  readonly cancelledState: CancelledState
}

/** The outcome for the worst of the results. A missing or unknown result is an `error`, never a guess. */
export function outcomeOf({ results, jobStatus, cancelledState }: Results): Outcome {
  const job = jobStatus.trim().toLowerCase()
  const name = worstResult(results) ?? job
  if (name === '') return NO_RESULT
  const known = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined
  if (!known) return unknownResult(name)
  const { state, reason } = known
  if (state === 'cancelled') return { state: cancelledState, reason }
  if (state !== 'skipped') return { state, reason }
  if (['success', 'skipped', 'neutral'].includes(job)) return { state: 'inactive', reason }
  // A skipped deploy says nothing about a job that failed elsewhere.
  const ofJob = outcomeOf({ results: [], jobStatus: job, cancelledState })
  return { ...ofJob, reason: `${reason}; the job: ${ofJob.reason.toLowerCase()}` }
}

const unknownResult = (name: string): Outcome => ({
  state: 'error',
  reason: `Unknown result "${sanitizeLine(name, 40)}"`,
  isUnknown: true
})

/** The same in a post step, where a state that is not final is invalid. */
export function finalOutcomeOf(facts: Results): Outcome {
  const unfinished = facts.results.find(isUnfinishedResult)
  return unfinished === undefined ? outcomeOf(facts) : unknownResult(unfinished)
}

/**
 * The job's status inside of a composite action, where `job.status` stays `success` until the composite has ended:
 * the worse of the two (observed on GitHub's runner 2.336.0).
 */
export const statusWithin = (jobStatus: string, actionStatus: string): string =>
  worstResult([jobStatus, actionStatus].map(each => each.trim().toLowerCase()).filter(Boolean)) ?? ''

/** The exit code of a wrapped command decides alone. */
export const outcomeOfCommand = (exitCode: number): Outcome =>
  exitCode === 0 ? { state: 'success', reason: '' } : { state: 'failure', reason: `Failed with exit code ${exitCode}` }

/** The warning about a `state` beside a wrapped command. */
export const STATE_IGNORED = 'state: ignored, because the exit code of the command in `run` decides.'

/** A wrapped command that could not be started. */
export const COMMAND_NOT_RUN: Outcome = { state: 'failure', reason: 'The command did not run' }

/** A `start` that failed in a job that went on, and that no `finish` finds. */
export const INCOMPLETE_START: Outcome = { state: 'error', reason: 'The start did not complete' }

/** A command or a `start` that was interrupted: what was deployed is not known. */
export const outcomeOfInterruption = (state: CancelledState): Outcome => ({ state, reason: 'Interrupted' })

/** A `start` that was interrupted before it completed never becomes `success`. */
export const outcomeOfInterruptedStart = (outcome: Outcome, state: CancelledState): Outcome =>
  outcome.state === 'success' ? outcomeOfInterruption(state) : outcome

/** The outcome of a wrapped command in the post step: the exit code, else an interruption, else it did not run. */
export function outcomeOfCommandInPost(facts: {
  readonly exitCode: number | undefined
  readonly hasStarted: boolean
  readonly jobStatus: string
  readonly cancelledState: CancelledState
}): Outcome {
  if (facts.exitCode !== undefined) return outcomeOfCommand(facts.exitCode)
  const isCanceled = facts.jobStatus.trim().toLowerCase() === 'cancelled'
  if (isCanceled) return { state: facts.cancelledState, reason: 'Canceled' }
  return facts.hasStarted ? { state: 'failure', reason: 'Interrupted' } : COMMAND_NOT_RUN
}

/** A run that says nothing about a deployment that it left unfinished. */
export const RUN_WITHOUT_RESULT: Outcome = { state: 'error', reason: 'The run ended without a result' }

/** The description of a deployment that a run left unfinished, unless cleanup was given another one. */
export const ENDED_EARLY = 'the run ended before it reported'

/**
 * What a completed run says about a deployment that it left unfinished. A success says nothing about the deployment:
 * it becomes an `error`, or is not changed (`undefined`) if another system finishes it.
 */
export function outcomeOfRun(
  conclusion: string,
  autoFinish: boolean | undefined,
  cancelledState: CancelledState
): Outcome | undefined {
  if (conclusion === 'success') return autoFinish === true ? RUN_WITHOUT_RESULT : undefined
  if (conclusion === '') return RUN_WITHOUT_RESULT
  return outcomeOf({ results: [conclusion], jobStatus: 'success', cancelledState })
}

// Every reason that the description of an unfinished or corrected status can start with.
const REASONS = [
  ...Object.values(RESULTS).map(({ reason }) => reason),
  ...[NO_RESULT, COMMAND_NOT_RUN, INCOMPLETE_START, RUN_WITHOUT_RESULT].map(({ reason }) => reason),
  'Interrupted',
  'Failed with exit code \\d+',
  'Unknown result "[^"]*"',
  '\\w+; the job: [^:]+'
].filter(reason => reason !== '')
const REASON = new RegExp(`^(?:${REASONS.join('|')})(?:: ${ENDED_EARLY}$|: |$)`)

/** A description without the reason that this action puts before it. */
export const withoutReason = (description: string): string => description.replace(REASON, '')
