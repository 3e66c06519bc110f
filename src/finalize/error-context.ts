import { isFinal } from '../deployment/deployment.ts'
import { isCertainlyNotDone } from '../github/tolerated-errors.ts'
import type { RequestError } from '../lib/errors.ts'

/** What exists where a request failed: the sentence of each error that says so, and who sees to it. */

export const NOTHING_CHANGED = 'Nothing was changed.'

/** `isDoubtful`: the create had been sent before, and nobody knows what became of it. */
export const afterCreate =
  (mayHaveDuplicate: () => boolean) =>
  (error: RequestError): string =>
    isCertainlyNotDone(error) && !mayHaveDuplicate()
      ? 'No deployment was made.'
      : 'It is not known whether a deployment was made; the post step looks for it and closes it.'

/** A deployment as a sentence needs it; `state` is what it was last seen in, `none` where nobody looked. */
interface OpenDeployment {
  readonly id: number
  readonly environment: string
  readonly state: string
}

/** A deployment that did not get the state it should have, with what sees to it now. */
export const describeOpen =
  ({ id, environment, state }: OpenDeployment, remedy = '') =>
  (error: RequestError): string => {
    const is = isCertainlyNotDone(error) ? 'is' : 'may be'
    const how = state === 'none' ? 'open' : `"${state}"`
    const help = remedy === '' ? '' : `; ${isFinal(state) ? 'run the job again' : remedy}`
    return `Deployment ${id} of "${environment}" ${is} still ${how}${help}.`
  }

/** Something that was to be deleted. */
export const describeNotDeleted =
  (what: string) =>
  (error: RequestError): string =>
    `${what} ${isCertainlyNotDone(error) ? 'is' : 'may be'} still there.`

export const POST_REMEDY = 'the post step closes it'

/** For a deployment that nothing in this job is going to close any more. */
export const manualRemedy = (id: number): string =>
  `close it with "mode: finish", "deployment-id: ${id}" and the "state" that it came to`
