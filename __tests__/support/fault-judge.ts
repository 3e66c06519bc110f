import type { Fault } from '../../simulator/github/index.ts'
import type { Outcome, Strike, Target } from './fault-cell.ts'
import type { Flow } from './flow.ts'

/**
 * What is to come of a cell. `recovered`: as if nothing had happened. `rejected`: one clear error, or in the
 * post step and after a confirmed success one clear warning. `harmless`: a convenience is missing, no
 * more. `gone`: what was to go is gone already.
 */
export type Expected = 'recovered' | 'rejected' | 'harmless' | 'gone'

export interface Judgment {
  readonly expected: Expected
  readonly duplicates: number
  readonly orphans: number
  readonly isFalseGreen: boolean
  readonly isFalseRed: boolean
  readonly milliseconds: number
  /** What is not as expected; empty for a cell that is right. */
  readonly wrong: readonly string[]
}

// One operation has 120 s, and its last request may have started just before.
const OPERATION_MS = 135_000
const AT_ONCE_MS = 1_000
const UNFINISHED = ['none', 'pending', 'queued', 'in_progress', 'waiting']

/** A 404 for what is to be made inactive or deleted means that somebody else was faster. */
export const isGone = (flow: Flow, { fault, target }: Strike): boolean =>
  fault.name === '404' &&
  /^(deactivate|delete)/.test(flow.name) &&
  (target.method === 'DELETE' || target.operation.endsWith('/statuses')) &&
  target.method !== 'GET'

/** The read beside the create, for `previous-…`. */
const isBesideCreate = (flow: Flow, { operation, occurrence }: Target): boolean =>
  flow.name.startsWith('start') && operation.startsWith('graphql') && occurrence === 1

export function expectedOf(flow: Flow, strike: Strike): Expected {
  const { fault, target, isOutage = false } = strike
  if (isBesideCreate(flow, target) && !isOutage) return 'harmless'
  if (isGone(flow, strike) && !isOutage) return 'gone'
  if (isOutage) return fault.kind === 'late' || fault.kind === 'moved' ? 'recovered' : 'rejected'
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
const hasFallback = (flow: Flow, { name }: Fault): boolean => flow.stage === 'post' && name === '401'

/** Holds what came of a cell against what was to come of it. */
export function judge(flow: Flow, strike: Strike, dry: Outcome, outcome: Outcome): Judgment {
  const expected = expectedOf(flow, strike)
  const { failure, warnings } = outcome.stage
  // What was active before is a convenience that is read once (contract, section 8).
  const heeded = warnings.filter(text => !text.startsWith('The previous deployment of '))
  const said = failure === undefined ? heeded : [failure, ...heeded]
  const isReached = differences(dry, outcome).length === 0
  const duplicates = Math.max(0, outcome.total - dry.total) + twiceIn(outcome)
  const orphans = flow.isClosed ? unfinishedIn(outcome) : 0
  const isFalseGreen = said.length === 0 && !isReached
  const isFalseRed = expected !== 'rejected' && said.length > 0
  const problems = [
    ...outcome.problems,
    ...(duplicates > 0 ? [`${duplicates} duplicates`] : []),
    ...(orphans > 0 ? [`${orphans} left open`] : []),
    ...(isFalseGreen ? ['green, but GitHub shows something else'] : []),
    ...(isFalseRed ? ['trouble that passes was not recovered from'] : []),
    ...(expected === 'rejected' ? unclear(flow, strike, dry, outcome, said) : differences(dry, outcome)),
    ...untimely(strike, dry, outcome)
  ]
  return {
    expected,
    duplicates,
    orphans,
    isFalseGreen,
    isFalseRed,
    milliseconds: outcome.milliseconds,
    wrong: problems.length === 0 ? [] : [...problems, ...said, outcome.shown.join('; ')]
  }
}

/** What GitHub shows and the step's outputs tell, other than after the dry pass. */
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
    ...((stage.failure === undefined) === isWarned ? [] : ['not the right kind of message']),
    ...(text.includes('Could not ') ? [] : ['the message names no operation']),
    ...(wordsFor(strike).test(text) ? [] : ['the message does not say why']),
    ...(strike.isOutage || sent <= occurrence + checks ? [] : ['sent again after a rejection'])
  ]
}

function wordsFor({ fault, isOutage }: Strike): RegExp {
  if (isOutage) return /GitHub answered \d+|GitHub gave|no connection|no answer/
  if (fault.kind === 'stopped') return /asks to wait 36\d\d s, more than/
  if (fault.name.includes('another')) return /redirects to/
  return new RegExp(`GitHub answered ${fault.name.slice(0, 3)} "`)
}

function untimely({ fault, isOutage }: Strike, dry: Outcome, { milliseconds }: Outcome): string[] {
  const isAtOnce = !isOutage && ['stopped', 'rejected', 'moved'].includes(fault.kind)
  const most = isAtOnce ? AT_ONCE_MS : isOutage ? OPERATION_MS * dry.requests.length : OPERATION_MS
  return milliseconds <= most ? [] : [`took ${milliseconds / 1000} s`]
}
