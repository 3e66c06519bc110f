import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { eventFacts, textField } from './event-facts.ts'
import type { RunnerEvent } from './types.ts'
import { keepConverted } from './values.ts'

export type GitHubContext = Record<string, unknown>

export interface RunFacts {
  event: RunnerEvent
  env?: Record<string, string> | undefined
  repository?: string | undefined
  sha?: string | undefined
  ref?: string | undefined
  runId?: number | undefined
  runAttempt?: number | undefined
  runNumber?: number | undefined
  actor?: string | undefined
  token?: string | undefined
}

// Each run has its own id, as on GitHub.
let lastRunId = 17_000_000_000 + (process.pid % 100_000) * 1_000

/** The `github` context of a run. Each job and each step adds its own names to a copy. */
export function githubContext(
  facts: RunFacts,
  { workspace, workflow, workflowFile }: Record<'workspace' | 'workflow' | 'workflowFile', string>
): GitHubContext {
  const derived = eventFacts(facts.event)
  const repository = facts.repository ?? derived.repository
  const sha = facts.sha ?? derived.sha
  const ref = facts.ref ?? derived.ref
  const actor = facts.actor ?? derived.actor
  const payload = facts.event.payload
  const env = facts.env ?? {}
  keepConverted(payload)
  lastRunId += 1
  return {
    actor,
    actor_id: textField(payload, 'sender', 'id') || '583231',
    api_url: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    base_ref: derived.baseRef,
    event: payload,
    event_name: facts.event.name,
    graphql_url: env['GITHUB_GRAPHQL_URL'] ?? 'https://api.github.com/graphql',
    head_ref: derived.headRef,
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: false,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository,
    repository_id: textField(payload, 'repository', 'id'),
    repository_owner: repository.split('/')[0],
    repository_owner_id: textField(payload, 'repository', 'owner', 'id'),
    repositoryUrl: `git://github.com/${repository}.git`,
    retention_days: '90',
    run_attempt: String(facts.runAttempt ?? 1),
    run_id: String(facts.runId ?? lastRunId),
    run_number: String(facts.runNumber ?? 1),
    secret_source: 'Actions',
    server_url: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
    sha,
    token: facts.token ?? 'ghs_local',
    triggering_actor: actor,
    workflow,
    workflow_ref: `${repository}/${workflowFile}@${ref}`,
    workflow_sha: sha,
    workspace
  }
}

// The runner's list (GitHubContext.cs), without `token` and `event`.
const IN_ENV = `action action_path action_ref action_repository actor actor_id api_url base_ref
  event_name event_path graphql_url head_ref job ref ref_name ref_protected ref_type repository
  repository_id repository_owner repository_owner_id retention_days run_attempt run_id run_number
  server_url sha triggering_actor workflow workflow_ref workflow_sha workspace`.split(/\s+/)

/** The `GITHUB_*` variables of a step that come from the context. */
export const githubEnv = (github: GitHubContext): Record<string, string> =>
  Object.fromEntries(
    IN_ENV.flatMap(name => {
      const value = github[name]
      return value === undefined ? [] : [[`GITHUB_${name.toUpperCase()}`, String(value)]]
    })
  )

const SYSTEMS: Record<string, string> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

/** The `runner` context. */
export const runnerContext = (folder: string, workspace: string): Record<string, string> => ({
  name: 'local runner',
  environment: 'self-hosted',
  os: SYSTEMS[process.platform] ?? process.platform,
  arch: process.arch === 'arm64' ? 'ARM64' : process.arch.toUpperCase(),
  temp: `${folder}/_temp`,
  tool_cache: `${folder}/_tool`,
  workspace: dirname(workspace),
  tracking_id: `github_${randomUUID()}`
})

const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG']

/** The variables of the host that a step gets. */
export const hostEnv = (): Record<string, string> =>
  Object.fromEntries(
    INHERITED.flatMap(name => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    })
  )

/** The variables that the runner sets for each step, besides those of the `github` context. */
export const runnerEnv = (runner: Record<string, string>): Record<string, string> => ({
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  ...Object.fromEntries(Object.entries(runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value]))
})
