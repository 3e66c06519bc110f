import { merge, type Payload, part, rename } from './examples.ts'
import type { EventOptions } from './options.ts'
import { BASE_SHA, HEAD_SHA, MERGE_SHA } from './shas.ts'

export const FORK_ID = 186_853_999

const CLOSED_AT = '2026-11-22T12:00:00Z'

/** Changes the `pull_request` of a payload according to the options. */
export function pullRequest(
  payload: Payload,
  options: EventOptions & { repository: string; defaultBranch: string }
): void {
  const number = options.number ?? 2
  const isDependabot = options.sender === 'dependabot[bot]'
  const branch = options.branch ?? (isDependabot ? 'dependabot/npm_and_yarn/left-pad-1.3.0' : 'changes')
  const from = options.fork ?? options.repository
  const [owner] = from.split('/')
  if ('number' in payload) payload['number'] = number
  const pull = part(payload, 'pull_request')
  merge(pull, {
    number,
    merge_commit_sha: options.mergeSha ?? MERGE_SHA,
    head: {
      sha: options.sha ?? HEAD_SHA,
      ref: branch,
      label: `${owner}:${branch}`,
      user: { login: owner }
    },
    base: { sha: options.baseSha ?? BASE_SHA, ref: options.defaultBranch }
  })
  if (isDependabot) merge(pull, { user: { login: 'dependabot[bot]', type: 'Bot' } })
  rename(part(pull, 'base', 'repo'), options.repository, options.defaultBranch)
  rename(part(pull, 'head', 'repo'), from, options.defaultBranch)
  if (options.fork !== undefined) {
    merge(part(pull, 'head', 'repo'), { fork: true, id: FORK_ID })
  }
  if (payload['action'] !== 'closed') return
  const closed = options.closedAt ?? CLOSED_AT
  const merged = options.merged === true
  merge(pull, { state: 'closed', closed_at: closed, merged, merged_at: merged ? closed : null })
}
