import type { Outcome, Strike, Target } from './fault-cell.ts'
import type { Flow } from './flow.ts'
import { failureOf, warningsOf } from './results.ts'

/**
 * What a cell has to end with. `recovered`: as without the fault, and without a message. `rejected`: one clear error,
 * or one clear warning in the post step and after a confirmed success. `harmless`: only `previous-*` is missing. `gone`:
 * something else has done it. `posted`: the deployment itself has its final state, and at most one warning says what
 * is not known. `reported`: recovered, or one message that names the operation. `interrupted`: if there is a deployment,
 * it has ended as a failure.
 */
export type Expected = 'recovered' | 'rejected' | 'harmless' | 'gone' | 'posted' | 'reported' | 'interrupted'

/** What a cell tries. */
export interface Trial {
  readonly name: string
  readonly expected: Expected
  readonly strike?: Strike | undefined
  /** Whether the action retries until `timeout` is over. */
  readonly isRetried: boolean
  /** How often the fault may be met. Defaults to any number. */
  readonly maxHits?: number
  /** How many requests the stage may send. Defaults to any number. */
  readonly maxRequests?: number
}

export interface Judgment {
  readonly expected: Expected
  /** It ended with a message. */
  readonly isReported: boolean
  readonly duplicates: number
  readonly orphans: number
  readonly isFalseGreen: boolean
  readonly isFalseRed: boolean
  readonly isHung: boolean
  readonly isEarly: boolean
  readonly milliseconds: number
  /** What is not as expected; empty for a cell that is right. */
  readonly wrong: readonly string[]
}

// One operation has 120 s, and its last request may have started just before.
const OPERATION_MS = 135_000
// The time of one operation without the longest backoff.
const RETRIED_MS = 105_000
const AT_ONCE_MS = 1_000
const UNFINISHED = ['none', 'pending', 'queued', 'in_progress', 'waiting']

/** A 404 for what is to be made inactive or deleted means that another client did it first. */
export const isGone = (flow: Flow, { fault, target }: Strike): boolean =>
  fault.name === '404' &&
  /^(deactivate|delete)/.test(flow.name) &&
  (target.method === 'DELETE' || target.operation.endsWith('/statuses')) &&
  target.method !== 'GET'

/** The read beside the create, for `previous-…`. */
const isBesideCreate = (flow: Flow, { operation, occurrence }: Target): boolean =>
  flow.name.startsWith('start') && operation.startsWith('graphql') && occurrence === 1

export function expectedOf(flow: Flow, strike: Strike): Expected {
  const { fault, target, reach } = strike
  if (reach !== 'once') return fault.kind === 'late' || fault.kind === 'moved' ? 'recovered' : 'rejected'
  if (isBesideCreate(flow, target)) return 'harmless'
  if (isGone(flow, strike)) return 'gone'
  if (isLookUp(flow, target)) return 'recovered'
  if (fault.kind === 'stopped' || fault.kind === 'rejected') return hasFallback(flow, fault) ? 'recovered' : 'rejected'
  const isCreate = target.operation === 'POST /repos/{owner}/{repo}/deployments'
  return fault.name === '202' && isCreate ? 'rejected' : 'recovered'
}

/** A read before the final state, which is posted all the same. What it is about is read again after it. */
const isLookUp = (flow: Flow, { operation, occurrence }: Target): boolean =>
  occurrence === 1 &&
  ((flow.supersedes === true && operation.startsWith('graphql')) ||
    (flow.name === 'end of the job, transient' && operation.startsWith('GET')))

/** The post step uses the workflow's own token if the one it was given has expired. */
const hasFallback = (flow: Flow, { name }: Strike['fault']): boolean => flow.stage === 'post' && name === '401'

/** Compares the result of a cell with that of the same flow without the fault. */
export function judge(flow: Flow, trial: Trial, dry: Outcome, outcome: Outcome): Judgment {
  const { expected, strike, isRetried, maxHits = Infinity, maxRequests = Infinity } = trial
  const failure = failureOf(outcome.stage)
  // `previous-*` is read once (contract, section 8).
  const heeded = warningsOf(outcome.stage).filter(text => !text.startsWith('The previous deployment of '))
  const said = failure === undefined ? heeded : [failure, ...heeded]
  const isReached = differences(dry, outcome).length === 0
  const duplicates = Math.max(0, outcome.total - dry.total) + twiceIn(outcome)
  const orphans = flow.isClosed || said.length === 0 ? Math.max(0, unfinishedIn(outcome) - unfinishedIn(dry)) : 0
  const isFalseGreen = said.length === 0 && !isReached && expected !== 'interrupted'
  const isFalseRed = ['recovered', 'harmless', 'gone'].includes(expected) && said.length > 0
  const isHung = outcome.milliseconds > OPERATION_MS * dry.requests.length
  const isEarly = isRetried && said.length > 0 && outcome.sinceHitMs < RETRIED_MS
  const problems = [
    ...outcome.problems,
    ...(duplicates > 0 ? [`${duplicates} duplicates`] : []),
    ...(orphans > 0 ? [`${orphans} left open`] : []),
    ...(isFalseGreen ? ['green, but GitHub shows something else'] : []),
    ...(isFalseRed ? ['a fault that passes was not recovered from'] : []),
    ...(isHung ? [`took ${outcome.milliseconds / 1000} s`] : []),
    ...(isEarly ? [`gave up after ${outcome.sinceHitMs / 1000} s`] : []),
    ...(outcome.hits > maxHits ? [`met the fault ${outcome.hits} times`] : []),
    ...(outcome.requests.length > maxRequests ? [`sent ${outcome.requests.length} requests`] : []),
    ...endProblems(flow, trial, dry, outcome, said),
    ...(strike && expected === 'rejected' ? slow(strike, outcome) : [])
  ]
  return {
    ...{ expected, isReported: said.length > 0, duplicates, orphans, isFalseGreen, isFalseRed, isHung, isEarly },
    milliseconds: outcome.milliseconds,
    wrong: problems.length === 0 ? [] : [...problems, ...said, outcome.shown.join('; ')]
  }
}

