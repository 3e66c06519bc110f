import { isFinal } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { Deployments } from '../github/deployments.ts'
import type { OnFailure } from '../github/error-messages.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import { ActionError } from '../lib/errors.ts'

/** The sentences of an error about what exists on GitHub, and about how it gets its final state. */

export const NOTHING_CHANGED = 'Nothing was changed.'

/** `mayHaveDuplicate`: the create was sent before, and its result is not known. */
export const afterCreate =
  (mayHaveDuplicate: () => boolean): OnFailure =>
  isNotDone =>
    isNotDone && !mayHaveDuplicate()
      ? 'No deployment was created.'
      : 'It is not known whether a deployment was created; the post step looks for it and finishes it.'

/** `state` is the last one that was read, or `none`. */
interface OpenDeployment {
  readonly id: number
  readonly environment: string
  readonly state: string
}

/** For a deployment that did not get its new state. `remedy`: how it can still get it. */
export const describeOpen =
  ({ id, environment, state }: OpenDeployment, remedy = ''): OnFailure =>
  (isNotDone, isMissing) => {
    if (isMissing) return `Deployment ${id} of "${environment}" was deleted, or the token cannot see it.`
    const is = isNotDone ? 'is still' : 'may still be'
    const how = state === 'none' ? 'open' : `"${state}"`
    const help = remedy === '' ? '' : `; ${isFinal(state) ? 'run the job again' : remedy}`
    return `Deployment ${id} of "${environment}" ${is} ${how}${help}.`
  }

export const describeNotDeleted =
  (what: string): OnFailure =>
  isNotDone =>
    `${what} ${isNotDone ? 'still exists' : 'may still exist'}.`

export const POST_REMEDY = 'the post step finishes it'

/** For a deployment that no later step of this job finishes. */
export const manualRemedy = (id: number): string =>
  `finish it with \`mode: finish\`, \`deployment-id: ${id}\`, and \`state\``

/**
 * Whether a request failed because the deployment that this job created was deleted. A token without access gets a
 * 404 too, so the deployments of the environment must be readable with the same token.
 */
export async function isDeleted(
  { deployments }: { readonly deployments: Deployments },
  { id, environment, isReused }: StartRecord,
  error: unknown
): Promise<boolean> {
  if (isReused || failureOf(error)?.status !== 404) return false
  try {
    const newest = await deployments.newest(environment)
    return newest.every(one => one.id !== id)
  } catch (listError) {
    if (listError instanceof ActionError) return false
    throw listError
  }
}

export const describeDeleted = ({ id, environment }: StartRecord): string =>
  `Deployment ${id} of "${environment}" was deleted while the job ran, so it gets no final state.`
