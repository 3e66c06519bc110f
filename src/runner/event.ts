import { readFileSync, statSync } from 'node:fs'
import type { Deployment } from '../deployment/deployment.ts'
import { get, getId, getText, isJsonObject, parseJson } from '../lib/json.ts'

const MAX_EVENT_BYTES = 10 * 1024 * 1024

export interface PullRequest {
  readonly number: number
  readonly headSha: string
  readonly headRef: string
  readonly baseRef: string
  readonly isClosed: boolean
  readonly isMerged: boolean
  readonly mergeSha: string
  /** ISO 8601; empty if it is open. */
  readonly closedAt: string
  /** The head branch is in another repository, or in a deleted one. */
  readonly isFork: boolean
}

/** The run of a `workflow_run` event. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
  readonly sha: string
  readonly branch: string
  readonly isCompleted: boolean
  /** Empty until it is completed. */
  readonly conclusion: string
}

/** The commit of an event: its message, or the title of its pull request. */
export interface Subject {
  readonly shas: readonly string[]
  readonly title: string
  readonly author: string
}

/** The facts of the run's event. Those that an event does not have are empty. */
export interface EventFacts {
  readonly name: string
  readonly pullRequest: PullRequest | undefined
  /** An `issue_comment` event on a pull request, which has no commit. */
  readonly isPullRequestComment: boolean
  readonly deployment: Deployment | undefined
  /** The branch or tag that a `delete` event or a push has deleted. */
  readonly deletedRef: string
  readonly releaseTag: string
  readonly workflowRun: WorkflowRun | undefined
  readonly mergeGroup: { readonly sha: string; readonly ref: string } | undefined
  readonly subject: Subject | undefined
}

const PULL_REQUEST_EVENTS = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment'
]

export const isPullRequestEvent = (name: string): boolean => PULL_REQUEST_EVENTS.includes(name)

/** The payload of the run's event; `undefined` if the file is missing, too large or not JSON. */
export function readEventFile(path: string | undefined): unknown {
  if (!path) return undefined
  try {
    return statSync(path).size > MAX_EVENT_BYTES ? undefined : parseJson(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Reads the facts of an event. Every text in its payload can be from outside. */
export function readEvent(name: string, payload: unknown): EventFacts {
  const isRun = name === 'workflow_run'
  const isGroup = name === 'merge_group'
  const isDeletion = name === 'delete' || (name === 'push' && get(payload, 'deleted') === true)
  return {
    name,
    pullRequest: isPullRequestEvent(name) ? readPullRequest(payload) : undefined,
    isPullRequestComment:
      name === 'issue_comment' && isJsonObject(get(payload, 'issue', 'pull_request')),
    deployment: name.startsWith('deployment') ? readEventDeployment(payload) : undefined,
    deletedRef: isDeletion ? getText(payload, 'ref') : '',
    releaseTag: name === 'release' ? getText(payload, 'release', 'tag_name') : '',
    workflowRun: isRun ? readWorkflowRun(payload) : undefined,
    mergeGroup: isGroup
      ? {
          sha: getText(payload, 'merge_group', 'head_sha'),
          ref: getText(payload, 'merge_group', 'head_ref')
        }
      : undefined,
    subject: readSubject(name, payload)
  }
}

function readSubject(name: string, payload: unknown): Subject | undefined {
  if (isPullRequestEvent(name)) {
    const pull = get(payload, 'pull_request')
    return {
      shas: [getText(pull, 'head', 'sha'), getText(pull, 'merge_commit_sha')],
      title: getText(pull, 'title'),
      author: getText(pull, 'user', 'login')
    }
  }
  const holder = name === 'push' ? payload : get(payload, name)
  const commit = get(holder, 'head_commit')
  if (!isJsonObject(commit)) return undefined
  return {
    shas: [getText(commit, 'id')],
    title: getText(commit, 'message'),
    author: getText(commit, 'author', 'username') || getText(commit, 'author', 'name')
  }
}

function readWorkflowRun(payload: unknown): WorkflowRun {
  const run = get(payload, 'workflow_run')
  return {
    id: getId(run, 'id') ?? 0,
    attempt: getId(run, 'run_attempt') ?? 1,
    sha: getText(run, 'head_sha'),
    branch: getText(run, 'head_branch'),
    isCompleted: getText(payload, 'action') === 'completed',
    conclusion: getText(run, 'conclusion')
  }
}

function readPullRequest(payload: unknown): PullRequest | undefined {
  const pull = get(payload, 'pull_request')
  const number = getId(pull, 'number')
  if (number === undefined) return undefined
  const head = getText(pull, 'head', 'repo', 'full_name').toLowerCase()
  const base = getText(pull, 'base', 'repo', 'full_name').toLowerCase()
  const mergedAt = getText(pull, 'merged_at')
  return {
    number,
    headSha: getText(pull, 'head', 'sha'),
    headRef: getText(pull, 'head', 'ref'),
    baseRef: getText(pull, 'base', 'ref'),
    isClosed: getText(payload, 'action') === 'closed',
    // Review events have a shorter object without `merged`.
    isMerged: get(pull, 'merged') === true || mergedAt !== '',
    mergeSha: getText(pull, 'merge_commit_sha'),
    closedAt: getText(pull, 'closed_at'),
    isFork: head !== base
  }
}

function readEventDeployment(payload: unknown): Deployment | undefined {
  const deployment = get(payload, 'deployment')
  const id = getId(deployment, 'id')
  if (id === undefined) return undefined
  return {
    id,
    environment: getText(deployment, 'environment'),
    task: getText(deployment, 'task'),
    ref: getText(deployment, 'ref'),
    sha: getText(deployment, 'sha'),
    payload: get(deployment, 'payload'),
    transient: get(deployment, 'transient_environment') === true,
    url: getText(deployment, 'url'),
    createdAt: getText(deployment, 'created_at')
  }
}