function endProblems(
  flow: Flow,
  { expected, strike }: Trial,
  dry: Outcome,
  outcome: Outcome,
  said: readonly string[]
): string[] {
  if (expected === 'rejected' && strike) return unclear(flow, strike, dry, outcome, said)
  if (expected === 'posted') {
    // The last line names the environments, and the one before it is the deployment of the flow.
    const isPosted = outcome.shown.at(-2) === dry.shown.at(-2)
    return [...(isPosted ? [] : ['the final state is missing']), ...(said.length <= 1 ? [] : ['several messages'])]
  }
  if (expected === 'interrupted') {
    const isFailed = outcome.deployments.slice(-1).every(({ statuses }) => statuses.at(-1)?.state === 'failure')
    return isFailed ? [] : ['the interruption is not a failure']
  }
  if (expected !== 'reported' || said.length === 0) return differences(dry, outcome)
  return said.length === 1 && said[0]?.includes('Could not ') ? [] : ['not one message that names the operation']
}

/** How the deployments and the outputs differ from those of the run without faults. */
function differences(dry: Outcome, { gone, shown, stage }: Outcome): string[] {
  const lost = dry.deployments.map(({ id }, index) => (gone.includes(id) ? index : -1))
  const wanted = dry.shown.filter((_line, index) => !lost.includes(index))
  const isShown = wanted.join('\n') === shown.join('\n')
  const names = ['deployment-id', 'state'] as const
  const isTold = gone.length > 0 || names.every(name => stage.outputs[name] === dry.stage.outputs[name])
  return [...(isShown ? [] : ['not as wanted']), ...(isTold ? [] : ['the outputs differ'])]
}

/** Statuses that say the same as the one before them. */
const twiceIn = ({ deployments }: Outcome): number =>
  deployments.flatMap(({ statuses }) =>
    statuses.filter((one, index) => {
      const last = statuses[index - 1]
      return one.state === last?.state && one.description === last.description
    })
  ).length

/** Unfinished ones that are ours: one that was there before and is untouched is not. */
const unfinishedIn = ({ deployments }: Outcome): number =>
  deployments.filter(
    ({ statuses, payload }) =>
      UNFINISHED.includes(statuses.at(-1)?.state ?? 'none') &&
      (statuses.length > 0 || Object.hasOwn(Object(payload), 'deploy-status-action'))
  ).length

/** A rejection is one message that names the operation and what GitHub said, where it belongs. */
function unclear(
  flow: Flow,
  strike: Strike,
  dry: Outcome,
  { stage, requests }: Outcome,
  said: readonly string[]
): string[] {
  const isLate = flow.supersedes && strike.target.number > dry.requests.length - 2
  const isWarned = flow.stage === 'post' || isLate === true
  const [text = ''] = said
  const { operation, path, occurrence } = strike.target
  const sent = requests.filter(each => each.operation === operation && each.path === path).length
  // After a 404 the deployments are listed once, to see whether the deployment was deleted.
  const checks = strike.fault.name === '404' && path.endsWith('/graphql') ? 1 : 0
  return [
    ...(said.length === 1 ? [] : [`${said.length} messages`]),
    ...((failureOf(stage) === undefined) === isWarned ? [] : ['not the right kind of message']),
    ...(text.includes('Could not ') ? [] : ['the message names no operation']),
    ...(wordsFor(strike).test(text) ? [] : ['the message does not say why']),
    ...(strike.reach !== 'once' || sent <= occurrence + checks ? [] : ['sent again after a rejection'])
  ]
}

function wordsFor({ fault, reach }: Strike): RegExp {
  if (reach !== 'once') return /GitHub answered \d+|GitHub gave|no connection|the connection was lost|no answer/
  if (fault.kind === 'stopped') return /asks to wait 36\d\d s, more than/
  if (fault.name.includes('another')) return /redirects to/
  return new RegExp(`GitHub answered ${fault.name.slice(0, 3)} "`)
}

/** What GitHub refuses is reported at once. */
function slow({ fault, reach }: Strike, { sinceHitMs }: Outcome): string[] {
  const isAtOnce = reach === 'once' && ['stopped', 'rejected', 'moved'].includes(fault.kind)
  return !isAtOnce || sinceHitMs <= AT_ONCE_MS ? [] : [`took ${sinceHitMs / 1000} s`]
}
