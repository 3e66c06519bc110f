import { ActionError, RequestError } from '../lib/errors.ts'
import { get, getText } from '../lib/json.ts'
import type { Section } from '../lib/sections.ts'
import { classify } from './classify-failure.ts'
import { ConnectionError } from './connection.ts'
import type { GitHubFailure } from './failure.ts'

/**
 * What a failed request leaves on GitHub: a sentence, or a function that is given whether GitHub has
 * certainly not done the request.
 */
export type OnFailure = string | ((isNotDone: boolean) => string)

export interface RequestFacts {
  /** Completes "Could not …". */
  readonly operation: string
  readonly repository: string
  /** It changes nothing, whatever its result. */
  readonly isRead: boolean
  readonly onFailure?: OnFailure | undefined
}

/**
 * The error that a person reads: the operation and its target, GitHub's status, message and request id,
 * what exists now, and the next step. The failure is its cause.
 */
export function explain(
  failure: GitHubFailure,
  { operation, repository, isRead, onFailure = '' }: RequestFacts
): RequestError {
  const request = failure.requestId === '' ? '' : ` (request id ${failure.requestId})`
  const sentence = `Could not ${operation} in ${repository}: ${describeAnswer(failure)}${request}.`
  const failed = failure.advice === '' ? sentence : `${sentence}\n${failure.advice}`
  const isNotDone = isRead || classify(failure, 0).kind !== 'unknown'
  const exists = typeof onFailure === 'string' ? onFailure : onFailure(isNotDone)
  return new RequestError(
    { failed, exists, next: nextStep(failure, operation), section: sectionFor(failure, operation) },
    failure
  )
}

const SECTION_OF_STATUS: Readonly<Record<number, Section>> = {
  202: 'autoMerge',
  401: 'token',
  403: 'permissions',
  404: 'notFound',
  409: 'autoMerge',
  422: 'rejected'
}

/** The section of the troubleshooting page about a failed request. */
function sectionFor(failure: GitHubFailure, operation: string): Section {
  const { status } = failure
  const text = failure.message.toLowerCase()
  const kind = classify(failure, 0).kind
  if (status === 0) {
    if (failure.isFinal) return 'token'
    return kind === 'unknown' ? 'outage' : 'connection'
  }
  if (kind === 'retryable') return 'rateLimit'
  if (status === 403 && operation.startsWith('delete the environment')) return 'deleteEnvironment'
  if (status === 200 && text.includes('resource not accessible')) return 'permissions'
  if (status === 409 && isAboutChecks(failure)) return 'checks'
  if (status === 422 && text.includes('no ref found')) return 'ref'
  return SECTION_OF_STATUS[status] ?? (kind === 'unknown' ? 'outage' : 'unexpected')
}

/** Only GitHub's own text is quoted. */
function describeAnswer(failure: GitHubFailure): string {
  if (failure.status === 0) return failure.message
  const isQuoted = failure.isFinal || getText(failure.data, 'message') !== ''
  const words = isQuoted ? `"${failure.message}"` : `with ${failure.message}`
  return `GitHub answered ${failure.status} ${words}`
}

const PERMISSIONS = 'permissions:\n  contents: read\n  deployments: write'

function nextStep(failure: GitHubFailure, operation: string): string {
  const text = failure.message.toLowerCase()
  if (failure.status > 0 && classify(failure, 0).kind === 'retryable') {
    return 'GitHub limits this token for now. Run the job again later, or give "timeout" more seconds than GitHub asks to wait.'
  }
  switch (failure.status) {
    case 0:
      return noAnswerHelp(failure)
    case 200:
      // A GraphQL error.
      return text.includes('resource not accessible') ? permissionHelp(failure) : SUPPORT_HELP
    case 202:
      return 'GitHub merged the default branch into the ref instead of deploying. The push of that merge starts the workflow again where it listens to it; or leave "auto-merge" out.'
    case 401:
      return 'The token is wrong, expired or revoked. Leave "token" out to use the workflow\'s own.'
    case 403:
      if (operation.startsWith('delete the environment')) return ENVIRONMENT_HELP
      return permissionHelp(failure)
    case 404:
      return 'The repository or the deployment does not exist, or the token may not see it: give the token of this repository, with "deployments: write".'
    case 409:
      return conflictHelp(failure)
    case 422:
      if (text.includes('no ref found'))
        return 'Push it first, or give a "ref" that exists in this repository (a SHA works for forks too).'
      return 'Correct the input that these words are about, and run the job again.'
    default:
      return failure.status >= 500 || failure.status < 300
        ? 'GitHub may be in trouble, or a proxy before it: see https://www.githubstatus.com, and run the job again later.'
        : SUPPORT_HELP
  }
}

const SUPPORT_HELP = 'Run the job again; if it comes again, ask GitHub Support with the request id.'

function noAnswerHelp(failure: GitHubFailure): string {
  if (failure.cause instanceof ActionError) {
    return 'The repository may have moved to another server, or a proxy is in front of it: ask who runs this GitHub for the right address.'
  }
  if (failure.isFinal) {
    return 'The inputs "token" and "fallback-token" of this stage came back empty, as they may in composite actions: use the action in the job itself.'
  }
  if (failure.cause instanceof ConnectionError && failure.cause.proxy) {
    return `The variable ${failure.cause.proxy.variable} names this proxy. Correct it, or list the host in "no_proxy".`
  }
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(failure.code)) {
    return 'Set NODE_EXTRA_CA_CERTS on the runner to the file with the certificate authority of the server or proxy.'
  }
  return 'See https://www.githubstatus.com, and whether this runner can reach the API.'
}

const ENVIRONMENT_HELP =
  'Deleting an environment needs Administration: write, which GITHUB_TOKEN never has. Give "token" the token of an App or a person who administers the repository.'

function permissionHelp(failure: GitHubFailure): string {
  const needed = failure.acceptedPermissions.replaceAll('=', ': ')
  if (/^(actions|contents): (read|write)$/.test(needed)) {
    return `Add this to the job:\n${PERMISSIONS}\n  ${needed}`
  }
  if (failure.message.includes('personal access token')) {
    return `Give the token the permission ${needed || 'deployments: write'} on this repository (a classic one: the scope "repo_deployment").`
  }
  const named = needed === '' ? '' : `The token needs ${needed}. `
  return `${named}Add this to the job:\n${PERMISSIONS}\nA called workflow can have no more than its caller grants, and an App's token no more than its installation.`
}

function isAboutChecks(failure: GitHubFailure): boolean {
  const errors = get(failure.data, 'errors')
  const hasContexts = Array.isArray(errors) && errors.some(error => Array.isArray(get(error, 'contexts')))
  return hasContexts || failure.message.includes('status checks')
}

function conflictHelp(failure: GitHubFailure): string {
  if (isAboutChecks(failure)) {
    return 'The "required-contexts" are not green. Wait for them, or leave that input out.'
  }
  return 'The default branch could not be merged into the ref. Merge it by hand, or leave "auto-merge" out.'
}
