import { BASE_SHA, HEAD_SHA, MERGE_SHA } from '../events/shas.ts'
import type { RunnerEvent } from './types.ts'

export interface EventFacts {
  repository: string
  sha: string
  ref: string
  headRef: string
  baseRef: string
  actor: string
}

/** Reads a property of a value of unknown shape by the path of its names. */
export function field(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value
  )
}

/** Reads a text or a number as text; `''` if there is none. */
export function textField(value: unknown, ...names: string[]): string {
  const found = field(value, ...names)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}

/** The values that GitHub derives from an event, such as `GITHUB_SHA` and `GITHUB_REF`. */
export function eventFacts({ name, payload }: RunnerEvent): EventFacts {
  const isPullRequest = name === 'pull_request' || name === 'pull_request_target'
  return {
    ...commitOf(name, payload),
    repository: textField(payload, 'repository', 'full_name') || 'octo-org/octo-repo',
    actor: textField(payload, 'sender', 'login') || 'octocat',
    headRef: isPullRequest ? textField(payload, 'pull_request', 'head', 'ref') : '',
    baseRef: isPullRequest ? textField(payload, 'pull_request', 'base', 'ref') : ''
  }
}

function commitOf(name: string, payload: object): { sha: string; ref: string } {
  const defaultBranch = textField(payload, 'repository', 'default_branch') || 'main'
  const tip = { sha: BASE_SHA, ref: `refs/heads/${defaultBranch}` }
  switch (name) {
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return pullRequestCommit(payload)
    case 'push':
      return field(payload, 'deleted') === true
        ? tip
        : { sha: textField(payload, 'after') || HEAD_SHA, ref: textField(payload, 'ref') }
    case 'create':
      return {
        sha: HEAD_SHA,
        ref: fullRef(textField(payload, 'ref'), textField(payload, 'ref_type'))
      }
    case 'release':
      return { sha: HEAD_SHA, ref: `refs/tags/${textField(payload, 'release', 'tag_name')}` }
    case 'workflow_dispatch': {
      const ref = textField(payload, 'ref') || tip.ref
      return ref === tip.ref ? tip : { sha: HEAD_SHA, ref }
    }
    case 'merge_group':
      return {
        sha: textField(payload, 'merge_group', 'head_sha'),
        ref: textField(payload, 'merge_group', 'head_ref')
      }
    case 'deployment':
    case 'deployment_status':
      return deploymentCommit(payload)
    default:
      return tip
  }
}

function pullRequestCommit(payload: object): { sha: string; ref: string } {
  const sha = textField(payload, 'pull_request', 'merge_commit_sha') || MERGE_SHA
  const number = textField(payload, 'pull_request', 'number')
  const isMerged = field(payload, 'action') === 'closed' && field(payload, 'pull_request', 'merged') === true
  const base = textField(payload, 'pull_request', 'base', 'ref')
  return { sha, ref: isMerged ? `refs/heads/${base}` : `refs/pull/${number}/merge` }
}

/** For a deployment that was created from a SHA, the ref is empty. */
function deploymentCommit(payload: object): { sha: string; ref: string } {
  const ref = textField(payload, 'deployment', 'ref')
  const sha = textField(payload, 'deployment', 'sha')
  return { sha, ref: ref === '' || /^[0-9a-f]{40}$/.test(ref) ? '' : fullRef(ref, 'branch') }
}

const fullRef = (ref: string, type: string): string =>
  ref.startsWith('refs/') ? ref : `refs/${type === 'tag' ? 'tags' : 'heads'}/${ref}`
