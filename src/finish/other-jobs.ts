import {
  isUnfinished,
  type ListedDeployment,
  sameName,
  spellings
} from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { commaParts, warnAboutCommas } from '../finalize/bare-comma.ts'
import { fromListed } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { InputError } from '../lib/errors.ts'
import { isGlob } from '../lib/glob.ts'
import type { Tools } from '../mode.ts'
import { isRestrictedRun, type RunContext } from '../runner/context.ts'
import { isReaper } from './cleanup.ts'
import { type Choice, isAsked, NONE } from './selection.ts'

// A run lasts at most 35 days.
const MAX_AGE_MS = 40 * 24 * 3_600_000

/** What a run can have made and left, of the environments that are meant, page by page, newest first. */
export async function* recentlyMade(
  tools: Tools,
  inputs: FinishInputs
): AsyncGenerator<readonly ListedDeployment[]> {
  const oldest = tools.now() - MAX_AGE_MS
  // With the parts of a name that has commas, since the author may have meant a list.
  const wanted = inputs.environments.flatMap(name => [name, ...commaParts(name)])
  const names = wanted.some(isGlob) ? [] : spellings(wanted)
  for await (const page of tools.deployments.list(names)) {
    const young = page.filter(one => Date.parse(one.createdAt) >= oldest)
    yield young
    if (young.length < page.length) return
  }
}

/** Throws where the run left something open that it has to give a verdict on, and `state` is missing. */
export function demandState(tools: Tools, run: RunContext, inputs: FinishInputs): void {
  const isVerdictless = inputs.results.length === 0
  if (isVerdictless && tools.ledger.isKept && !isRestrictedRun(run)) {
    throw new InputError(STATE_NEEDED)
  }
}

/** What other jobs of this run left open for this one, found by our payload. */
export async function leftOpen(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  listed: AsyncIterable<readonly ListedDeployment[]> | Iterable<readonly ListedDeployment[]>
): Promise<Choice> {
  const isVerdictless = inputs.results.length === 0
  const isReadOnly = isRestrictedRun(run)
  const found: ListedDeployment[] = []
  for await (const page of listed) {
    found.push(...page.filter(one => isFor(tools, run, inputs, one)))
  }
  const asked = found.filter(one => isAsked(inputs, one)).sort((one, other) => other.id - one.id)
  const isNobodys = found.length === 0 && !isReaper(run)
  const areOthers = tools.ledger.isKept ? found.length > 0 : isNobodys
  if (isVerdictless && areOthers && !(isReadOnly && found.length === 0)) {
    throw new InputError(STATE_NEEDED)
  }
  if (asked.length === 0 && found.length > 0) {
    warnAboutCommas(tools.log, inputs.environments, found)
    throw new InputError(
      `environment: none of this run's deployments is meant; it has ${named(found)}`
    )
  }
  return sorted(run, inputs, asked)
}

/** Which of the run's deployments get the verdict, which were replaced, and which are final already. */
function sorted(run: RunContext, inputs: FinishInputs, asked: readonly ListedDeployment[]): Choice {
  const unfinished = asked.filter(one => isUnfinished(one.state))
  const considered = unfinished.length > 0 ? unfinished : asked
  const newest = newestOfEach(considered)
  const isFiltered = inputs.environments.length > 0 || inputs.task !== ''
  if (newest.length > 1 && !isFiltered) {
    throw new InputError(
      `environment: this run left several deployments: ${named(newest)}. Name the one that is meant with "environment" or "task", or all with "environment: *"`
    )
  }
  const toTarget = (one: ListedDeployment) => fromListed(one, run, inputs.repository)
  const targets = newest.map(toTarget)
  if (unfinished.length === 0) {
    // A re-run may come to another verdict; a first attempt has been overtaken by somebody who knew.
    const isRerun = run.runAttempt > 1
    return { ...NONE, ...(isRerun ? { targets } : { finished: targets }) }
  }
  const replaced = unfinished
    .filter(one => !newest.includes(one))
    .map(one => ({ target: toTarget(one), by: newest.find(other => isTwin(one, other))?.id ?? 0 }))
  return { ...NONE, targets, replaced }
}

const STATE_NEEDED =
  'state: this job has begun no deployment, so its own status is no verdict on those of other jobs. Give the result of the job that deployed, such as "state: ${{ needs.deploy.result }}" or "state: ${{ toJSON(needs) }}"'

/**
 * Made by this run and left for a finish. Where the runner gives no folder for the ledger, also what this
 * very job began: of the same attempt, and of the same check run where that is known.
 */
function isFor(
  tools: Tools,
  run: RunContext,
  inputs: FinishInputs,
  one: ListedDeployment
): boolean {
  const origin = readOrigin(one.payload)
  if (origin === undefined || origin.runId === undefined || origin.runId !== run.runId) return false
  const isOffered = origin.autoFinish === false
  if (isOffered && (tools.ledger.isKept || inputs.results.length > 0)) return true
  const isSameJob = origin.checkRunId === inputs.checkRunId && origin.job === run.job
  return !tools.ledger.isKept && isSameJob && origin.runAttempt === run.runAttempt
}

const isTwin = (one: ListedDeployment, other: ListedDeployment): boolean =>
  sameName(one.environment, other.environment) && one.task === other.task

/** The newest of each environment and task; the list is newest first. */
function newestOfEach(listed: readonly ListedDeployment[]): ListedDeployment[] {
  const newest: ListedDeployment[] = []
  for (const one of listed) if (!newest.some(other => isTwin(one, other))) newest.push(one)
  return newest
}

const named = (listed: readonly ListedDeployment[]): string =>
  listed.map(one => `"${one.environment}" (task ${one.task}, deployment ${one.id})`).join(', ')
