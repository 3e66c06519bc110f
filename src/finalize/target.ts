import type { AutoInactive, Deployment, ListedDeployment, Origin, Status } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { withoutReason } from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { matches } from '../lib/glob.ts'
import type { RunContext } from '../runner/context.ts'
import type { Log } from '../runner/step.ts'

/** A deployment that gets a status. */
export interface Target {
  readonly id: number
  readonly environment: string
  readonly task: string
  readonly ref: string
  /** The branch or tag name, for the reader. */
  readonly refName: string
  readonly sha: string
  readonly url: string
  readonly payload: string
  readonly origin: Origin | undefined
  readonly transient: boolean
  /** ISO 8601; empty if it is not known. */
  readonly createdAt: string
  readonly state: string
  readonly environmentUrl: string
  readonly logUrl: string
  /** Of its newest status, without the result that it starts with. */
  readonly description: string
  /** The record of this job's `start`, if it started or reused the deployment. */
  readonly record: StartRecord | undefined
}

export const targetFromRecord = (record: StartRecord): Target => ({
  ...record,
  origin: readOrigin(record.payload),
  createdAt: '',
  state: record.finished ?? 'none',
  // A `finish` of this job can have replaced what `start` posted.
  environmentUrl: record.finalUrl || record.environmentUrl,
  logUrl: record.finalLogUrl || record.logUrl,
  description: record.finalDescription || record.description,
  record
})

export const targetFromDeployment = (deployment: Deployment, status: Status | undefined): Target => ({
  ...deployment,
  refName: deployment.origin?.ref || deployment.ref,
  state: status?.state ?? 'none',
  environmentUrl: status?.environmentUrl ?? '',
  logUrl: status?.logUrl ?? '',
  description: withoutReason(status?.description ?? ''),
  record: undefined
})

export const targetFromListed = (listed: ListedDeployment, run: RunContext, repository: string): Target => ({
  ...listed,
  ref: listed.ref || listed.origin?.ref || listed.sha,
  refName: listed.origin?.ref || listed.ref,
  url: `${run.apiUrl}/repos/${repository}/deployments/${listed.id}`,
  // GraphQL has no field for it; the payload has.
  transient: listed.origin?.transient === true,
  description: withoutReason(listed.description),
  record: undefined
})

/** GitHub's rule, or `task` if the deployment shares its environment with others. */
export function defaultAutoInactive(
  target: Pick<Target, 'origin' | 'environment' | 'task'>,
  givenTask: string
): AutoInactive {
  const pull = target.origin?.pullRequest
  const isOwnPreview = pull !== undefined && target.environment === `pr-${pull}`
  const hasTask = givenTask !== '' || (target.task !== '' && target.task !== 'deploy')
  return isOwnPreview || hasTask ? 'task' : 'true'
}

/** The parts of an environment name between bare commas; empty if the name has no comma. */
export const commaParts = (name: string): readonly string[] =>
  name.includes(',') ? name.split(',').filter(part => part !== '') : []

/**
 * Warns about each name that matches none of the existing deployments although one of its parts, read as a name or
 * pattern, does: it was probably intended as a list. Returns whether it warned.
 */
export function warnAboutCommas(
  log: Pick<Log, 'warning'>,
  names: readonly string[],
  existing: readonly { readonly environment: string }[]
): boolean {
  let hasWarned = false
  for (const name of names) {
    const parts = commaParts(name)
    const isListMeant = existing.some(({ environment }) => parts.some(part => matches(part, environment)))
    if (!isListMeant) continue
    hasWarned = true
    log.warning(
      `environment: no deployment matches "${name}", which is one name. Separate names by line breaks or by a comma followed by a space, such as "${parts.join(', ')}".`,
      'noMatch'
    )
  }
  return hasWarned
}
