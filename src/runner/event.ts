import type { Deployment } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { get, getId, getShortText, getText, isJsonObject, membersOf, parseJson } from '../lib/json.ts'
import { readRegularFile } from './runner-file.ts'

// GitHub's payloads have up to 25 MB (https://docs.github.com/webhooks/webhook-events-and-payloads).
const MAX_EVENT_BYTES = 32 * 1024 * 1024

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
  /** The full name of the branch or tag that a `delete` event or a push has deleted. */
  readonly deletedRef: string
  /** The commit of an event about another run, check, status or deployment; `undefined` for other events. */
  readonly commit: { readonly sha: string; readonly name: string } | undefined
  readonly releaseTag: string
  readonly workflowRun: WorkflowRun | undefined
  readonly subject: Subject | undefined
}

const PULL_REQUEST_EVENTS = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment'
]

export const isPullRequestEvent = (name: string): boolean => PULL_REQUEST_EVENTS.includes(name)

/** The text of the event file; empty if it is missing, too large or not a regular file. */
export const readEventFile = (path: string | undefined): string =>
  path ? (readRegularFile(path, MAX_EVENT_BYTES) ?? '') : ''

/** Reads the facts of an event. Every text in its payload can be from outside. */
export function readEvent(name: string, text: string): EventFacts {
  const payload = parseJson(text)
  return {
    name,
    pullRequest: isPullRequestEvent(name) ? readPullRequest(payload) : undefined,
    isPullRequestComment: name === 'issue_comment' && isJsonObject(get(payload, 'issue', 'pull_request')),
    deployment: name.startsWith('deployment') ? readEventDeployment(payload, text) : undefined,
    deletedRef: readDeletedRef(name, payload),
    commit: readCommit(name, payload),
    releaseTag: name === 'release' ? getText(payload, 'release', 'tag_name') : '',
    workflowRun: name === 'workflow_run' ? readWorkflowRun(payload) : undefined,
    subject: readSubject(name, payload)
  }
}

function readDeletedRef(name: string, payload: unknown): string {
  const ref = getText(payload, 'ref')
  if (name === 'push') return get(payload, 'deleted') === true ? ref : ''
  if (name !== 'delete' || ref === '') return ''
  return `refs/${getText(payload, 'ref_type') === 'tag' ? 'tags' : 'heads'}/${ref}`
}

/** Where an event that is not about the workflow's own commit has its commit and the name of its branch. */
const COMMITS: Readonly<Record<string, { sha: readonly string[]; name: readonly string[] }>> = {
  workflow_run: { sha: ['workflow_run', 'head_sha'], name: ['workflow_run', 'head_branch'] },
  merge_group: { sha: ['merge_group', 'head_sha'], name: ['merge_group', 'head_ref'] },
  deployment: { sha: ['deployment', 'sha'], name: ['deployment', 'ref'] },
  deployment_status: { sha: ['deployment', 'sha'], name: ['deployment', 'ref'] },
  check_run: {
    sha: ['check_run', 'head_sha'],
    name: ['check_run', 'check_suite', 'head_branch']
  },
  check_suite: { sha: ['check_suite', 'head_sha'], name: ['check_suite', 'head_branch'] },
  // A status has no branch: its commit can be in many.
  status: { sha: ['sha'], name: [] }
}

function readCommit(name: string, payload: unknown): EventFacts['commit'] {
  const paths = Object.hasOwn(COMMITS, name) ? COMMITS[name] : undefined
  return paths && { sha: getText(payload, ...paths.sha), name: getText(payload, ...paths.name) }
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
    isClosed: getText(payload, 'action') === 'closed' || getText(pull, 'state') === 'closed',
    // Review events have a shorter object without `merged`.
    isMerged: get(pull, 'merged') === true || mergedAt !== '',
    mergeSha: getText(pull, 'merge_commit_sha'),
    closedAt: getText(pull, 'closed_at'),
    isFork: head !== base
  }
}

function readEventDeployment(payload: unknown, text: string): Deployment | undefined {
  const deployment = get(payload, 'deployment')
  const id = getId(deployment, 'id')
  if (id === undefined) return undefined
  const stored = membersOf(membersOf(text).get('deployment') ?? '').get('payload') ?? ''
  return {
    id,
    environment: getText(deployment, 'environment'),
    task: getShortText(deployment, 'task'),
    ref: getShortText(deployment, 'ref'),
    sha: getText(deployment, 'sha'),
    payload: stored,
    origin: readOrigin(stored),
    transient: get(deployment, 'transient_environment') === true,
    url: getShortText(deployment, 'url'),
    createdAt: getText(deployment, 'created_at')
  }
}
