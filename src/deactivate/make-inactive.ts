import { type DeactivationTarget, inactiveStatus, isLive } from '../deployment/deployment.ts'
import { describeNotDeleted, describeOpen } from '../finalize/error-context.ts'
import type { Written } from '../github/batch.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import { ActionError } from '../lib/errors.ts'
import { countOf, description } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import { createProgress, logGrouped } from '../report/progress.ts'
import { logUrl } from '../runner/context.ts'
import type { Selection } from './selection.ts'

// For more deployments the log has progress lines instead of one line each.
const MAX_LINES = 50

/** A deployment before and after. */
export interface ChangedDeployment {
  readonly id: number
  readonly environment: string
  readonly task: string
  readonly before: string
  readonly state: string
  readonly isDeleted: boolean
}

/** What `deactivate` has changed so far. In a dry run `done` is what it would change, and the counts are 0. */
export interface Work {
  readonly deps: Deps
  readonly selection: Selection
  /** By id, in the order of the changes. */
  readonly done: Map<number, ChangedDeployment>
  readonly failures: Error[]
  readonly deletedEnvironments: string[]
  deactivated: number
  deleted: number
}

export const openWork = (deps: Deps, selection: Selection): Work => ({
  deps,
  selection,
  done: new Map(),
  failures: [],
  deletedEnvironments: [],
  deactivated: 0,
  deleted: 0
})

/** Marks the live ones among the deployments inactive. */
export async function makeInactive(work: Work, listed: readonly DeactivationTarget[]): Promise<void> {
  const { run, inputs } = work.selection
  const live = listed.filter(one => isLive(one.state))
  if (inputs.delete !== 'none') {
    for (const one of listed) if (!isLive(one.state)) recordChange(work, one, one.state)
  }
  const text = description('Deactivated', inputs.description)
  const page = inputs.logUrl || logUrl(run, inputs.checkRunId)
  const writing = work.deps.deployments.setStatuses(live, one => inactiveStatus(one, text, page), describeOpen)
  await recordAll(work, live.length, writing, {
    did: 'Made',
    would: 'make',
    suffix: ' inactive',
    done: one => {
      if (!inputs.dryRun) work.deactivated += 1
      recordChange(work, one, 'inactive')
    }
  })
}

/** Deletes deployments, which must be inactive. */
export async function deleteDeployments(work: Work, listed: readonly DeactivationTarget[]): Promise<void> {
  const writing = work.deps.deployments.removeAll(listed, one =>
    describeNotDeleted(`Deployment ${one.id} of "${one.environment}"`)
  )
  await recordAll(work, listed.length, writing, {
    did: 'Deleted',
    would: 'delete',
    suffix: '',
    done: one => {
      if (!work.selection.inputs.dryRun) work.deleted += 1
      const known = work.done.get(one.id)
      if (known) work.done.set(one.id, { ...known, isDeleted: true })
    }
  })
}

interface BulkOperation {
  readonly did: string
  readonly would: string
  readonly suffix: string
  readonly done: (one: DeactivationTarget) => void
}

const recordAll = (
  work: Work,
  total: number,
  writing: AsyncIterable<readonly Written<DeactivationTarget>[]>,
  step: BulkOperation
): Promise<void> =>
  logGrouped(work.deps, total, `Deployments to ${step.would}${step.suffix}: ${total}`, () =>
    recordEach(work, total, writing, step)
  )

/** Records the results of many writes. Continues after a failure, except for 401 and 403, which all writes share. */
async function recordEach(
  work: Work,
  total: number,
  writing: AsyncIterable<readonly Written<DeactivationTarget>[]>,
  { did, suffix, done }: BulkOperation
): Promise<void> {
  const isLong = total > MAX_LINES
  const logProgress = createProgress(work.deps, (now, all) => `${did} ${now} of ${all} deployments${suffix}`)
  let count = 0
  for await (const written of writing) {
    for (const { item: one, error, isGone } of written) {
      const status = failureOf(error)?.status ?? 0
      if (error && (status === 401 || status === 403)) throw error
      // A deployment that was deleted in the meantime needs no change.
      if (error && !isGone) work.failures.push(error)
      if (error) continue
      done(one)
      count += 1
      if (!isLong) logChange(work, `${did} deployment ${one.id} of ${one.environment}${suffix}`)
    }
    logProgress(count, total)
  }
}

/** Logs a change. In a dry run the requests themselves are in the log. */
function logChange({ deps, selection }: Work, text: string): void {
  if (!selection.inputs.dryRun) deps.log.info(text)
}

const recordChange = (work: Work, one: DeactivationTarget, state: string) =>
  work.done.set(one.id, {
    id: one.id,
    environment: one.environment,
    task: one.task,
    before: one.state,
    state,
    isDeleted: false
  })

/** Deletes an environment unless it has other deployments. A failure is recorded and reported at the end. */
export async function deleteEnvironment(work: Work, name: string, others: number): Promise<void> {
  const { deployments, log } = work.deps
  if (work.failures.length > 0) return
  if (others > 0) {
    log.warning(
      `The environment "${name}" was not deleted: it still has ${countOf(others, 'deployment')} that the inputs do not select.`
    )
    return
  }
  try {
    await deployments.removeEnvironment(name, describeNotDeleted(`The environment "${name}"`))
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    work.failures.push(error)
    return
  }
  work.deletedEnvironments.push(name)
  logChange(work, `Deleted the environment ${name}`)
}
