import { actorOf } from './actors.ts'
import type { DeploymentRecord, StatusRecord } from './model.ts'
import type { Links } from './rest/call.ts'
import { deploymentShape, statusShape } from './rest/shapes.ts'
import { fullName, type RepositoryState } from './store/state.ts'
import type { EventName, GitHubEvent, TokenGrant } from './types.ts'

/** What just came into being. */
export interface Announcement {
  repository: RepositoryState
  deployment: DeploymentRecord
  status?: StatusRecord
}

export interface Events {
  emitted: GitHubEvent[]
  on(name: EventName, listener: (event: GitHubEvent) => void): () => void
  announce(announcement: Announcement, grant: TokenGrant, links: Links): void
}

/** Emits what GitHub would deliver to webhooks. */
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
    announce: (announcement, grant, links) => {
      // GitHub sends nothing for `inactive`.
      if (announcement.status?.state === 'inactive') return
      const event = eventOf(announcement, grant, links)
      emitted.push(event)
      for (const { name, listener } of listeners) if (name === event.name) listener(event)
    }
  }
}

function eventOf(announcement: Announcement, grant: TokenGrant, links: Links): GitHubEvent {
  const { repository, deployment, status } = announcement
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
