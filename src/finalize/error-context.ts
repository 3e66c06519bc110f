import { isFinal } from '../deployment/deployment.ts'
import type { OnFailure } from '../github/error-messages.ts'

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
    const is = isNotDone ? 'is' : 'may be'
    const how = state === 'none' ? 'open' : `"${state}"`
    const help = remedy === '' ? '' : `; ${isFinal(state) ? 'run the job again' : remedy}`
    return `Deployment ${id} of "${environment}" ${is} still ${how}${help}.`
  }

export const describeNotDeleted =
  (what: string): OnFailure =>
  isNotDone =>
    `${what} ${isNotDone ? 'is' : 'may be'} still there.`

export const POST_REMEDY = 'the post step finishes it'

/** For a deployment that no later step of this job finishes. */
export const manualRemedy = (id: number): string =>
  `finish it with \`mode: finish\`, \`deployment-id: ${id}\`, and \`state\``
