import { isUnfinished, type ListedDeployment, sameName } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { commaParts, warnAboutCommas } from '../finalize/bare-comma.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import { targetFromListed } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { InputError } from '../lib/errors.ts'
import { isGlob } from '../lib/glob.ts'
import type { Deps } from '../mode.ts'
import { isRestrictedRun, type RunContext } from '../runner/context.ts'
import { isCleanupRun } from './cleanup.ts'
import { matchesInputs, NONE, type Selection } from './selection.ts'

// A run lasts at most 35 days.
const MAX_AGE_MS = 40 * 24 * 3_600_000

/** What a run can have made and left, of the environments that are meant, page by page, newest first. */
export async function* listRecent(
  deps: Deps,
  inputs: FinishInputs
): AsyncGenerator<readonly ListedDeployment[]> {
  const oldest = deps.now() - MAX_AGE_MS
  // With the parts of a name that has commas, since the author may have meant a list.
  const wanted = inputs.environments.flatMap(name => [name, ...commaParts(name)])
  const names = wanted.some(isGlob) ? [] : wanted
  for await (const page of deps.deployments.list(names, NOTHING_CHANGED)) {
    const young = page.filter(one => Date.parse(one.createdAt) >= oldest)
    yield young
    if (young.length < page.length) return
  }
}

/** Throws where the run left something open that it has to give a verdict on, and `state` is missing. */
export function requireState(deps: Deps, run: RunContext, inputs: FinishInputs): void {
  const isVerdictless = inputs.results.length === 0
  if (isVerdictless && deps.journal.isKept && !isRestrictedRun(run)) {
    throw new InputError(STATE_NEEDED)
  }
}

/** What other jobs of this run left open for this one, found by our payload. */
export async function selectFromOtherJobs(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  listed: AsyncIterable<readonly ListedDeployment[]> | Iterable<readonly ListedDeployment[]>
): Promise<Selection> {
  const isVerdictless = inputs.results.length === 0
  const isReadOnly = isRestrictedRun(run)
  const found: ListedDeployment[] = []
  for await (const page of listed) {
    found.push(...page.filter(one => belongsToRun(deps, run, inputs, one)))
  }
  const asked = found
    .filter(one => matchesInputs(inputs, one))
    .sort((one, other) => other.id - one.id)
  const isNobodys = found.length === 0 && !isCleanupRun(run)
  const areOthers = deps.journal.isKept ? found.length > 0 : isNobodys
  if (isVerdictless && areOthers && !(isReadOnly && found.length === 0)) {
    throw new InputError(STATE_NEEDED)
  }
  if (asked.length === 0 && found.length > 0) {
    warnAboutCommas(deps.log, inputs.environments, found)
    throw new InputError(
      `environment: none of this run's deployments is meant; it has ${describeAll(found)}`
    )
  }
  return selectNewest(run, inputs, asked)
}

/** Which of the run's deployments get the verdict, which were replaced, and which are final already. */
function selectNewest(
  run: RunContext,
  inputs: FinishInputs,
  asked: readonly ListedDeployment[]
): Selection {
  const unfinished = asked.filter(one => isUnfinished(one.state))
  const considered = unfinished.length > 0 ? unfinished : asked
  const newest = newestOfEach(considered)
  const isFiltered = inputs.environments.length > 0 || inputs.task !== ''
  if (newest.length > 1 && !isFiltered) {
    throw new InputError(
      `environment: this run left several deployments: ${describeAll(newest)}. Name the one that is meant with "environment" or "task", or all with "environment: *"`
    )
  }
  const toTarget = (one: ListedDeployment) => targetFromListed(one, run, inputs.repository)
  const targets = newest.map(toTarget)
  if (unfinished.length === 0) {
    // A re-run may come to another verdict; a first attempt has been overtaken by somebody who knew.
    const isRerun = run.runAttempt > 1
    return { ...NONE, ...(isRerun ? { targets } : { finished: targets }) }
  }
  const replaced = unfinished
    .filter(one => !newest.includes(one))
    .map(one => ({
      target: toTarget(one),
      by: newest.find(other => isSameScope(one, other))?.id ?? 0
    }))
  return { ...NONE, targets, replaced }
}

const STATE_NEEDED =
  'state: this job has begun no deployment, so its own status is no verdict on those of other jobs. Give the result of the job that deployed, such as "state: ${{ needs.deploy.result }}" or "state: ${{ toJSON(needs) }}"'

/**
 * Made by this run and left for a finish. Where the runner gives no folder for the ledger, also what this
 * very job began: of the same attempt, and of the same check run where that is known.
 */
function belongsToRun(
  deps: Deps,
  run: RunContext,
  inputs: FinishInputs,
  one: ListedDeployment
): boolean {
  const origin = readOrigin(one.payload)
  if (origin === undefined || origin.runId === undefined || origin.runId !== run.runId) return false
  const isOffered = origin.autoFinish === false
  if (isOffered && (deps.journal.isKept || inputs.results.length > 0)) return true
  const isSameJob = origin.checkRunId === inputs.checkRunId && origin.job === run.job
  return !deps.journal.isKept && isSameJob && origin.runAttempt === run.runAttempt
}

const isSameScope = (one: ListedDeployment, other: ListedDeployment): boolean =>
  sameName(one.environment, other.environment) && one.task === other.task

/** The newest of each environment and task; the list is newest first. */
function newestOfEach(listed: readonly ListedDeployment[]): ListedDeployment[] {
  const newest: ListedDeployment[] = []
  for (const one of listed) if (!newest.some(other => isSameScope(one, other))) newest.push(one)
  return newest
}

const describeAll = (listed: readonly ListedDeployment[]): string =>
  listed.map(one => `"${one.environment}" (task ${one.task}, deployment ${one.id})`).join(', ')
