import type { RunnerEvent } from '../../simulator/runner/index.ts'

/** What the page of a pull request shows, from the payload of an event. */
export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly author: string
  readonly state: 'Open' | 'Merged' | 'Closed'
  /** The branch of the pull request, and the SHA of its newest commit. */
  readonly branch: string
  readonly sha: string
  readonly base: string
}

interface Payload {
  readonly pull_request?: {
    readonly number: number
    readonly title: string
    readonly state: string
    readonly merged?: boolean
    readonly user: { readonly login: string }
    readonly head: { readonly ref: string; readonly sha: string }
    readonly base: { readonly ref: string }
  }
}

/** The pull request of an event, or undefined. */
export function pullRequestOf({ payload }: RunnerEvent): PullRequest | undefined {
  const pull = (payload as Payload).pull_request
  if (pull === undefined) return undefined
  const { number, title, user, head, base, merged } = pull
  const closed = merged ? 'Merged' : 'Closed'
  return {
    ...{ number, title, author: user.login, branch: head.ref, sha: head.sha, base: base.ref },
    state: pull.state === 'open' ? 'Open' : closed
  }
}
