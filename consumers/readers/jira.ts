/**
 * GitHub for Jira, as in `src/transforms/transform-deployment.ts` of atlassian/github-for-jira. It reads
 * `deployment_status` events.
 */

export interface JiraDeployment {
  readonly issueKeys: readonly string[]
  readonly state: string
  readonly environmentType: string
  readonly pipeline: string
  readonly url: string
}

/**
 * `transformDeployment`: takes the issue keys from `deployment.ref`, the message of the head commit and the messages
 * since the last success. Without a key, Jira gets nothing.
 */
export function readByJira(payload: unknown, commitMessages: readonly string[]): JiraDeployment | undefined {
  const { deployment, deployment_status: status } = Object(payload)
  const issueKeys = issueKeysIn([deployment.ref, ...commitMessages].join('\n'))
  if (issueKeys.length === 0) return undefined
  return {
    issueKeys,
    state: STATES[status.state] ?? 'unknown',
    environmentType: environmentType(status.environment),
    pipeline: deployment.task,
    url: status.target_url
  }
}

/** `jiraIssueRegex`: letters, digits or `_` after an initial letter, then a hyphen and digits, not inside a word. */
const issueKeysIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/(?<![\p{L}\p{Nd}])\p{L}[\p{L}\p{Nd}_]{1,255}-\p{Nd}{1,255}/gu)].map(([key]) => key.toUpperCase())
  )
]

/** `mapState`. All other states are `unknown`. */
const STATES: Readonly<Record<string, string>> = {
  queued: 'pending',
  pending: 'in_progress',
  in_progress: 'in_progress',
  success: 'successful',
  error: 'failed',
  failure: 'failed'
}

/** `mapEnvironment`: the first type with one of these words between separators. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  development: ['development', 'dev', 'trunk'],
  testing: ['testing', 'test', 'qa', 'uat', 'integration', 'acceptance'],
  staging: ['staging', 'stage', 'stg', 'preprod', 'internal'],
  production: ['production', 'prod', 'prd', 'live']
}

function environmentType(name: string): string {
  const words = name.toLowerCase().split(/[^a-z0-9]/)
  const found = Object.entries(TYPES).find(([, known]) => known.some(word => words.includes(word)))
  return found?.[0] ?? 'unmapped'
}
