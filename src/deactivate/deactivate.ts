import { type Deployment, isLive, type ListedDeployment } from '../deployment/deployment.ts'
import { refTypeOf } from '../deployment/refs.ts'
import { recordDecommissioned } from '../finalize/artifacts.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf, RequestError } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'
import { countOf } from '../lib/text.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { deploymentsOutput, idText } from '../report/outputs.ts'
import { deactivateSummary } from '../report/summary.ts'
import type { RunContext } from '../runner/context.ts'
import { inferPatterns } from '../runner/infer.ts'
import { deactivateEnvironments } from './by-environment.ts'
import {
  type ChangedDeployment,
  deleteDeployments,
  deleteEnvironment,
  makeInactive,
  openWork,
  type Work
} from './make-inactive.ts'
import { selectionOf } from './selection.ts'

/** The `deactivate` mode: marks deployments inactive and, with `delete`, deletes them or their environment. */
export async function deactivate(deps: Deps, run: RunContext, inputs: DeactivateInputs): Promise<ModeResult> {
  // Throws before the first request if neither the inputs nor the event name environments.
  if (inputs.deploymentId === undefined) inferPatterns(run, inputs.environments)
  if (inputs.delete === 'environment') {
    deps.log.info('Deleting an environment needs Administration: write, which GITHUB_TOKEN never has.')
  }
  const work = openWork(deps, selectionOf(run, inputs))
  try {
    if (inputs.deploymentId !== undefined) await deactivateById(work, inputs.deploymentId)
    else await deactivateEnvironments(work)
  } catch (error) {
    if (!(error instanceof ActionError) || error instanceof InputError) throw error
    work.failures.push(error)
  }
  await recordArtifacts(work)
  publish(work)
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
    error: work.failures.length > 0 ? failed(work) : undefined
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

function publish({ deps, selection, ...work }: Work): void {
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
  if (dryRun) return
  const extra = deletion === 'none' ? '' : `, ${work.deleted} deleted`
  deps.log.info(`Finished: ${countOf(work.deactivated, 'deployment')} made inactive${extra}`)
}

function failed({ failures, deactivated, deleted }: Work): ActionError {
  const [first] = failures
  const others = failures.length - 1
  const more = others === 0 ? '' : ` ${others} more failed; this is the first.`
  const done = `Completed: ${countOf(deactivated, 'deployment')} made inactive, ${deleted} deleted.${more}`
  if (first instanceof RequestError) return first.withExists(done)
  return new ActionError(`${messageOf(first)}\n${done}`, { cause: first?.cause })
}

/** Marks one deployment inactive, and deletes it or its environment on request. */
async function deactivateById(work: Work, id: number): Promise<void> {
  const { inputs } = work.selection
  const { deployments } = work.deps
  const [deployment, status] = await Promise.all([deployments.get(id), deployments.latestStatus(id)])
  const { environments } = inputs
  if (environments.length > 0 && !matchesAny(environments, deployment.environment)) {
    throw new InputError(
      `deployment-id: deployment ${id} has the environment "${deployment.environment}", which "environment" does not match. Nothing was changed.`
    )
  }
  const listed: ListedDeployment = {
    ...deployment,
    nodeId: '',
    refType: refTypeOf(deployment.ref),
    creator: '',
    state: status?.state ?? 'none',
    environmentUrl: status?.environmentUrl ?? '',
    logUrl: status?.logUrl ?? '',
    description: status?.description ?? ''
  }
  await makeInactive(work, [listed])
  if (inputs.delete !== 'none') await deleteDeployments(work, [listed])
  if (inputs.delete === 'environment') {
    await deleteEnvironment(work, deployment.environment, await countOthers(work, deployment))
  }
}

async function countOthers({ deps }: Work, removed: Deployment): Promise<number> {
  let others = 0
  for await (const page of deps.deployments.list([removed.environment])) {
    others += page.filter(one => one.id !== removed.id).length
  }
  return others
}
