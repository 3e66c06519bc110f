import { type Deployment, isLive, type ListedDeployment } from '../deployment/deployment.ts'
import { recordDecommissioned } from '../finalize/artifacts.ts'
import { commaParts, warnAboutCommas } from '../finalize/bare-comma.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf, RequestError } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { deactivateSummary } from '../report/deactivate-summary.ts'
import { deploymentsOutput, idText } from '../report/outputs.ts'
import type { RunContext } from '../runner/context.ts'
import { inferPatterns } from '../runner/infer.ts'
import {
  type ChangedDeployment,
  deleteDeployments,
  deleteEnvironment,
  makeInactive,
  openWork,
  type Work
} from './make-inactive.ts'
import { readDeployments } from './read-deployments.ts'
import { environmentNames, selectionOf } from './selection.ts'

// The log names no more environments than this.
const MAX_NAMES = 10

/** The `deactivate` mode: marks deployments inactive and, with `delete`, deletes them or their environment. */
export async function deactivate(
  deps: Deps,
  run: RunContext,
  inputs: DeactivateInputs
): Promise<ModeResult> {
  // Throws before the first request if neither the inputs nor the event name environments.
  if (inputs.deploymentId === undefined) inferPatterns(run, inputs.environments)
  if (inputs.delete === 'environment') {
    deps.log.info(
      'Deleting an environment needs Administration: write, which GITHUB_TOKEN never has.'
    )
  }
  const work = openWork(deps, selectionOf(run, inputs))
  try {
    if (inputs.deploymentId !== undefined) await deactivateOne(work, inputs.deploymentId)
    else await deactivateEnvironments(work)
  } catch (error) {
    if (!(error instanceof ActionError) || error instanceof InputError) throw error
    work.failures.push(error)
  }
  await recordArtifacts(work)
  publish(work)
  const error = work.failures.length > 0 ? failed(work) : undefined
  return {
    summary: deactivateSummary({
      run,
      repository: inputs.repository,
      isDryRun: inputs.dryRun,
      changed: [...work.done.values()],
      deletedEnvironments: work.deletedEnvironments,
      failed: work.failures.length
    }),
    failure: '',
    error
  }
}

/** Records the artifacts of each environment and task whose deployments were made inactive as decommissioned. */
async function recordArtifacts({ deps, selection, done }: Work): Promise<void> {
  const { artifacts } = selection.inputs
  if (artifacts.length === 0) return
  const changed = [...done.values()].filter(one => isLive(one.before))
  const targets = new Map(changed.map(one => [JSON.stringify([one.environment, one.task]), one]))
  for (const target of targets.values()) await recordDecommissioned(deps, artifacts, target)
}

async function deactivateOne(work: Work, id: number): Promise<void> {
  const { inputs } = work.selection
  const [deployment, status] = await Promise.all([
    work.deps.deployments.get(id),
    work.deps.deployments.latestStatus(id)
  ])
  const { environments } = inputs
  if (environments.length > 0 && !matchesAny(environments, deployment.environment)) {
    throw new InputError(
      `deployment-id: deployment ${id} has the environment "${deployment.environment}", which "environment" does not match. Nothing was changed.`
    )
  }
  const listed: ListedDeployment = {
    ...deployment,
    nodeId: '',
    creator: '',
    state: status?.state ?? 'none',
    environmentUrl: status?.environmentUrl ?? '',
    logUrl: status?.logUrl ?? '',
    description: status?.description ?? ''
  }
  await makeInactive(work, [listed])
  if (inputs.delete !== 'none') await deleteDeployments(work, [listed])
  if (inputs.delete === 'environment') await deleteEnvironmentIfEmpty(work, deployment)
}

/** Deletes the environment unless it has other deployments. */
async function deleteEnvironmentIfEmpty(work: Work, removed: Deployment): Promise<void> {
  let others = 0
  for await (const page of work.deps.deployments.list([removed.environment])) {
    others += page.filter(one => one.id !== removed.id).length
  }
  await deleteEnvironmentUnless(work, removed.environment, others)
}

/** Reads all deployments first, so that the writes need as few requests as possible. */
async function deactivateEnvironments(work: Work): Promise<void> {
  const names = await environmentNames(work.deps, work.selection)
  work.deps.log.info(environmentsLine(names))
  const found = names.map(name => ({ name, selected: [], othersCount: 0, idsWithRef: undefined }))
  // What was read before a failure is still made inactive; the failure is thrown at the end.
  const failure = await readDeployments(work, found).then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof ActionError)) throw error
      return error
    }
  )
  for (const { name, selected, othersCount } of found) {
    if (selected.length + othersCount === 0) await warnAboutComma(work, name)
  }
  await makeInactive(
    work,
    found.flatMap(({ selected }) => selected)
  )
  const { keep, delete: deletion } = work.selection.inputs
  // Newest first. A deployment that could not be made inactive is not deleted.
  const toDelete = deletion === 'none' ? [] : found.flatMap(({ selected }) => selected.slice(keep))
  await deleteDeployments(
    work,
    toDelete.filter(({ id }) => work.done.has(id))
  )
  if (failure) throw failure
  if (deletion !== 'environment') return
  for (const { name, othersCount } of found) await deleteEnvironmentUnless(work, name, othersCount)
}

/** Warns if a name without deployments looks like a list. Costs one request. */
async function warnAboutComma({ deps }: Work, name: string): Promise<void> {
  const parts = commaParts(name)
  if (parts.length === 0) return
  for await (const page of deps.deployments.list(parts)) {
    warnAboutCommas(deps.log, [name], page)
    return
  }
}

function environmentsLine(names: readonly string[]): string {
  if (names.length === 0) return 'Environments: none matches'
  const more = names.length - MAX_NAMES
  const others = more > 0 ? ` and ${more} more` : ''
  return `Environments: ${names.slice(0, MAX_NAMES).join(', ')}${others}`
}

async function deleteEnvironmentUnless(work: Work, name: string, others: number): Promise<void> {
  if (work.failures.length > 0) return
  if (others === 0) return deleteEnvironment(work, name)
  work.deps.log.warning(
    `The environment "${name}" was not deleted: it still has ${counted(others)} that the inputs do not select.`
  )
}

function publish(work: Work): void {
  const { deps, selection } = work
  const done = [...work.done.values()]
  const newest = done.reduce<ChangedDeployment | undefined>(
    (latest, one) => (latest && latest.id > one.id ? latest : one),
    undefined
  )
  deps.publish({
    ...(newest && { 'deployment-id': idText(newest.id), state: newest.state }),
    deactivated: String(work.deactivated),
    deleted: String(work.deleted),
    environment: [...new Set(done.map(one => one.environment))].join('\n'),
    deployments: deploymentsOutput(done)
  })
  const { dryRun, delete: deletion } = selection.inputs
  const extra = deletion === 'none' ? '' : `, ${work.deleted} deleted`
  deps.log.info(
    dryRun
      ? `Dry run, so nothing was changed: ${counted(done.length)} would have been`
      : `Finished: ${counted(work.deactivated)} made inactive${extra}`
  )
}

const counted = (count: number): string => `${count} deployment${count === 1 ? '' : 's'}`

function failed(work: Work): ActionError {
  const [first] = work.failures
  const others = work.failures.length - 1
  const more = others === 0 ? '' : ` ${others} more failed; this is the first.`
  const done = `Completed: ${counted(work.deactivated)} made inactive, ${work.deleted} deleted.${more}`
  if (first instanceof RequestError) return first.withExists(done)
  return new ActionError(`${messageOf(first)}\n${done}`, { cause: first?.cause })
}
