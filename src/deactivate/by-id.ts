import type { Deployment, ListedDeployment } from '../deployment/deployment.ts'
import { refTypeOf } from '../deployment/refs.ts'
import { InputError } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'
import { deleteEnvironment } from './delete-environment.ts'
import { deleteDeployments, makeInactive, type Work } from './make-inactive.ts'

/** Marks one deployment inactive, and deletes it or its environment on request. */
export async function deactivateById(work: Work, id: number): Promise<void> {
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
