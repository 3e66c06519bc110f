import { type Deployment, sameName } from '../deployment/deployment.ts'
import { InputError } from '../lib/errors.ts'
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
}

export interface Environment {
  readonly name: string
  readonly isInferred: boolean
}

/**
 * The commit of the run, by SHA: such a deployment shows on the pull request, cannot race with a push, and works for
 * forks. Throws an InputError if the event has no commit.
 */
export function inferCommit(run: RunContext, explicitRef: string): Commit {
  const { event } = run
  refuseEndedEvents(run)
  if (explicitRef !== '') return { ref: explicitRef, sha: '', name: explicitRef }
  if (event.isPullRequestComment) {
    throw new InputError(
      'ref: a comment names no commit. Read it first, check out the same commit, and give it:\n' +
        '  - id: head\n' +
        '    run: echo "sha=$(gh pr view "$NUMBER" --json headRefOid --jq .headRefOid)" >> "$GITHUB_OUTPUT"\n' +
        '  - uses: actions/checkout@v6\n' +
        '    with: { ref: "${{ steps.head.outputs.sha }}" }\n' +
        'and here "ref: ${{ steps.head.outputs.sha }}"'
    )
  }
  const { sha, name } = commitOfEvent(run)
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha)) {
    throw new InputError(`ref: the event "${event.name}" has no commit; set a branch, tag or SHA`)
  }
  // Text of an event can be from outside; no Git ref is longer.
  return { ref: sha, sha, name: name.slice(0, MAX_REF_CHARS) }
}

function refuseEndedEvents({ event }: RunContext): void {
  if (event.pullRequest?.isClosed && !event.pullRequest.isMerged) {
    throw new InputError(
      'The pull request is closed. To deactivate its preview use `mode: deactivate`.'
    )
  }
  if (event.deletedRef !== '') {
    throw new InputError(
      `mode: the branch or tag was deleted, so there is nothing to deploy. To deactivate what it had use \`mode: deactivate\`.`
    )
  }
}

function commitOfEvent(run: RunContext): { sha: string; name: string } {
  const { event, sha, refName } = run
  const pull = event.pullRequest
  if (isPullRequestEvent(event.name)) {
    if (!pull) return { sha: '', name: '' }
    return pull.isClosed
      ? { sha: pull.mergeSha, name: pull.baseRef }
      : { sha: pull.headSha, name: pull.headRef }
  }
  if (event.name === 'workflow_run') {
    return { sha: event.workflowRun?.sha ?? '', name: event.workflowRun?.branch ?? '' }
  }
  if (event.name === 'merge_group') {
    return { sha: event.mergeGroup?.sha ?? '', name: event.mergeGroup?.ref ?? '' }
  }
  if (event.name.startsWith('deployment')) {
    return { sha: event.deployment?.sha ?? '', name: event.deployment?.ref ?? '' }
  }
  return { sha, name: event.releaseTag || refName }
}

/** The environment to deploy to: the explicit one, or that of the pull request. */
export function inferEnvironment(run: RunContext, explicit: string): Environment {
  if (explicit !== '') return { name: explicit, isInferred: false }
  const pull = run.event.pullRequest
  if (pull && !pull.isClosed) return { name: `pr-${pull.number}`, isInferred: true }
  throw new InputError(
    `environment: expected a name such as "production", got none; it can be left out only on a pull request that is open and on a "deployment" event, this is "${run.event.name}"`
  )
}

/** The deployment of a `deployment` event, unless `environment` names another environment. */
export function deploymentOfEvent(
  run: RunContext,
  repository: string,
  environment: string
): Deployment | undefined {
  const { deployment } = run.event
  const isHere = sameName(repository, run.repository)
  if (run.event.name !== 'deployment' || !deployment || !isHere) return undefined
  const isSame = environment === '' || sameName(environment, deployment.environment)
  return isSame ? deployment : undefined
}

/** The environments to deactivate: the explicit ones, or those of the event. */
export function inferPatterns(
  run: RunContext,
  explicit: readonly string[]
): { readonly patterns: readonly string[]; readonly isInferred: boolean } {
  if (explicit.length > 0) return { patterns: explicit, isInferred: false }
  const { pullRequest, deployment, name } = run.event
  if (pullRequest) {
    const own = `pr-${pullRequest.number}`
    return { patterns: [own, `${own}/*`], isInferred: true }
  }
  if (name === 'deployment' && deployment) {
    return { patterns: [deployment.environment], isInferred: false }
  }
  const example = run.event.deletedRef === '' ? '"pr-12" or "preview/*"' : '"preview/*"'
  throw new InputError(
    `environment: expected names or globs such as ${example}, got none; it can be left out only on a pull-request event`
  )
}
