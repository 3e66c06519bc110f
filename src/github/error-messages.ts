import { ActionError, RequestError, type Section } from '../lib/errors.ts'
import { get, getText } from '../lib/json.ts'
import { classify } from './classify-failure.ts'
import { ConnectionError } from './connection.ts'
import type { GitHubFailure } from './failure.ts'

/**
 * What a failed request leaves on GitHub: a sentence, or a function that is given whether GitHub has
 * certainly not done the request, and whether GitHub answered 404.
 */
export type OnFailure = string | ((isNotDone: boolean, isMissing: boolean) => string)

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
  const exists = typeof onFailure === 'string' ? onFailure : onFailure(isNotDone, failure.status === 404)
  return new RequestError({ failed, exists, ...adviseOn(failure, operation) }, failure)
}

/** Only GitHub's own text is quoted. */
function describeAnswer(failure: GitHubFailure): string {
  if (failure.status === 0) return failure.message
  const isQuoted = failure.isFinal || getText(failure.data, 'message') !== ''
  const words = isQuoted ? `"${failure.message}"` : `with ${failure.message}`
  return `GitHub answered ${failure.status} ${words}`
}

/** The `permissions:` of a job, with these besides the usual ones. */
export function permissionsBlock(more: Readonly<Record<string, string>> = {}): string {
  const all = { contents: 'read', deployments: 'write', ...more }
  return ['permissions:', ...Object.entries(all).map(([name, access]) => `  ${name}: ${access}`)].join('\n')
}

/** The next step for a failed request, and the section of the troubleshooting page about it. */
interface Advice {
  readonly section: Section
  readonly next: string
}

function adviseOn(failure: GitHubFailure, operation: string): Advice {
  const { status } = failure
  const text = failure.message.toLowerCase()
  const { kind } = classify(failure, 0)
  const isOutage = kind === 'unknown'
  if (status === 0) {
    const section = failure.isFinal ? 'token' : isOutage ? 'outage' : 'connection'
    return { section, next: noAnswerHelp(failure) }
  }
  if (kind === 'retryable') {
    const next = 'Run the job again later, or set `timeout` to more seconds than GitHub asks to wait.'
    return { section: 'rateLimit', next }
  }
  switch (status) {
    case 200:
      // A GraphQL error.
      if (text.includes('resource not accessible')) return { section: 'permissions', next: permissionHelp(failure) }
      return { section: isOutage ? 'outage' : 'unexpected', next: SUPPORT_HELP }
    case 202:
      return {
        section: 'autoMerge',
        next: 'GitHub merged the default branch into the ref instead of creating a deployment. Run the workflow again for this branch, or remove `auto-merge`.'
      }
    case 401:
      return {
        section: 'token',
        next: 'The token is invalid, expired, or revoked. To use GITHUB_TOKEN, remove `token`.'
      }
    case 403:
      if (operation.startsWith('delete the environment'))
        return { section: 'deleteEnvironment', next: ENVIRONMENT_HELP }
      return { section: 'permissions', next: permissionHelp(failure) }
    case 404:
      return {
        section: 'notFound',
        next: 'The repository or the deployment does not exist, or the token cannot see it. Check `repository` and `deployment-id`. The token needs `deployments: write` for the repository.'
      }
    case 409:
      return isAboutChecks(failure)
        ? {
            section: 'checks',
            next: 'Checks in `required-contexts` are not successful. Wait for them, or remove the input.'
          }
        : {
            section: 'autoMerge',
            next: 'GitHub could not merge the default branch into the ref. Merge it yourself, or remove `auto-merge`.'
          }
    case 422:
      return text.includes('no ref found')
        ? {
            section: 'ref',
            next: 'Push the ref first, or set `ref` to one that exists in this repository. The SHA of a commit works for forks too.'
          }
        : {
            section: 'rejected',
            next: 'GitHub does not accept a value. Correct the one that its message names, and run the job again.'
          }
    default: {
      const isServer = status >= 500 || status < 300
      const check = 'Check https://www.githubstatus.com and the proxy, if there is one. Run the job again later.'
      return { section: isOutage ? 'outage' : 'unexpected', next: isServer ? check : SUPPORT_HELP }
    }
  }
}

const SUPPORT_HELP = 'Run the job again. If this happens again, contact GitHub Support with the request id.'

function noAnswerHelp(failure: GitHubFailure): string {
  if (failure.cause instanceof ActionError) {
    return 'The repository may have moved to another server, or a proxy answered instead of GitHub. Check the address of the server.'
  }
  if (failure.isFinal) {
    return 'The inputs `token` and `fallback-token` are empty in this step. In a composite action inside a composite action, use this action in the outer one or in the job.'
  }
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(failure.code)) {
    return 'Set NODE_EXTRA_CA_CERTS on the runner to the file with the certificate authority of the server or proxy.'
  }
  if (failure.cause instanceof ConnectionError && failure.cause.proxy) {
    return `The variable ${failure.cause.proxy.variable} names this proxy. Correct it, or list the host in "no_proxy".`
  }
  return 'Check https://www.githubstatus.com, and whether this runner can reach the API.'
}

const ENVIRONMENT_HELP =
  'Deleting an environment needs the permission "Administration: write", which GITHUB_TOKEN cannot have. Set `token` to the token of a GitHub App or a person that has it.'

// Of the permissions that the endpoints need, those that `permissions:` can grant.
const GRANTABLE = /^(actions|contents|deployments)=(read|write)$/

function permissionHelp(failure: GitHubFailure): string {
  if (!/not accessible/i.test(failure.message)) {
    return 'GitHub names the reason in its message. It can be a setting of the repository or the organization.'
  }
  // Alternatives are separated by semicolons (rest/using-the-rest-api/troubleshooting-the-rest-api).
  const [needed = ''] = failure.acceptedPermissions.split(';')
  const named = needed.replaceAll('=', ': ').trim()
  if (failure.message.includes('personal access token')) {
    return `Give the token the permission ${named || 'deployments: write'} for this repository. A classic token needs the scope \`repo_deployment\`.`
  }
  const parts = needed.split(',').map(part => GRANTABLE.exec(part.trim()))
  const more = parts.flatMap(part => (part?.[1] && part[2] ? [[part[1], part[2]]] : []))
  const missing = named === '' ? '' : `The token needs ${named}. `
  return `${missing}Set these permissions for the job:\n${permissionsBlock(Object.fromEntries(more))}\nA called workflow can have no more permissions than its caller, and the token of a GitHub App no more than its installation.`
}

function isAboutChecks(failure: GitHubFailure): boolean {
  const errors = get(failure.data, 'errors')
  const hasContexts = Array.isArray(errors) && errors.some(error => Array.isArray(get(error, 'contexts')))
  return hasContexts || failure.message.includes('status checks')
}
