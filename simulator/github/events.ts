import { actorOf } from './actors.ts'
import type { Links } from './rest/links.ts'
import { webhookRepository } from './rest/repositories.ts'
import { deploymentShape, statusShape, userShape } from './rest/shapes.ts'
import type { DeploymentChange } from './store/change.ts'
import { fullName } from './store/state.ts'
import type { EventName, GitHubEvent, TokenGrant } from './types.ts'

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
  const actor = actorOf(tokenKind, grant.login)
  const facts = {
    action: 'created' as const,
    deployment: deploymentShape(repository, deployment, links),
    ...(status && { deployment_status: statusShape(repository, deployment, status, links) })
  }
  return {
    ...facts,
    name: status ? 'deployment_status' : 'deployment',
    repository: { full_name: fullName(repository) },
    sender: { login: actor.login },
    tokenKind,
    payload: () => ({
      ...facts,
      ...(status && { check_run: null }),
      workflow: null,
      workflow_run: null,
      repository: webhookRepository(repository, links),
      sender: userShape(actor, links)
    }),
    startsWorkflows: tokenKind !== 'github-token'
  }
}
