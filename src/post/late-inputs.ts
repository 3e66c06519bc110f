import {
  canceledState,
  finalOutcomeOf,
  INCOMPLETE_START,
  isKnownResult,
  isUnfinishedResult,
  type Outcome,
  outcomeOfCommandInPost,
  outcomeOfInterruptedStart,
  parseResults,
  worstResult
} from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { usableUrl } from '../inputs/parsers.ts'
import { isNested, type PostDeps } from './deps.ts'

/** The outcome of a `start` in its post step: the command, else the late `state`, else the job's result. */
export function lateOutcome(post: PostDeps, record: StartRecord): Outcome {
  const { step } = post
  const jobStatus = step.input('job-status')
  const cancelledState = canceledState(record.cancelledState, record.transient)
  if (record.hasCommand) {
    const { exitCode, phase } = record
    const hasStarted = phase === 'started'
    return outcomeOfCommandInPost({ exitCode, hasStarted, jobStatus, cancelledState })
  }
  const results = isNested(post, record)
    ? resultsOfNested(record)
    : parseResults(step.input('state') || record.givenState)
  const outcome = finalOutcomeOf({ results, jobStatus, cancelledState })
  if (outcome.isUnknown) {
    step.log.warning(`${outcome.reason}: the deployment becomes \`${outcome.state}\`.`, 'lateValues')
  }
  const isCompleted = record.phase === 'started' || record.hasEnded
  if (!isCompleted) return outcomeOfInterruptedStart(outcome, cancelledState)
  // The job went on after a `start` that failed, and no `finish` will find this deployment.
  const isAbandoned = !record.autoFinish && outcome.state === 'success'
  return isAbandoned ? INCOMPLETE_START : outcome
}

/** The late `state` can belong to another composite action, and main's was evaluated before the deploy. */
function resultsOfNested({ givenState }: StartRecord): readonly string[] {
  const results = parseResults(givenState)
  return worstResult(results) === 'success' ? [] : results
}

/** The late environment URL; empty if main or the command had one, or if it is not usable. */
export function lateUrl(post: PostDeps, record: StartRecord): string {
  const { step } = post
  if (record.isUrlFromCommand || (isNested(post, record) && record.hadUrl)) return ''
  return usableUrl(step.input('environment-url'), text => step.log.warning(text, 'lateValues'))
}

/** A late text. In a composite inside a composite, one that main had stays. */
export const lateText = (post: PostDeps, record: StartRecord, name: 'description' | 'artifacts'): string =>
  isNested(post, record) && record[name] !== '' ? record[name] : post.step.input(name) || record[name]

/** The final state that a late `state` names, if main had none. An invalid one is left out with a warning. */
export function lateState(post: PostDeps, record: StartRecord): Outcome | undefined {
  const { step } = post
  const isLate = record.givenState === '' && !record.hasCommand && !isNested(post, record)
  const results = isLate ? parseResults(step.input('state')) : []
  if (results.length === 0) return undefined
  const invalid = results.find(result => !isKnownResult(result) || isUnfinishedResult(result))
  if (invalid !== undefined) {
    step.log.warning(`state: "${invalid}" is not a final state or result. It is left out.`, 'lateValues')
    return undefined
  }
  const cancelledState = canceledState(record.cancelledState, record.transient)
  return finalOutcomeOf({ results, jobStatus: step.input('job-status'), cancelledState })
}
