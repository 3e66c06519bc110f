import { actorOf } from './actors.ts'
import type { DeploymentRecord, StatusRecord } from './model.ts'
import type { Links } from './rest/links.ts'
import { deploymentShape, statusShape } from './rest/shapes.ts'
import { fullName, type RepositoryState } from './store/state.ts'
import type { EventName, GitHubEvent, TokenGrant } from './types.ts'

/** A new deployment, or a new status of a deployment. */
export interface DeploymentChange {
  repository: RepositoryState
  deployment: DeploymentRecord
  status?: StatusRecord
}

export interface Events {
  emitted: GitHubEvent[]
  on(name: EventName, listener: (event: GitHubEvent) => void): () => void
  emit(change: DeploymentChange, grant: TokenGrant, links: Links): void
}

/** Emits the events that GitHub delivers to webhooks. */
export function createEvents(): Events {
  const emitted: GitHubEvent[] = []
  const listeners = new Set<{ name: EventName; listener: (event: GitHubEvent) => void }>()
  return {
    emitted,
    on: (name, listener) => {
      const entry = { name, listener }
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    emit: (change, grant, links) => {
      // GitHub sends no event for `inactive`.
      // https://docs.github.com/webhooks/webhook-events-and-payloads#deployment_status
      if (change.status?.state === 'inactive') return
      const event = eventOf(change, grant, links)
      emitted.push(event)
      for (const { name, listener } of listeners) if (name === event.name) listener(event)
    }
  }
}

function eventOf(change: DeploymentChange, grant: TokenGrant, links: Links): GitHubEvent {
  const { repository, deployment, status } = change
  const tokenKind = grant.kind ?? 'github-token'
  return {
    name: status ? 'deployment_status' : 'deployment',
    action: 'created',
    deployment: deploymentShape(repository, deployment, links),
    ...(status && { deployment_status: statusShape(repository, deployment, status, links) }),
    repository: { full_name: fullName(repository) },
    sender: { login: actorOf(tokenKind, grant.login).login },
    tokenKind,
    startsWorkflows: tokenKind !== 'github-token'
  }
}
