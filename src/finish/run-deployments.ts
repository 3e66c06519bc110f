import { isFinal, type ListedDeployment } from '../deployment/deployment.ts'
import { type Origin, readOrigin } from '../deployment/origin.ts'
import { warnAboutCommas } from '../finalize/bare-comma.ts'
import { type Target, targetFromListed } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { InputError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { explainNothing } from './nothing-found.ts'
import { outcomeFor, selectFinal } from './request.ts'
import {
  describeAll,
  finalizeOnly,
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
    const ofRun = page.filter(one => isOfRun(deps, readOrigin(one.payload)))
    made.push(...ofRun.map(one => toTarget(deps, inputs, one)))
  }
  const matching = made.filter(one => matchesInputs(inputs, one))
  const ofJob = matching.filter(one => isOfJob(deps, inputs, readOrigin(one.payload)))
  const openOfJob = ofJob.filter(isOpen)
  if (openOfJob.length > 0) return finalizeOnly(openOfJob)

  const offered = matching.filter(one => readOrigin(one.payload)?.autoFinish === false)
  if (offered.some(isOpen)) return selectOpen(inputs, offered.filter(isOpen))
  const final = newestOfEachScope(newestAttempt(offered.length > 0 ? offered : ofJob))
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

const isOpen = ({ state }: Target): boolean => !isFinal(state)

const isOfRun = ({ run }: Deps, origin: Origin | undefined): boolean =>
  origin?.runId !== undefined && origin.runId === run.runId

/** The same job of the same attempt. Without a check run (GHES), the legs of a matrix cannot be told apart. */
const isOfJob = ({ run }: Deps, { checkRunId }: FinishInputs, origin: Origin | undefined): boolean =>
  checkRunId !== undefined &&
  origin?.checkRunId === checkRunId &&
  origin.job === run.job &&
  origin.runAttempt === run.runAttempt

/** A listed deployment, with this job's record of it if there is one: its `start` can have been interrupted. */
function toTarget(deps: Deps, inputs: FinishInputs, listed: ListedDeployment): Target {
  const target = targetFromListed(listed, deps.run, inputs.repository)
  const key = readOrigin(listed.payload)?.key
  const record = key ? deps.journal.get(key) : undefined
  return record ? { ...target, record: { ...record, id: target.id } } : target
}

/** Unfinished ones: those of the newest attempt get the state; earlier ones of the same scope are superseded. */
function selectOpen(inputs: FinishInputs, open: readonly Target[]): Selection {
  if (inputs.results.length === 0) throw new InputError(STATE_NEEDED)
  const newest = newestAttempt(open)
  const twins = newest.filter(one => newest.some(other => other !== one && sharesScope(one, other)))
  if (twins.length > 0) {
    throw new InputError(
      `environment: this run has several unfinished deployments of the same environment and task: ${describeAll(twins)}. Give each \`start\` its own \`task\`, or finish each one by \`deployment-id\`. Nothing was changed.`
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

function rejectSeveralScopes(inputs: FinishInputs, found: readonly Target[]): void {
  const isFiltered = inputs.environments.length > 0 || inputs.task !== ''
  if (isFiltered || found.length <= 1) return
  throw new InputError(
    `environment: this run has several deployments: ${describeAll(found)}. Select one with \`environment\` or \`task\`, or all with \`environment: "*"\`. Nothing was changed.`
  )
}

/** Their own job finished them: right if that is the state given here, else probably a mistake. */
function finishedByTheirJob(inputs: FinishInputs, targets: readonly Target[]): Selection {
  const isAsGiven = targets.every(target => outcomeFor(inputs, target).state === target.state)
  if (inputs.results.length > 0 && isAsGiven) return { kind: 'final', targets, notice: '' }
  throw new InputError(
    `Found no deployment to finish. The job that started ${describeAll(targets)} finishes it itself. To finish it here, set \`auto-finish: false\` on that \`start\`, or name it with \`deployment-id\`. Nothing was changed.`
  )
}

const STATE_NEEDED =
  'state: this job started no deployment, so its own status says nothing about those of other jobs. Give the result of the deploy job: `state: ${{ needs.deploy.result }}`, or `state: ${{ join(needs.*.result) }}` for several jobs.'
