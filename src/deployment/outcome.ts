import { isFields, parseJson, textAt } from '../lib/json.ts'
import { visible } from '../lib/text.ts'
import { type State, UNFINISHED_STATES } from './deployment.ts'

/** What a cancelled job becomes: the user's choice. */
export type CancelledState = 'inactive' | 'failure' | 'error'

/** A state to post, and what happened in the words of a description (empty for a plain success). */
export interface Verdict {
  readonly state: State
  readonly happened: string
}

type Mapped = State | 'cancelled' | 'skipped'

/** Every result that GitHub or a user can name, worst first: a list is reduced to its first. */
const RESULTS: Readonly<Record<string, { state: Mapped; happened: string }>> = {
  failure: { state: 'failure', happened: 'Failed' },
  timed_out: { state: 'failure', happened: 'Timed out' },
  error: { state: 'error', happened: 'Error' },
  startup_failure: { state: 'error', happened: 'Could not start' },
  action_required: { state: 'error', happened: 'Action required' },
  stale: { state: 'error', happened: 'Stale' },
  cancelled: { state: 'cancelled', happened: 'Cancelled' },
  in_progress: { state: 'in_progress', happened: '' },
  queued: { state: 'queued', happened: '' },
  pending: { state: 'pending', happened: '' },
  success: { state: 'success', happened: '' },
  inactive: { state: 'inactive', happened: 'Inactive' },
  neutral: { state: 'skipped', happened: 'Neutral' },
  skipped: { state: 'skipped', happened: 'Skipped' }
}

export const KNOWN_RESULTS = Object.keys(RESULTS)
const RANK = new Map(KNOWN_RESULTS.map((name, index) => [name, index]))

export const isUnfinishedResult = (result: string): boolean =>
  (UNFINISHED_STATES as readonly string[]).includes(result)

/** The results that a `state` input names: one, a list, or the JSON of `needs` or of `needs.*.result`. */
export function listResults(input: string): readonly string[] {
  const parsed = parseJson(input)
  // `toJSON` of one result is a quoted text.
  const json = typeof parsed === 'string' ? [parsed] : parsed
  const named = isFields(json)
    ? Object.values(json).map(job => textAt(job, 'result'))
    : Array.isArray(json)
      ? json.map(item => (typeof item === 'string' ? item : textAt(item, 'result')))
      : input.split(/[,\n]/)
  return named.map(name => name.trim().toLowerCase()).filter(name => name !== '')
}

/** The worst of some results; one that nobody knows is worse than all, so that it cannot hide. */
export function worst(results: readonly string[]): string | undefined {
  const rank = (result: string) => RANK.get(result) ?? -1
  return [...results].sort((one, other) => rank(one) - rank(other))[0]
}

/**
 * The state to post for a result, as GitHub's states can say it.
 *
 * `jobStatus` is the job's own result: it decides where the result is `skipped` or `neutral`, and where
 * no other is given. Nothing known at all is an `error`, never a guess.
 */
export function verdictOf(
  result: string | undefined,
  jobStatus: string,
  cancelledState: CancelledState
): Verdict {
  const name = result ?? jobStatus.trim().toLowerCase()
  if (name === '') return { state: 'error', happened: "The job's result is unknown" }
  const known = Object.hasOwn(RESULTS, name) ? RESULTS[name] : undefined
  if (!known) return unknownResult(name)
  if (known.state === 'cancelled') return { state: cancelledState, happened: known.happened }
  if (known.state !== 'skipped') return { state: known.state, happened: known.happened }
  return skipped(known.happened, jobStatus.trim().toLowerCase(), cancelledState)
}

export const unknownResult = (name: string): Verdict => ({
  state: 'error',
  happened: `Unknown result "${visible(name, 40)}"`
})

/** Skipped says nothing of a job that went wrong elsewhere: then the job's own result counts. */
function skipped(happened: string, job: string, cancelledState: CancelledState): Verdict {
  if (job === 'success' || job === 'skipped' || job === 'neutral') {
    return { state: 'inactive', happened }
  }
  const ofJob = verdictOf(undefined, job, cancelledState)
  return { state: ofJob.state, happened: `${happened}; the job: ${ofJob.happened.toLowerCase()}` }
}

/** The exit code decides, nothing else in the job does. */
export const verdictOfCommand = (exitCode: number): Verdict =>
  exitCode === 0
    ? { state: 'success', happened: '' }
    : { state: 'failure', happened: `Failed with exit code ${exitCode}` }
