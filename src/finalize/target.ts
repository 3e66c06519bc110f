import type { AutoInactive, Deployment, ListedDeployment } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { RunContext } from '../runner/context.ts'

/** A deployment that is to get a status, with what has to be known to say it right. */
export interface Target {
  readonly id: number
  readonly environment: string
  readonly task: string
  readonly ref: string
  /** The branch or tag name kept, for people. */
  readonly refName: string
  readonly sha: string
  readonly url: string
  readonly payload: unknown
  readonly transient: boolean
  /** ISO 8601; empty where it is not known. */
  readonly createdAt: string
  readonly state: string
  readonly environmentUrl: string
  /** What this job began it as, where it did. */
  readonly record: StartRecord | undefined
}

export const targetFromRecord = (record: StartRecord): Target => ({
  ...record,
  createdAt: '',
  state: record.finished ?? 'none',
  record
})

export const targetFromDeployment = (
  deployment: Deployment,
  state: string,
  environmentUrl: string
): Target => ({
  ...deployment,
  refName: readOrigin(deployment.payload)?.ref || deployment.ref,
  state,
  environmentUrl,
  record: undefined
})

export const targetFromListed = (
  listed: ListedDeployment,
  run: RunContext,
  repository: string
): Target => ({
  ...listed,
  ref: listed.ref || readOrigin(listed.payload)?.ref || listed.sha,
  refName: readOrigin(listed.payload)?.ref || listed.ref,
  url: `${run.apiUrl}/repos/${repository}/deployments/${listed.id}`,
  // GraphQL does not tell; where it matters post has it from main.
  transient: false,
  record: undefined
})

/** GitHub's rule, or by task where the deployment tells that it shares its environment with others. */
export function defaultAutoInactive(target: Target, askedTask: string): AutoInactive {
  const pull = readOrigin(target.payload)?.pullRequest
  const isOwnPreview = pull !== undefined && target.environment === `pr-${pull}`
  const hasTask = askedTask !== '' || (target.task !== '' && target.task !== 'deploy')
  return isOwnPreview || hasTask ? 'task' : 'true'
}
