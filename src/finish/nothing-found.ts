import { sameName } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { statusWithin } from '../deployment/outcome.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { isRestrictedRun, type RunContext } from '../runner/context.ts'
import { isCleanupRun } from './cleanup.ts'
import type { Selection } from './selection.ts'
import { describeAll, listRecent } from './selection.ts'

type Named = { readonly id: number; readonly environment: string; readonly task: string }

// Enough for the deployments of one run, which are among the newest.
const MAX_PAGES = 10

/**
 * Explains why there is nothing to finish: a notice if that is right, else an error that names the mistake. `made` are
 * the deployments of this run, which do not match the inputs.
 */
export async function explainNothing(deps: Deps, inputs: FinishInputs, made: readonly Named[]): Promise<Selection> {
  const records = deps.journal.all()
  const here = records.filter(one => sameName(one.repository, inputs.repository))
  const others = made.length > 0 ? made : await othersOfRun(deps, inputs)
  if (others.length > 0) {
    throw new InputError(
      `environment: none of this run's deployments matches "environment" and "task". The run has ${describeAll(others)}. Nothing was changed.`
    )
  }
  const elsewhere = records.find(one => one.id > 0 && !sameName(one.repository, inputs.repository))
  if (elsewhere && here.length === 0) {
    throw new InputError(
      `repository: the \`start\` of this job recorded deployment ${elsewhere.id} in ${elsewhere.repository}, not in ${inputs.repository}. Give \`repository: ${elsewhere.repository}\` and its \`token\` here too.`
    )
  }
  const quiet = quietReason(deps, inputs, here.length > 0)
  if (quiet !== '') return { kind: 'none', notice: quiet }
  const results = inputs.results.length > 0 ? inputs.results : [jobResult(inputs)]
  const isMistake = isCleanupRun(deps.run) || results.every(result => result === 'success')
  if (isMistake) throw nothingFound(inputs)
  return {
    kind: 'none',
    notice: `Nothing to finish: no deployment was started, and the result is \`${results.join(', ')}\`.`
  }
}

const jobResult = ({ jobStatus, actionStatus }: FinishInputs): string => statusWithin(jobStatus, actionStatus)

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
    found.push(...page.filter(one => readOrigin(one.payload)?.runId === deps.run.runId))
    pages += 1
    if (pages === MAX_PAGES) break
  }
  return deps.run.runId === undefined ? [] : found
}

const nothingFound = (inputs: FinishInputs): ActionError =>
  new ActionError(
    `Found no deployment to finish in ${inputs.repository}: no \`start\` step of this job has run, and no other job of this run left a deployment open. A \`start\` in another job needs \`auto-finish: false\`, and this step then needs its result, such as \`state: \${{ needs.deploy.result }}\`. Any other deployment needs \`deployment-id\`.`
  )
