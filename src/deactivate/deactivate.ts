import { isLive } from '../deployment/deployment.ts'
import { isOfRef, refTypeOf } from '../deployment/origin.ts'
import { recordDecommissioned } from '../finalize/artifacts.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf, RequestError, sectionOf } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'
import { countOf } from '../lib/text.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { deploymentsOutput, idText } from '../report/outputs.ts'
import { deactivationSentence } from '../report/result.ts'
import { type ChangedDeployment, deactivateSummary } from '../report/summary.ts'
import { inferPatterns } from '../runner/infer.ts'
import { deactivateEnvironments } from './by-environment.ts'
import { deleteDeployments, deleteEnvironment, makeInactive, type Work } from './changes.ts'

/** The `deactivate` mode: marks deployments inactive and, with `delete`, deletes them or their environment. */
export async function deactivate(deps: Deps, inputs: DeactivateInputs): Promise<ModeResult> {
  const id = inputs.deploymentId
  const work: Work = { deps, inputs, done: new Map(), failures: [], deletedEnvironments: [] }
  // Throws before the first request if neither the inputs nor the event name environments.
  const patterns = id === undefined ? inferPatterns(deps.run, inputs.environments) : undefined
  try {
    if (patterns) await deactivateEnvironments(work, patterns)
    else if (id !== undefined) await deactivateById(work, id)
  } catch (error) {
    if (!(error instanceof ActionError) || error instanceof InputError) throw error
    work.failures.push(error)
  }
  const changed = [...work.done.values()]
  await recordArtifacts(work, changed)
  const isSent = !inputs.dryRun
  const deactivated = isSent ? changed.filter(one => one.state !== one.before).length : 0
  const deleted = isSent ? changed.filter(one => one.isDeleted).length : 0
  const newest = changed.reduce<ChangedDeployment | undefined>(
    (latest, one) => (latest && latest.id > one.id ? latest : one),
    undefined
  )
  deps.publish({
    ...(newest && { 'deployment-id': idText(newest.id), state: newest.state }),
    deactivated: String(deactivated),
    deleted: String(deleted),
    environment: [...new Set(changed.map(one => one.environment))].join('\n'),
    deployments: deploymentsOutput(changed)
  })
  const inactive = `${countOf(deactivated, 'deployment')} made inactive`
  if (isSent) {
    const sentence = deactivationSentence(deactivated, deleted, work.failures.length)
    deps.log.info(`${sentence}: ${deps.run.serverUrl}/${inputs.repository}/deployments`)
  }
  return {
    summary: deactivateSummary(deps.run, inputs, { ...work, changed, failed: work.failures.length }),
    error: errorOf(work.failures, `Completed: ${inactive}, ${deleted} deleted.`, deactivated + deleted > 0)
  }
}

/** Marks one deployment inactive, and deletes it or its environment on request. */
async function deactivateById(work: Work, id: number): Promise<void> {
  const { environments, task, delete: deletion } = work.inputs
  const { deployments } = work.deps
  const [deployment, status] = await Promise.all([deployments.get(id), deployments.latestStatus(id)])
  const { environment } = deployment
  if (environments.length > 0 && !matchesAny(environments, environment)) {
    throw new InputError(
      `deployment-id: deployment ${id} has the environment "${environment}", which "environment" does not match. Nothing was changed.`
    )
  }
  if (task !== '' && task !== deployment.task) {
    throw new InputError(
      `deployment-id: deployment ${id} has the task "${deployment.task}", which "task" does not match. Nothing was changed.`
    )
  }
  const { ref } = work.inputs
  if (ref !== '' && ref !== '*' && !isOfRef({ ...deployment, refType: refTypeOf(deployment.ref) }, ref)) {
    throw new InputError(
      `deployment-id: deployment ${id} has the ref "${deployment.origin?.ref || deployment.ref}", which "ref" does not match. Nothing was changed.`
    )
  }
  const { state = 'none', environmentUrl = '' } = status ?? {}
  const targets = [{ ...deployment, nodeId: '', state, environmentUrl }]
  await makeInactive(work, targets)
  if (deletion !== 'none') await deleteDeployments(work, targets)
  if (deletion !== 'environment') return
  let others = 0
  for await (const page of deployments.list([environment])) others += page.filter(one => one.id !== id).length
  await deleteEnvironment(work, environment, others)
}

/** Records the artifacts of each environment and task whose deployments were made inactive as decommissioned. */
async function recordArtifacts({ deps, inputs }: Work, changed: readonly ChangedDeployment[]): Promise<void> {
  if (inputs.artifacts.length === 0) return
  const wereLive = changed.filter(one => isLive(one.before))
  const targets = new Map(wereLive.map(one => [JSON.stringify([one.environment, one.task]), one]))
  for (const target of targets.values()) await recordDecommissioned(deps, inputs.artifacts, target)
}

/** The first failure, with what was completed all the same. */
function errorOf([first, ...others]: readonly Error[], completed: string, canWrite: boolean): Error | undefined {
  if (!first) return undefined
  const done = others.length === 0 ? completed : `${completed} ${others.length} more failed; this is the first error.`
  const section = others.length === 0 ? sectionOf(first) : 'partly'
  if (first instanceof RequestError) {
    const error = first.withExists(done, section)
    // Without its cause it is not taken for the refusal of a read-only token.
    return canWrite ? new ActionError(error.message, { section }) : error
  }
  return new ActionError(`${messageOf(first)}\n${done}`, { section, cause: first.cause })
}
