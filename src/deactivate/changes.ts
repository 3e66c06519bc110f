import { type DeactivationTarget, inactiveStatus, isLive } from '../deployment/deployment.ts'
import { describeNotDeleted, describeOpen } from '../finalize/error-context.ts'
import type { Written } from '../github/batch.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { ActionError, RequestError } from '../lib/errors.ts'
import { countOf, description } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import type { ChangedDeployment } from '../report/summary.ts'
import { logUrl } from '../runner/context.ts'

// For more deployments the log has progress lines instead of one line each.
const MAX_LINES = 50
const PROGRESS_INTERVAL_MS = 5_000

/** What `deactivate` has changed so far; in a dry run, what it would change. */
export interface Work {
  readonly deps: Deps
  readonly inputs: DeactivateInputs
  /** By id, in the order of the changes. */
  readonly done: Map<number, ChangedDeployment>
  readonly failures: Error[]
  readonly deletedEnvironments: string[]
}

/** Marks the live ones among the deployments inactive. */
export async function makeInactive(work: Work, listed: readonly DeactivationTarget[]): Promise<void> {
  const { deps, inputs } = work
  const live = listed.filter(one => isLive(one.state))
  if (inputs.delete !== 'none') {
    for (const one of listed) if (!isLive(one.state)) recordChange(work, one, one.state)
  }
  const text = description('Deactivated', inputs.description)
  const page = inputs.logUrl || logUrl(deps.run, inputs.checkRunId)
  const writing = deps.deployments.setStatuses(live, one => inactiveStatus(one, text, page), describeOpen)
  for await (const one of written(work, writing, live.length, what => `Made ${what} inactive`)) {
    recordChange(work, one, 'inactive')
  }
}

/** Deletes deployments, which must be inactive. */
export async function deleteDeployments(work: Work, listed: readonly DeactivationTarget[]): Promise<void> {
  const writing = work.deps.deployments.removeAll(listed, one =>
    describeNotDeleted(`Deployment ${one.id} of "${one.environment}"`)
  )
  for await (const { id } of written(work, writing, listed.length, what => `Deleted ${what}`)) {
    const known = work.done.get(id)
    if (known) work.done.set(id, { ...known, isDeleted: true })
  }
}

/** Deletes an environment unless it has other deployments. A failure is recorded and reported at the end. */
export async function deleteEnvironment(work: Work, name: string, others: number): Promise<void> {
  const { deployments, log } = work.deps
  if (work.failures.length > 0) return
  if (others > 0) {
    log.warning(
      `The environment "${name}" was not deleted: it still has ${countOf(others, 'deployment')} that the inputs do not select.`,
      'deleteEnvironment'
    )
    return
  }
  try {
    const isDeleted = await deployments.removeEnvironment(name, describeNotDeleted(`The environment "${name}"`))
    if (!isDeleted) return log.info(`The environment ${name} does not exist, or the token cannot see it.`)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    work.failures.push(error)
    return
  }
  work.deletedEnvironments.push(name)
  if (!work.inputs.dryRun) log.info(`Deleted the environment ${name}`)
}

/**
 * Logs the results of many writes and yields the successful ones. Continues after a failure, except for 401 and 403,
 * which all writes share. In a dry run, the requests themselves are in the log.
 */
async function* written(
  { deps, inputs, failures }: Work,
  writing: AsyncIterable<readonly Written<DeactivationTarget>[]>,
  total: number,
  sentence: (what: string) => string
): AsyncGenerator<DeactivationTarget> {
  const logProgress = createProgress(deps, (count, all) => sentence(`${count} of ${all} deployments`))
  let count = 0
  for await (const results of writing) {
    for (const { item, error } of results) {
      const status = failureOf(error)?.status ?? 0
      if (error && [401, 403].includes(status)) throw error
      // A deployment that was deleted in the meantime needs no change. A token that cannot write can get a 404 too.
      if (error && status !== 404) failures.push(error)
      else if (error && !(await deps.deployments.isGone(item.id))) failures.push(stillThere(error, item))
      if (error) continue
      count += 1
      if (total <= MAX_LINES && !inputs.dryRun) {
        deps.log.info(sentence(`deployment ${item.id} of ${item.environment}`))
      }
      yield item
    }
    logProgress(count, total)
  }
}

/** The error of a 404 for a deployment that the token can read. */
const stillThere = (error: ActionError, { id, environment, state }: DeactivationTarget): ActionError =>
  error instanceof RequestError
    ? new RequestError(
        { ...error.parts, exists: `Deployment ${id} of "${environment}" is still "${state}".` },
        error.cause
      )
    : error

const recordChange = ({ done }: Work, { id, environment, task, state: before }: DeactivationTarget, state: string) =>
  done.set(id, { id, environment, task, before, state, isDeleted: false })

const formatCount = (count: number): string => count.toLocaleString('en-US')

/** Logs the progress of long work: one line every 5 seconds. */
export function createProgress(
  { log, clock }: Pick<Deps, 'log' | 'clock'>,
  sentence: (count: string, total: string) => string
): (count: number, total?: number) => void {
  let last = clock.now()
  return (count, total = 0) => {
    if (clock.now() - last < PROGRESS_INTERVAL_MS || count === total) return
    last = clock.now()
    log.info(sentence(formatCount(count), formatCount(total)))
  }
}
