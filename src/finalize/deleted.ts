import type { StartRecord } from '../deployment/start-record.ts'
import type { Deployments } from '../github/deployments.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import { ActionError } from '../lib/errors.ts'

/**
 * Whether a request failed because the deployment that this job created was deleted. A token without access gets a
 * 404 too, so the deployments of the environment must be readable with the same token.
 */
export async function isDeleted(
  { deployments }: { readonly deployments: Deployments },
  { id, environment, isReused }: StartRecord,
  error: unknown
): Promise<boolean> {
  if (isReused || failureOf(error)?.status !== 404) return false
  try {
    const newest = await deployments.newest(environment)
    return newest.every(one => one.id !== id)
  } catch (listError) {
    if (listError instanceof ActionError) return false
    throw listError
  }
}

export const describeDeleted = ({ id, environment }: StartRecord): string =>
  `Deployment ${id} of "${environment}" was deleted while the job ran, so it gets no final state.`
