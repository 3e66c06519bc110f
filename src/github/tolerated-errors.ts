import { ActionError, InputError, RequestError } from '../lib/errors.ts'
import { isRestrictedRun, type RunContext } from '../runner/context.ts'
import { classify } from './classify-failure.ts'
import { GitHubFailure, NO_TOKEN } from './failure.ts'

/** The failed request behind an error, if there is one. */
export const failureOf = (error: unknown): GitHubFailure | undefined => {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof GitHubFailure ? cause : undefined
}

/**
 * Whether a request failed because the run has a read-only token, or an empty secret instead of a token. Some forks get
 * a token that can write, so it is tried.
 */
export const isReadOnlyToken = (error: unknown, run: RunContext): boolean => {
  const failure = failureOf(error)
  if (!failure || !isRestrictedRun(run)) return false
  const message = failure.message.toLowerCase()
  const isRefused = failure.status === 403 && message.includes('not accessible by integration')
  return isRefused || failure.message === NO_TOKEN
}

/** Whether GitHub has certainly done nothing: it refused the request, or the request never arrived. */
export const isCertainlyNotDone = (error: unknown): boolean => {
  const failure = failureOf(error)
  if (!failure) return error instanceof ActionError
  return classify(failure, 0).kind !== 'unknown'
}

/**
 * What to log as a warning instead of an error that must not fail the step: that of a read-only token, and with
 * `fail-on-error: false` any problem with GitHub. `undefined`: the error fails the step.
 */
export function tolerated(error: unknown, run: RunContext, failOnError: boolean): ActionError | undefined {
  if (isReadOnlyToken(error, run)) {
    // The token can lack a permission that no token of a workflow has, or that the job does not ask for.
    const accepted = failureOf(error)?.acceptedPermissions ?? ''
    if (accepted !== '' && !accepted.includes('deployments=') && error instanceof ActionError) return error
    const trigger = run.actor === 'dependabot[bot]' ? 'Dependabot' : 'a pull request from a fork'
    const reason =
      failureOf(error)?.message === NO_TOKEN ? 'it gets no secrets and `token` is empty' : 'its token is read-only'
    const isCreate = error instanceof RequestError && error.parts.failed.startsWith('Could not create')
    const exists = isCreate ? 'No deployment was recorded, and `deployment-id` is empty.' : 'Nothing was changed.'
    return new ActionError(`This run was triggered by ${trigger}, so ${reason}. ${exists}`, { section: 'readOnly' })
  }
  if (failOnError || !(error instanceof ActionError) || error instanceof InputError) return undefined
  return error
}
