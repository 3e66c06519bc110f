import {
  inactiveStatus,
  type ListedDeployment,
  type Retirable,
  retirable,
  sameName
} from '../deployment/deployment.ts'
import { messageOf, withWhatExists } from '../lib/errors.ts'
import { stillSo } from './error-context.ts'
import { type Closed, type CloseTools, type Closing, post } from './final-status.ts'

/** The deployments that share the scope: the environment, and with `task` the task as well. */
function inScope(closing: Closing, other: ListedDeployment): boolean {
  const { target, autoInactive } = closing
  const isSameTask = autoInactive === 'all' || other.task === target.task
  return other.id !== target.id && sameName(other.environment, target.environment) && isSameTask
}

/** A success that began after this deployment; the list is newest first, so it ends at our own. */
export async function newerSuccess(
  tools: CloseTools,
  closing: Closing
): Promise<ListedDeployment | undefined> {
  const { id, environment } = closing.target
  for await (const page of tools.deployments.list([environment])) {
    const found = page.find(
      other => other.id > id && other.state === 'success' && inScope(closing, other)
    )
    if (found || page.some(other => other.id <= id)) return found
  }
  return undefined
}

export async function giveWay(
  tools: CloseTools,
  closing: Closing,
  newer: ListedDeployment
): Promise<Closed> {
  tools.log.warning(
    `Deployment ${closing.target.id} ended after the newer deployment ${newer.id} of "${closing.target.environment}" had succeeded. Both wrote to the same place and this older one wrote last, so what runs there may be old. It is marked inactive. "concurrency" in the workflow prevents this.`
  )
  return post(tools, closing, { state: 'inactive', happened: `Superseded by ${newer.id}` })
}

/** Looks once more: gives way if a newer one succeeded meanwhile, else retires the earlier successes. */
export async function supersede(
  tools: CloseTools,
  closing: Closing,
  success: Closed
): Promise<Closed> {
  const { id, environment } = closing.target
  const earlier: Retirable[] = []
  const failures: string[] = []
  let newer: ListedDeployment | undefined
  try {
    for await (const page of tools.deployments.list([environment])) {
      const active = page.filter(other => other.state === 'success' && inScope(closing, other))
      newer = active.find(other => other.id > id)
      if (newer) break
      earlier.push(...active.map(retirable))
    }
  } catch (error) {
    failures.push(messageOf(error))
  }
  if (newer) return giveWay(tools, closing, newer)
  const left = await retireEarlier(tools, closing, earlier)
  failures.push(...left)
  if (failures.length > 0) {
    tools.log.warning(
      `Deployment ${id} succeeded, but earlier ones of "${environment}" may still be shown as active (${failures.length} could not be retired): ${failures[0]}`
    )
  }
  return { ...success, retired: earlier.length - left.length }
}

/** Returns why some could not be retired. */
async function retireEarlier(
  tools: CloseTools,
  closing: Closing,
  earlier: readonly Retirable[]
): Promise<readonly string[]> {
  const { target, logUrl } = closing
  const writing = tools.deployments.setStatuses(earlier, one =>
    inactiveStatus(one, `Superseded by ${target.id}`, logUrl)
  )
  const failures: string[] = []
  for await (const written of writing) {
    for (const { item, error } of written) {
      if (error) failures.push(messageOf(withWhatExists(error, stillSo(item))))
    }
  }
  return failures
}
