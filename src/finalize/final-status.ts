import type { AutoInactive } from '../deployment/deployment.ts'
import { isFinal, type State, type Status } from '../deployment/deployment.ts'
import type { Verdict } from '../deployment/outcome.ts'
import type { Deployments } from '../github/deployments.ts'
import { description } from '../lib/text.ts'
import type { Log } from '../runner/step.ts'
import type { Target } from './target.ts'

export interface Closing {
  readonly target: Target
  readonly verdict: Verdict
  readonly description: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly autoInactive: AutoInactive
}

export interface Closed {
  readonly target: Target
  readonly state: State
  readonly statusId: number
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
  /** How many earlier deployments were made inactive, beyond what GitHub does by itself. */
  readonly retired: number
}

/** What giving a deployment its final state needs. */
export interface CloseTools {
  readonly deployments: Deployments
  readonly log: Log
}

/** Posts what came of a deployment. */
export async function post(tools: CloseTools, closing: Closing, verdict: Verdict): Promise<Closed> {
  const text = description(verdict.happened, closing.description)
  const status = await postAs(tools, closing, verdict.state, text)
  return closed(closing, verdict.state, status.id, text, 0)
}

/** Posts one state; `newerThan` is our last status before it, which could look the same. */
export const postAs = (
  { deployments }: CloseTools,
  closing: Closing,
  state: State,
  text: string,
  newerThan = closing.target.begun?.statusId
): Promise<Status> =>
  deployments.setStatus(
    closing.target.id,
    {
      state,
      description: text,
      logUrl: closing.logUrl,
      environmentUrl: closing.environmentUrl,
      environment: '',
      autoInactive: state === 'success' && ['true', 'all'].includes(closing.autoInactive)
    },
    newerThan
  )

export const closed = (
  closing: Closing,
  state: State,
  statusId: number,
  text: string,
  retired: number
): Closed => ({
  target: closing.target,
  state,
  statusId,
  environmentUrl: closing.environmentUrl,
  logUrl: closing.logUrl,
  description: text,
  retired
})

/** One line for the log: what GitHub shows now. */
export function closedLine({
  target,
  state,
  environmentUrl,
  retired,
  description: text
}: Closed): string {
  const url = environmentUrl === '' ? '' : `, ${environmentUrl}`
  const why = state === 'success' || text === '' ? '' : ` (${text})`
  const others = retired === 0 ? '' : `; ${retired} earlier made inactive`
  const verb = isFinal(state) ? 'Finished' : 'Updated'
  return `${verb}: ${state}${why}, deployment ${target.id} of ${target.environment}${url}${others}`
}
