import { createHmac, randomUUID } from 'node:crypto'
import type { GitHubEvent, LocalGitHub } from './types.ts'

/** A webhook of the repository. */
export interface Webhook {
  readonly url: string
  readonly secret: string
}

export interface Deliveries {
  /** Stops further deliveries. Returns the response statuses of those that were sent, in their order. */
  stop(): Promise<readonly number[]>
}

/** Delivers the events of a simulated GitHub to a webhook, signed as GitHub signs them. */
export function deliverTo(github: LocalGitHub, webhook: Webhook): Deliveries {
  let last: Promise<unknown> = Promise.resolve()
  const sent: Promise<number>[] = []
  const queue = (event: GitHubEvent): void => {
    const delivery = last.then(() => deliver(event, webhook))
    last = delivery.catch(() => undefined)
    sent.push(delivery)
  }
  const removers = [github.on('deployment', queue), github.on('deployment_status', queue)]
  return {
    stop: () => {
      for (const remove of removers) remove()
      return Promise.all(sent)
    }
  }
}

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
async function deliver(event: GitHubEvent, { url, secret }: Webhook): Promise<number> {
  const body = JSON.stringify(event.payload())
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/simulated',
      'x-github-delivery': randomUUID(),
      'x-github-event': event.name,
      'x-hub-signature-256': `sha256=${signature}`
    },
    body
  })
  await response.text()
  return response.status
}
