import { getText, isJsonObject, parseJson } from '../lib/json.ts'
import { sanitizeLine } from '../lib/text.ts'
import { type State, UNFINISHED_STATES } from './deployment.ts'

/** States that a canceled job can get. */
export const CANCELLED_STATES = ['failure', 'error', 'inactive'] as const
export type CancelledState = (typeof CANCELLED_STATES)[number]

/** A state to post, and what happened in the words of a description (empty for a plain success). */
export interface Outcome {
  readonly state: State
  readonly reason: string
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
  cancelled: { state: 'cancelled', reason: 'Cancelled' },
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

export const isUnfinishedResult = (result: string): boolean =>
  (UNFINISHED_STATES as readonly string[]).includes(result)

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

/** The worst of some results; one that nobody knows is worse than all, so that it cannot hide. */
export function worstResult(results: readonly string[]): string | undefined {
  const rank = (result: string) => RANK.get(result) ?? -1
  return [...results].sort((one, other) => rank(one) - rank(other))[0]
}

/**
 * The state to post for a result, as GitHub's states can say it.
 *
 * `jobStatus` is the job's own result: it decides where the result is `skipped` or `neutral`, and where
 * no other is given. Nothing known at all is an `error`, never a guess.
 */
export function outcomeOf(
  result: string | undefined,
  jobStatus: string,
  cancelledState: CancelledState
): Outcome {
  const name = result ?? jobStatus.trim().toLowerCase()
  if (name === '') return { state: 'error', reason: "The job's result is unknown" }
  const known = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined
  if (!known) return unknownResult(name)
  if (known.state === 'cancelled') return { state: cancelledState, reason: known.reason }
  if (known.state !== 'skipped') return { state: known.state, reason: known.reason }
  return outcomeOfSkipped(known.reason, jobStatus.trim().toLowerCase(), cancelledState)
}

export const unknownResult = (name: string): Outcome => ({
  state: 'error',
  reason: `Unknown result "${sanitizeLine(name, 40)}"`
})

/** Skipped says nothing of a job that went wrong elsewhere: then the job's own result counts. */
function outcomeOfSkipped(reason: string, job: string, cancelledState: CancelledState): Outcome {
  if (job === 'success' || job === 'skipped' || job === 'neutral') {
    return { state: 'inactive', reason }
  }
  const ofJob = outcomeOf(undefined, job, cancelledState)
  return { state: ofJob.state, reason: `${reason}; the job: ${ofJob.reason.toLowerCase()}` }
}

/** The exit code decides, nothing else in the job does. */
export const outcomeOfCommand = (exitCode: number): Outcome =>
  exitCode === 0
    ? { state: 'success', reason: '' }
    : { state: 'failure', reason: `Failed with exit code ${exitCode}` }

/** A wrapped command that could not be started. */
export const COMMAND_NOT_RUN: Outcome = { state: 'failure', reason: 'The command did not run' }

/** A command that was interrupted: what was deployed is not known. */
export const outcomeOfInterruption = (state: CancelledState): Outcome => ({
  state,
  reason: 'Interrupted'
})
