import { type ListedDeployment, sameName } from '../deployment/deployment.ts'
import { isOfJob } from '../deployment/origin.ts'
import { statusWithin } from '../deployment/outcome.ts'
import { type Target, targetFromListed, warnAboutCommas } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { isRestrictedRun, type RunContext } from '../runner/context.ts'
import { outcomeFor, selectFinal } from './requests.ts'
import { correctedFrom, isMeant, withEarlierJobs } from './reruns.ts'
import {
  currentOf,
  describeAll,
  finalizeOnly,
  isFiltered,
  isOfRun,
  isOpen,
  listRecent,
  matchesInputs,
  newestAttempt,
  newestOfEachScope,
  type Selection,
  sharesScope
} from './selection.ts'

/** Selects among the deployments that this run made, found by the payload (contract, section 7). */
export async function selectFromRun(
  deps: Deps,
  inputs: FinishInputs,
  pages: AsyncIterable<readonly ListedDeployment[]> | Iterable<readonly ListedDeployment[]>
): Promise<Selection> {
  const made: Target[] = []
  for await (const page of pages) {
    const ofRun = page.filter(one => isOfRun(deps.run, one))
    made.push(...ofRun.map(one => toTarget(deps, inputs, one)))
  }
  const matching = made.filter(one => matchesInputs(inputs, one))
  const { checkRunId } = inputs
  const ofJob = checkRunId === undefined ? [] : matching.filter(one => isOfJob(one, deps.run, checkRunId))
  const openOfJob = ofJob.filter(isOpen)
  if (openOfJob.length > 0) return finalizeOnly(openOfJob)

  const offered = matching.filter(one => one.origin?.autoFinish === false)
  if (offered.some(isOpen)) return withEarlierJobs(deps, inputs, offered, selectOpen(inputs, offered.filter(isOpen)))
  // A skipped deploy of another job has no deployment; those of this job are found by their records, too.
  const isOfJobOnly = isSkipped(inputs) && !isFiltered(inputs)
  if (isOfJobOnly && ofJob.length === 0) return { kind: 'none', notice: nothingStarted(inputs.results) }
  const ended = offered.length > 0 && !isOfJobOnly ? offered : ofJob
  const latest = newestAttempt(ended)
  const final = newestOfEachScope([...latest, ...correctedFrom(inputs, ended, latest)])
  if (final.length > 0) {
    rejectSeveralScopes(inputs, final)
    return selectFinal(deps, inputs, final)
  }
  if (matching.length > 0) {
    return finishedByTheirJob(inputs, newestOfEachScope(newestAttempt(matching)))
  }
  warnAboutCommas(deps.log, inputs.environments, made)
  return explainNothing(deps, inputs, made)
}

/** A listed deployment, with this job's record of it if there is one: its `start` can have been interrupted. */
function toTarget(deps: Deps, inputs: FinishInputs, listed: ListedDeployment): Target {
  const target = targetFromListed(listed, deps.run, inputs.repository)
  const key = listed.origin?.key
  const record = key ? deps.journal.get(key) : undefined
  return record ? { ...target, record: { ...record, id: target.id } } : target
}

/** Unfinished ones: those of the newest attempt get the state; earlier ones of the same scope are superseded. */
function selectOpen(inputs: FinishInputs, open: readonly Target[]): Selection {
  if (inputs.results.length === 0) throw new InputError(STATE_NEEDED, 'several')
  const latest = newestAttempt(open)
  const newest = currentOf(inputs, open).filter(one => latest.includes(one) || isMeant(inputs, one, latest))
  const twins = newest.filter(one => newest.some(other => other !== one && sharesScope(one, other)))
  if (twins.length > 0) {
    throw new InputError(
      `environment: this run has several unfinished deployments of the same environment and task: ${describeAll(twins)}. Give each \`start\` its own \`task\`, or finish each one by \`deployment-id\`. Nothing was changed.`,
      'several'
    )
  }
  rejectSeveralScopes(inputs, newest)
  const superseded = open
    .filter(one => !newest.includes(one))
    .flatMap(target => {
      const by = newest.find(other => sharesScope(target, other))
      return by ? [{ target, by: by.id }] : []
    })
  return { kind: 'finalize', targets: newest, superseded }
}

/** Whether every given result says that no deploy was started. */
const isSkipped = ({ results }: FinishInputs): boolean =>
  results.length > 0 && results.every(result => result === 'skipped')

const nothingStarted = (results: readonly string[]): string =>
  `Nothing to finish: no deployment was started, and the result is \`${results.join(', ')}\`.`

