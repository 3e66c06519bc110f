import type { AutoInactive, State, Status } from '../deployment/deployment.ts'
import type { Outcome } from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { Deployments } from '../github/deployments.ts'
import type { OnFailure } from '../github/error-messages.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import { description } from '../lib/text.ts'
import type { RunContext } from '../runner/context.ts'
import type { Log } from '../runner/step.ts'
import type { Target } from './target.ts'

export interface FinalizeRequest {
  readonly target: Target
  readonly outcome: Outcome
  readonly description: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly autoInactive: AutoInactive
  /** What an error says about the deployment if a request fails. */
  readonly onFailure: OnFailure
}

export interface FinalizeResult {
  readonly target: Target
  readonly state: State
  readonly statusId: number
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
  /** The description without the result that it starts with. */
  readonly userDescription: string
  /** How many earlier deployments were made inactive, beyond what GitHub does by itself. */
  readonly deactivated: number
}

/** What giving a deployment its final state needs. */
export interface FinalizeDeps {
  readonly run: RunContext
  readonly deployments: Deployments
  readonly log: Log
  readonly clock: Clock
}

/** Posts the outcome of a deployment. */
export async function postOutcome(
  deps: FinalizeDeps,
  request: FinalizeRequest,
  outcome: Outcome
): Promise<FinalizeResult> {
  const text = description(outcome.reason, request.description)
  const status = await postState(deps, request, outcome.state, text)
  return toFinalizeResult(request, outcome.state, status.id, text, 0)
}

/** The newest status that this job knows. */
export const newestOf = (record: StartRecord | undefined): number =>
  Math.max(record?.statusId ?? 0, record?.finalStatusId ?? 0)

/** Posts one state. `newerThan` is this action's last status before it, which can look the same. */
export const postState = (
  { deployments }: FinalizeDeps,
  request: FinalizeRequest,
  state: State,
  text: string,
  newerThan = newestOf(request.target.record)
): Promise<Status> =>
  deployments.setStatus(
    request.target.id,
    {
      state,
      description: text,
      logUrl: request.logUrl,
      environmentUrl: request.environmentUrl,
      autoInactive: state === 'success' && ['true', 'all'].includes(request.autoInactive)
    },
    { newerThan, onFailure: request.onFailure }
  )

export const toFinalizeResult = (
  request: FinalizeRequest,
  state: State,
  statusId: number,
  text: string,
  deactivated: number
): FinalizeResult => ({
  target: request.target,
  state,
  statusId,
  environmentUrl: request.environmentUrl,
  logUrl: request.logUrl,
  description: text,
  userDescription: request.description,
  deactivated
})

/** The last line of a dry run. */
export const NOTHING_SENT = 'Dry run: nothing was sent.'

// The final state waits no longer for reads, all of them together.
const LOOK_UPS_MS = 15_000

/** Reads that may fail or time out without consequences for the final state. */
export interface LookUps {
  /** What is not known because its read failed. */
  readonly failed: { readonly question: string; readonly error: ActionError }[]
  /**
   * The result of a read that ends by `until` (milliseconds since 1970); `undefined` if it failed. `question` completes
   * "It is not known whether …".
   */
  ask<T>(question: string, read: (until: number) => Promise<T>): Promise<T | undefined>
}

/** For the reads before a final state. */
export const lookUpsBefore = (clock: Clock): LookUps => openLookUps(clock.now() + LOOK_UPS_MS)

/** For the reads after a final state, which nothing waits for: each has the time of any operation. */
export const lookUpsAfter = (): LookUps => openLookUps(Infinity)

function openLookUps(until: number): LookUps {
  const failed: LookUps['failed'] = []
  return {
    failed,
    async ask(question, read) {
      try {
        return await read(until)
      } catch (error) {
        if (!(error instanceof ActionError)) throw error
        failed.push({ question, error })
        return undefined
      }
    }
  }
}
