import { type Deployment, type RefType, sameName } from '../deployment/deployment.ts'
import { refTypeOf } from '../deployment/origin.ts'
import { InputError } from '../lib/errors.ts'
import { matchesAny } from '../lib/glob.ts'
import type { RunContext } from './context.ts'
import { isPullRequestEvent } from './event.ts'

const MAX_REF_CHARS = 1024

/** The commit to deploy. */
export interface Commit {
  /** Sent as `ref`. */
  readonly ref: string
  /** The expected commit; empty with an explicit `ref`, which GitHub resolves. */
  readonly sha: string
  /** The branch or tag name for the payload. */
  readonly name: string
  readonly refType: RefType
}

export interface Environment {
  readonly name: string
  readonly isInferred: boolean
  /** Where the name comes from, for the log. */
  readonly source: string
}

// An empty expression looks like a missing input, so the log says where a name comes from.
const IS_EMPTY = 'the input "environment" is empty'
export const FROM_INPUT = 'input "environment"'
const fromPull = (number: number): string => `pull request #${number}; ${IS_EMPTY}`
export const fromDeployment = (id: number): string => `deployment ${id}; ${IS_EMPTY}`

/**
 * The commit of the run, by SHA: such a deployment shows on the pull request, cannot race with a push, and works for
 * forks. Throws an InputError if the event has no commit.
 */
export function inferCommit(run: RunContext, explicitRef: string): Commit {
  const { event } = run
  if (explicitRef !== '') return { ref: explicitRef, sha: '', name: explicitRef, refType: refTypeOf(explicitRef) }
  if (event.isPullRequestComment) {
    throw new InputError(
      'ref: a comment has no commit. Read the head of the pull request first:\n' +
        '  - id: head\n' +
        '    run: echo "sha=$(gh pr view "$NUMBER" --json headRefOid --jq .headRefOid)" >> "$GITHUB_OUTPUT"\n' +
        '    env: { GH_TOKEN: "${{ github.token }}", GH_REPO: "${{ github.repository }}", NUMBER: "${{ github.event.issue.number }}" }\n' +
        'Then set "ref: ${{ steps.head.outputs.sha }}" here. The commit is not trusted: anyone can open a pull request, and push to it after the comment. Do not run its code, for example after actions/checkout, in a job with secrets or a token that can write.'
    )
  }
  const { sha, name, refType } = commitOfEvent(run)
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha)) {
    throw new InputError(`ref: the event "${event.name}" has no commit; set a branch, tag or SHA`)
  }
  // Text of an event can be from outside; no Git ref is longer.
  return { ref: sha, sha, name: name.slice(0, MAX_REF_CHARS), refType }
}

function commitOfEvent({ event, sha, refName, isTag }: RunContext): Omit<Commit, 'ref'> {
  const pull = event.pullRequest
  if (isPullRequestEvent(event.name)) {
    if (!pull) return { sha: '', name: '', refType: 'branch' }
    return pull.isClosed
      ? { sha: pull.mergeSha || sha, name: pull.baseRef, refType: 'branch' }
      : { sha: pull.headSha, name: pull.headRef, refType: 'branch' }
  }
  // These events do not say whether the name is that of a branch or of a tag.
  if (event.commit) return { ...event.commit, refType: refTypeOf(event.commit.name) }
  if (event.releaseTag !== '') return { sha, name: event.releaseTag, refType: 'tag' }
  return { sha, name: refName, refType: isTag ? 'tag' : 'branch' }
}

/** A pull request or ref that has ended, so that there is nothing to deploy. */
export type Ended =
  | { readonly kind: 'pull'; readonly number: number; readonly closedAt: string }
  | { readonly kind: 'ref'; readonly ref: string }

/**
 * Why a `start` without `deployment-id` and `ref` deploys nothing; `undefined` if it deploys. A merged pull request
 * deploys its merge commit if `environment` names another environment than its preview.
 */
export function endOf(
  { event }: RunContext,
  inputs: { readonly environment: string; readonly transient: boolean | undefined }
): Ended | undefined {
  if (event.deletedRef !== '') return { kind: 'ref', ref: event.deletedRef }
  const pull = event.pullRequest
  if (!pull?.isClosed) return undefined
  const isPreview =
    inputs.environment === '' || inputs.transient === true || isPreviewOf(inputs.environment, pull.number)
  return pull.isMerged && !isPreview ? undefined : { kind: 'pull', number: pull.number, closedAt: pull.closedAt }
}

/** Whether an environment is `pr-<number>` or below. */
export const isPreviewOf = (environment: string, number: number): boolean =>
  matchesAny([`pr-${number}`, `pr-${number}/*`], environment)

/** The environment to deploy to: the explicit one, or that of the pull request. */
export function inferEnvironment(run: RunContext, explicit: string): Environment {
  if (explicit !== '') return { name: explicit, isInferred: false, source: FROM_INPUT }
  const pull = run.event.pullRequest
  if (pull) return { name: `pr-${pull.number}`, isInferred: true, source: fromPull(pull.number) }
  throw new InputError(
    `environment: expected a name such as "production", got none; it can be empty only on a pull request or a "deployment" event, and this event is "${run.event.name}"`
  )
}

/** The deployment of a `deployment` event, unless `environment` names another environment. */
export function deploymentOfEvent(run: RunContext, repository: string, environment: string): Deployment | undefined {
  const { deployment } = run.event
  const isHere = sameName(repository, run.repository)
  if (run.event.name !== 'deployment' || !deployment || !isHere) return undefined
  const isSame = environment === '' || sameName(environment, deployment.environment)
  return isSame ? deployment : undefined
}

/** The environments that `deactivate` selects. */
export interface Patterns {
  readonly patterns: readonly string[]
  readonly isInferred: boolean
  /** Where the patterns come from, for the log. */
  readonly source: string
}

/** The environments to deactivate: the explicit ones, or those of the event. */
export function inferPatterns(run: RunContext, explicit: readonly string[]): Patterns {
  if (explicit.length > 0) return { patterns: explicit, isInferred: false, source: FROM_INPUT }
  const { pullRequest, deployment, name } = run.event
  if (pullRequest) {
    const own = `pr-${pullRequest.number}`
    const source = fromPull(pullRequest.number)
    return { patterns: [own, `${own}/*`], isInferred: true, source }
  }
  if (name === 'deployment' && deployment) {
    const source = fromDeployment(deployment.id)
    return { patterns: [deployment.environment], isInferred: false, source }
  }
  const example = run.event.deletedRef === '' ? '"pr-12" or "preview/*"' : '"preview/*"'
  throw new InputError(
    `environment: expected names or patterns such as ${example}, got none; it can be empty only on a pull request`
  )
}
