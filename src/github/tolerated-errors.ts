import { ActionError, InputError, messageOf } from '../lib/errors.ts'
import { isRestrictedRun, type RunContext } from '../runner/context.ts'
import { classify } from './classify-failure.ts'
import { GitHubFailure } from './failure.ts'

/** The failure of a request behind an error, where there is one. */
export const failureOf = (error: unknown): GitHubFailure | undefined => {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof GitHubFailure ? cause : undefined
}

/** GitHub's answer to a token that may only read. Found by trying: some forks are given more. */
export const isReadOnlyToken = (error: unknown, run: RunContext): boolean => {
  const failure = failureOf(error)
  const said = failure?.message.toLowerCase() ?? ''
  return (
    failure?.status === 403 &&
    said.includes('not accessible by integration') &&
    isRestrictedRun(run)
  )
}

/** Whether GitHub has surely done nothing: it said no, or was never reached. */
export const isCertainlyNotDone = (error: unknown): boolean => {
  const failure = failureOf(error)
  if (!failure) return error instanceof ActionError
  return classify(failure, 0).kind !== 'ambiguous'
}

/**
 * The warning that an error becomes where it must not fail the step: a read-only token, which nobody can
 * change, and with `fail-on-error: false` every problem with GitHub. `undefined`: the error stands.
 */
export function tolerated(
  error: unknown,
  run: RunContext,
  failOnError: boolean
): string | undefined {
  if (isReadOnlyToken(error, run)) {
    const who = run.actor === 'dependabot[bot]' ? 'Dependabot' : "a fork's pull request"
    return `This run is of ${who} and its token may only read, so no deployment is reported. The deploy itself is not affected.`
  }
  if (failOnError || !(error instanceof ActionError) || error instanceof InputError)
    return undefined
  return messageOf(error)
}
