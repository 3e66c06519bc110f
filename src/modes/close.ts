import { isFinal, type ListedDeployment, type State, sameName } from '../deployment.ts'
import { messageOf } from '../errors.ts'
import type { AutoInactive } from '../inputs/types.ts'
import type { Verdict } from '../result.ts'
import { description } from '../text.ts'
import type { Target } from './target.ts'
import type { Tools } from './tools.ts'

export interface Closing {
  readonly target: Target
  readonly verdict: Verdict
  readonly description: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly autoInactive: AutoInactive
}

export interface Closed {
  readonly target: Target
  readonly state: State
  readonly statusId: number
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
  /** How many earlier deployments were made inactive, beyond what GitHub does by itself. */
  readonly retired: number
}

type CloseTools = Pick<Tools, 'deployments' | 'log'>

/**
 * Posts the final state of one deployment, and after a confirmed success retires what it replaces.
 * Gives way to a newer success of the same scope, so that a slow old job cannot take over again.
 */
export async function close(tools: CloseTools, closing: Closing): Promise<Closed> {
  const { target, verdict } = closing
  if (target.transient && (await isRetired(tools, target))) {
    tools.log.warning(
      `Deployment ${target.id} of "${target.environment}" was made inactive while the job ran, and stays so: its pull request may be closed.`
    )
    return closed(closing, 'inactive', 0, '', 0)
  }
  const isSweeping = verdict.state === 'success' && ['all', 'task'].includes(closing.autoInactive)
  if (!isSweeping || target.id === 0) return post(tools, closing, verdict)

  const before = await newerSuccess(tools, closing)
  if (before) return giveWay(tools, closing, before)
  const success = await post(tools, closing, verdict)
  return supersede(tools, closing, success)
}

const isRetired = async (tools: CloseTools, target: Target): Promise<boolean> =>
  (await tools.deployments.latestStatus(target.id))?.state === 'inactive'

async function post(tools: CloseTools, closing: Closing, verdict: Verdict): Promise<Closed> {
  const text = description(verdict.happened, closing.description)
  const status = await tools.deployments.setStatus(closing.target.id, {
    state: verdict.state,
    description: text,
    logUrl: closing.logUrl,
    environmentUrl: closing.environmentUrl,
    environment: '',
    autoInactive: verdict.state === 'success' && ['true', 'all'].includes(closing.autoInactive)
  })
  return closed(closing, verdict.state, status.id, text, 0)
}

const closed = (
  closing: Closing,
  state: State,
  statusId: number,
  text: string,
  retired: number
): Closed => ({
  target: closing.target,
  state,
  statusId,
  environmentUrl: closing.environmentUrl,
  logUrl: closing.logUrl,
  description: text,
  retired
})

/** The deployments that share the scope: the environment, and with `task` the task as well. */
function inScope(closing: Closing, other: ListedDeployment): boolean {
  const { target, autoInactive } = closing
  const isSameTask = autoInactive === 'all' || other.task === target.task
  return other.id !== target.id && sameName(other.environment, target.environment) && isSameTask
}

/** A success that began after this deployment; the list is newest first, so it ends at our own. */
async function newerSuccess(
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

async function giveWay(
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
async function supersede(tools: CloseTools, closing: Closing, success: Closed): Promise<Closed> {
  const { id, environment } = closing.target
  let retired = 0
  const failures: string[] = []
  try {
    for await (const page of tools.deployments.list([environment])) {
      const active = page.filter(other => other.state === 'success' && inScope(closing, other))
      const newer = active.find(other => other.id > id)
      if (newer) return await giveWay(tools, closing, newer)
      for (const earlier of active) {
        try {
          await retire(tools, closing, earlier)
          retired += 1
        } catch (error) {
          failures.push(messageOf(error))
        }
      }
    }
  } catch (error) {
    failures.push(messageOf(error))
  }
  if (failures.length > 0) {
    tools.log.warning(
      `Deployment ${id} succeeded, but ${failures.length} earlier ones of "${environment}" may still be shown as active: ${failures[0]}`
    )
  }
  return { ...success, retired }
}

const retire = (tools: CloseTools, closing: Closing, earlier: ListedDeployment) =>
  tools.deployments.setStatus(earlier.id, {
    state: 'inactive',
    description: `Superseded by ${closing.target.id}`,
    logUrl: closing.logUrl,
    environmentUrl: earlier.environmentUrl,
    environment: '',
    autoInactive: false
  })

/** One line for the log: what GitHub shows now. */
export function closedLine({
  target,
  state,
  environmentUrl,
  retired,
  description: text
}: Closed): string {
  const url = environmentUrl === '' ? '' : `, ${environmentUrl}`
  const why = state === 'success' || text === '' ? '' : ` (${text})`
  const others = retired === 0 ? '' : `; ${retired} earlier made inactive`
  const verb = isFinal(state) ? 'Finished' : 'Updated'
  return `${verb}: ${state}${why}, deployment ${target.id} of ${target.environment}${url}${others}`
}
