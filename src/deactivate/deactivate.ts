import { isLive } from '../deployment/deployment.ts'
import { recordDecommissioned } from '../finalize/artifacts.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { ActionError, InputError, messageOf, RequestError } from '../lib/errors.ts'
import { countOf } from '../lib/text.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { deactivateSummary } from '../report/deactivate-summary.ts'
import { deploymentsOutput, idText } from '../report/outputs.ts'
import type { RunContext } from '../runner/context.ts'
import { inferPatterns } from '../runner/infer.ts'
import { deactivateEnvironments } from './by-environment.ts'
import { deactivateById } from './by-id.ts'
import { type ChangedDeployment, openWork, type Work } from './make-inactive.ts'
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
