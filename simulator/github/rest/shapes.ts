import type { Actor, DeploymentRecord, EnvironmentRecord, StatusRecord } from '../model.ts'
import { fullName, type RepositoryState } from '../store/state.ts'
import { type Links, repositoryUrl } from './links.ts'

type Json = Record<string, unknown>

/** A time in GitHub's format, without milliseconds. */
export const timestamp = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** REST's deployment object. */
export function deploymentShape(repository: RepositoryState, deployment: DeploymentRecord, links: Links): Json {
  const repositoryLink = repositoryUrl(links, repository)
  const url = `${repositoryLink}/deployments/${deployment.id}`
  return {
    url,
    id: deployment.id,
    node_id: deployment.nodeId,
    task: deployment.task,
    original_environment: deployment.originalEnvironment,
    environment: deployment.environment,
    description: deployment.description,
    created_at: timestamp(deployment.createdAt),
    updated_at: timestamp(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryLink,
    creator: userShape(deployment.creator, links),
    sha: deployment.sha,
    ref: deployment.ref,
    payload: deployment.payload,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: null
  }
}

/** REST's deployment status object. */
export function statusShape(
  repository: RepositoryState,
  deployment: DeploymentRecord,
  status: StatusRecord,
  links: Links
): Json {
  const repositoryLink = repositoryUrl(links, repository)
  const deploymentUrl = `${repositoryLink}/deployments/${deployment.id}`
  return {
    url: `${deploymentUrl}/statuses/${status.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    creator: userShape(status.creator, links),
    description: status.description,
    environment: status.environment,
    target_url: status.targetUrl,
    created_at: timestamp(status.createdAt),
    updated_at: timestamp(status.createdAt),
    deployment_url: deploymentUrl,
    repository_url: repositoryLink,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    performed_via_github_app: null
  }
}

/** An environment without protection rules. */
export function environmentShape(repository: RepositoryState, environment: EnvironmentRecord, links: Links): Json {
  const name = encodeURIComponent(environment.name)
  const page = `${links.server}/${fullName(repository)}/deployments/activity_log`
  return {
    id: environment.id,
    node_id: environment.nodeId,
    name: environment.name,
    url: `${repositoryUrl(links, repository)}/environments/${name}`,
    html_url: `${page}?environments_filter=${name}`,
    created_at: timestamp(environment.createdAt),
    updated_at: timestamp(environment.updatedAt),
    can_admins_bypass: true,
    protection_rules: [],
    deployment_branch_policy: null
  }
}

/** REST's user object, for a user or a bot. */
export function userShape(actor: Actor, links: Links): Json {
  const url = `${links.api}/users/${encodeURIComponent(actor.login)}`
  const isBot = actor.type === 'Bot'
  const page = isBot ? `apps/${actor.login.replace('[bot]', '')}` : actor.login
  return {
    login: actor.login,
    id: actor.id,
    node_id: actor.nodeId,
    avatar_url: `${links.server}/avatars/u/${actor.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${links.server}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: actor.type,
    user_view_type: 'public',
    site_admin: false
  }
}
