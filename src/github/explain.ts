import { ActionError } from '../errors.ts'
import { at } from '../parse.ts'
import type { GitHubFailure } from './failure.ts'

/**
 * A failure as a person needs it: what was to be done and where, GitHub's status, words and request id,
 * and the next step. The failure stays as the cause.
 */
export function explain(failure: GitHubFailure, doing: string, repository: string): ActionError {
  if (failure.cause instanceof ActionError) return failure.cause
  const answer = failure.status > 0 ? `GitHub answered ${failure.status}` : 'GitHub gave'
  const words = failure.status > 0 ? `"${failure.message}"` : failure.message
  const request = failure.requestId === '' ? '' : ` (request id ${failure.requestId})`
  const next = [failure.advice, nextStep(failure, doing)].filter(part => part).join('\n')
  const message = `Could not ${doing} in ${repository}: ${answer} ${words}${request}.`
  return new ActionError(next === '' ? message : `${message}\n${next}`, { cause: failure })
}

const PERMISSIONS = 'permissions:\n  contents: read\n  deployments: write'

function nextStep(failure: GitHubFailure, doing: string): string {
  const text = failure.message.toLowerCase()
  const isLimit = text.includes('rate limit') || text.includes('abuse detection')
  switch (failure.status) {
    case 0:
      return 'See https://www.githubstatus.com, and whether this runner can reach the API.'
    case 202:
      return 'GitHub merged the default branch into the ref instead of deploying, so there is no deployment. The push of that merge starts the workflow again where it listens to it; or leave "auto-merge" out.'
    case 401:
      return 'The token is wrong, expired or revoked. Leave "token" out to use the workflow\'s own.'
    case 403:
    case 429:
      if (isLimit) return 'GitHub limits this token for now. Run the job again later.'
      if (doing.startsWith('delete the environment')) return ENVIRONMENT_HELP
      return permissionHelp(failure)
    case 404:
      return 'The repository or the deployment does not exist, or the token may not see it: give the token of this repository, with "deployments: write".'
    case 409:
      return conflictHelp(failure)
    case 422:
      if (text.includes('no ref found'))
        return 'Push it first, or give a "ref" that exists in this repository (a SHA works for forks too).'
      return ''
    default:
      return failure.status >= 500
        ? 'GitHub may be in trouble: see https://www.githubstatus.com.'
        : ''
  }
}

const ENVIRONMENT_HELP =
  'Deleting an environment needs Administration: write, which GITHUB_TOKEN never has. Give "token" the token of an App or a person who administers the repository.'

function permissionHelp(failure: GitHubFailure): string {
  const needed = failure.acceptedPermissions.replaceAll('=', ': ')
  if (/^(actions|contents): (read|write)$/.test(needed)) {
    return `Add this to the job:\n${PERMISSIONS}\n  ${needed}`
  }
  const named = needed === '' ? '' : `The token needs ${needed}. `
  return `${named}Add this to the job:\n${PERMISSIONS}\nA called workflow can have no more than its caller grants.`
}

function conflictHelp(failure: GitHubFailure): string {
  const errors = at(failure.data, 'errors')
  const hasContexts =
    Array.isArray(errors) && errors.some(error => Array.isArray(at(error, 'contexts')))
  if (hasContexts || failure.message.includes('status checks')) {
    return 'No deployment was made, because "required-contexts" are not green. Wait for them, or leave that input out.'
  }
  return 'No deployment was made, because the default branch could not be merged into the ref. Merge it by hand, or leave "auto-merge" out.'
}