function rejectSeveralScopes(inputs: FinishInputs, found: readonly Target[]): void {
  if (isFiltered(inputs) || found.length <= 1) return
  throw new InputError(
    `environment: this run has several deployments: ${describeAll(found)}. Select one with \`environment\` or \`task\`, or all with \`environment: "*"\`. Nothing was changed.`,
    'several'
  )
}

/** Their own job finished them: right if that is the state given here, else probably a mistake. */
function finishedByTheirJob(inputs: FinishInputs, targets: readonly Target[]): Selection {
  const isAsGiven = targets.every(target => outcomeFor(inputs, target).state === target.state)
  if (inputs.results.length > 0 && isAsGiven) return { kind: 'final', targets, notice: '' }
  throw new InputError(
    `Found no deployment to finish. The job that started ${describeAll(targets)} finishes it itself. To finish it here, set \`auto-finish: false\` on that \`start\`, or name it with \`deployment-id\`. Nothing was changed.`,
    'nothingToFinish'
  )
}

const STATE_NEEDED =
  'state: this job started no deployment, so its own status is not the result of a deploy. Set the result of the deploy job: `state: ${{ needs.deploy.result }}`, or `state: ${{ join(needs.*.result) }}` for several jobs.'

type Named = { readonly id: number; readonly environment: string; readonly task: string }

// Enough for the deployments of one run, which are among the newest.
const MAX_PAGES = 10

/**
 * Explains why there is nothing to finish: a notice if that is right, else an error that names the mistake. `made` are
 * the deployments of this run, which do not match the inputs.
 */
async function explainNothing(deps: Deps, inputs: FinishInputs, made: readonly Named[]): Promise<Selection> {
  const records = deps.journal.all()
  const here = records.filter(one => sameName(one.repository, inputs.repository))
  const others = made.length > 0 ? made : await othersOfRun(deps, inputs)
  if (others.length > 0) {
    throw new InputError(
      `environment: none of this run's deployments matches "environment" and "task". The run has ${describeAll(others)}. Nothing was changed.`,
      'nothingToFinish'
    )
  }
  const elsewhere = records.find(one => one.id > 0 && !sameName(one.repository, inputs.repository))
  if (elsewhere && here.length === 0) {
    throw new InputError(
      `repository: the \`start\` of this job recorded deployment ${elsewhere.id} in ${elsewhere.repository}, not in ${inputs.repository}. Give \`repository: ${elsewhere.repository}\` and its \`token\` here too.`,
      'nothingToFinish'
    )
  }
  const quiet = quietReason(deps, inputs, here.length > 0)
  if (quiet !== '') return { kind: 'none', notice: quiet }
  const results = inputs.results.length > 0 ? inputs.results : [statusWithin(inputs.jobStatus, inputs.actionStatus)]
  // The deployment of the triggering run may be meant, which needs its ID.
  const isMistake = deps.run.event.workflowRun?.isCompleted === true || results.every(result => result === 'success')
  if (isMistake) throw nothingFound(inputs)
  return { kind: 'none', notice: nothingStarted(results) }
}

/** Why finding nothing is right, whatever the result; empty if it is not. */
function quietReason({ run }: Deps, inputs: FinishInputs, hasRecords: boolean): string {
  if (hasRecords) return 'Nothing to finish: the `start` of this job created no deployment.'
  if (isClosed(run))
    return 'Nothing to finish: the pull request is closed or the ref was deleted, so nothing was deployed.'
  if (inputs.dryRun) return 'Nothing to finish in a dry run: no deployment was created.'
  if (!isRestrictedRun(run)) return ''
  return "Nothing to finish: this run's token is read-only, so no deployment was created."
}

const isClosed = ({ event }: RunContext): boolean => event.pullRequest?.isClosed === true || event.deletedRef !== ''

/** The run's deployments in other environments, for the error; the first list had only the named ones. */
async function othersOfRun(deps: Deps, inputs: FinishInputs): Promise<readonly Named[]> {
  if (inputs.environments.length === 0) return []
  const found: Named[] = []
  let pages = 0
  for await (const page of listRecent(deps, [])) {
    found.push(...page.filter(one => isOfRun(deps.run, one)))
    pages += 1
    if (pages === MAX_PAGES) break
  }
  return found
}

const nothingFound = (inputs: FinishInputs): ActionError =>
  new ActionError(
    `Found no deployment to finish in ${inputs.repository}: this run has none. A \`start\` in this job must run before this step. A \`start\` in another job needs \`auto-finish: false\`, and this step then needs \`state\`, such as \`state: \${{ needs.deploy.result }}\`. For any other deployment, set \`deployment-id\`.`,
    { section: 'nothingToFinish' }
  )
