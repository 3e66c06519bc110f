import type { RunnerEvent } from '../runner/types.ts'
import { example, merge, type Payload, part, rename } from './examples.ts'
import type { EventName, EventOptions } from './options.ts'
import { FORK_ID, pullRequest } from './pull-request.ts'
import { BASE_SHA, HEAD_SHA, NO_SHA } from './shas.ts'

export type { EventName, EventOptions } from './options.ts'
export { BASE_SHA, HEAD_SHA, MERGE_SHA, NO_SHA } from './shas.ts'

type Known = EventOptions & { repository: string; defaultBranch: string }

/** An event with a payload that GitHub has sent, changed by the options. */
export function event(name: EventName, options: EventOptions = {}): RunnerEvent {
  const known: Known = { repository: 'octo-org/octo-repo', defaultBranch: 'main', ...options }
  const payload = PAYLOADS[name](known)
  rename(part(payload, 'repository'), known.repository, known.defaultBranch)
  if (options.sender !== undefined) {
    const type = options.sender.endsWith('[bot]') ? 'Bot' : 'User'
    merge(part(payload, 'sender'), { login: options.sender, type })
  }
  return { name, payload: merge(payload, options.payload ?? {}) }
}

const ofAction =
  (action: string) =>
  (payload: Payload): boolean =>
    payload['action'] === action

const first = (): boolean => true

const PAYLOADS: Record<EventName, (options: Known) => Payload> = {
  check_run: options =>
    merge(example('check_run', ofAction(options.action ?? 'completed'), options.repository), {
      check_run: {
        head_sha: options.sha ?? HEAD_SHA,
        check_suite: {
          head_sha: options.sha ?? HEAD_SHA,
          head_branch: options.branch ?? options.defaultBranch
        }
      }
    }),
  check_suite: options =>
    merge(example('check_suite', ofAction(options.action ?? 'completed'), options.repository), {
      check_suite: {
        head_sha: options.sha ?? HEAD_SHA,
        head_branch: options.branch ?? options.defaultBranch
      }
    }),
  status: options =>
    merge(example('status', first, options.repository), {
      sha: options.sha ?? HEAD_SHA,
      state: options.state ?? 'success'
    }),
  push,
  pull_request: pullRequestEvent,
  // It has the payload of pull_request.
  pull_request_target: pullRequestEvent,
  pull_request_review: options => {
    const payload = example('pull_request_review', ofAction(options.action ?? 'submitted'), options.repository)
    pullRequest(payload, options)
    return merge(payload, { review: { commit_id: options.sha ?? HEAD_SHA } })
  },
  release: options => {
    const action = options.action ?? 'published'
    const tag = options.tag ?? 'v1.2.0'
    return merge(example('release', ofAction(action), options.repository), {
      release: { tag_name: tag, name: tag, target_commitish: options.defaultBranch }
    })
  },
  workflow_run: workflowRun,
  merge_group: options => {
    const base = `gh-readonly-queue/${options.defaultBranch}/pr-${options.number ?? 2}-${options.baseSha ?? BASE_SHA}`
    return merge(example('merge_group', first, options.repository), {
      merge_group: {
        head_sha: options.sha ?? HEAD_SHA,
        head_ref: `refs/heads/${base}`,
        base_sha: options.baseSha ?? BASE_SHA,
        base_ref: `refs/heads/${options.defaultBranch}`
      }
    })
  },
  deployment: options => {
    const payload = example('deployment', ofAction('created'), options.repository)
    return merge(payload, { deployment: deploymentOf(options) })
  },
  deployment_status: options => {
    const payload = example('deployment_status', ofAction('created'), options.repository)
    const deployment = deploymentOf(options)
    const { environment } = { environment: 'production', ...options.deployment }
    const status = { state: options.state ?? 'success', environment }
    return merge(payload, { deployment, deployment_status: status })
  },
  delete: options =>
    merge(example('delete', first, options.repository), {
      ref: options.tag ?? options.branch ?? 'changes',
      ref_type: options.tag === undefined ? 'branch' : 'tag'
    }),
  issue_comment: issueComment,
  // It is not a webhook, so the examples don't have it. GitHub documents only `schedule`; the payload also
  // has the repository and, as sender, its last committer.
  schedule: options => {
    const { repository, sender } = example('push', first, options.repository)
    return { schedule: '30 5 * * 1,3', workflow: '.github/workflows/ci.yml', repository, sender }
  },
  repository_dispatch: options =>
    merge(example('repository_dispatch', first, options.repository), {
      action: options.action,
      branch: options.defaultBranch,
      client_payload: options.clientPayload ?? {}
    }),
  workflow_dispatch: options =>
    merge(example('workflow_dispatch', first, options.repository), {
      ref: `refs/heads/${options.branch ?? options.defaultBranch}`,
      inputs: options.inputs ?? {}
    })
}

function pullRequestEvent(options: Known): Payload {
  const action = options.action ?? 'opened'
  const payload = example('pull_request', ofAction(action), options.repository)
  pullRequest(payload, options)
  if (action === 'synchronize') merge(payload, { after: options.sha ?? HEAD_SHA })
  return payload
}

function push(options: Known): Payload {
  const { tag, deleted = false } = options
  const ref = tag === undefined ? `refs/heads/${options.branch ?? options.defaultBranch}` : `refs/tags/${tag}`
  const wanted = (payload: Payload): boolean =>
    payload['deleted'] === deleted &&
    (deleted || String(payload['ref']).startsWith(tag === undefined ? 'refs/heads/' : 'refs/tags/'))
  const payload = example('push', wanted, options.repository)
  const after = deleted ? NO_SHA : (options.sha ?? HEAD_SHA)
  const before = options.baseSha ?? BASE_SHA
  if (deleted) return merge(payload, { ref, before, after })
  return merge(payload, { ref, before, after, created: false, head_commit: { id: after } })
}

function workflowRun(options: Known): Payload {
  const action = options.action ?? 'completed'
  const wanted = (payload: Payload): boolean =>
    payload['action'] === action && (action !== 'completed' || part(payload, 'workflow_run')['conclusion'] !== null)
  const payload = example('workflow_run', wanted, options.repository)
  const run = part(payload, 'workflow_run')
  merge(run, {
    id: options.runId,
    run_attempt: options.runAttempt,
    conclusion: options.conclusion,
    event: options.fork === undefined ? 'push' : 'pull_request',
    head_sha: options.sha ?? HEAD_SHA,
    head_branch: options.branch ?? options.defaultBranch
  })
  rename(part(run, 'repository'), options.repository, options.defaultBranch)
  rename(part(run, 'head_repository'), options.fork ?? options.repository, options.defaultBranch)
  if (options.fork !== undefined) merge(run, { head_repository: { fork: true, id: FORK_ID } })
  return payload
}

const deploymentOf = (options: Known): object => ({
  ref: options.branch ?? options.defaultBranch,
  sha: options.sha ?? HEAD_SHA,
  ...options.deployment
})

function issueComment(options: Known): Payload {
  const payload = example('issue_comment', ofAction(options.action ?? 'created'), options.repository)
  const number = options.number ?? 2
  merge(payload, { issue: { number } })
  if (options.onPullRequest !== true) return payload
  // The examples have no comment on a pull request. These are the documented fields.
  const api = `https://api.github.com/repos/${options.repository}/pulls/${number}`
  const page = `https://github.com/${options.repository}/pull/${number}`
  const links = { url: api, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` }
  return merge(payload, { issue: { html_url: page, pull_request: links } })
}
