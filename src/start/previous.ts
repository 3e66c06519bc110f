import { type ListedDeployment, sameName } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { StartInputs } from '../inputs/types.ts'
import { ActionError, messageOf, reasonOf } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'
import { compareUrl, idText } from '../report/outputs.ts'
import { parseLogUrl, type RunContext } from '../runner/context.ts'

/** The newest deployments of an environment, or why they could not be read. */
export type History = readonly ListedDeployment[] | ActionError

const MAX_WAIT_MS = 2_000

/** The history if it is read within two seconds. */
export const soon = (deps: Deps, reading: Promise<History>): Promise<History> => {
  const late = new ActionError('GitHub did not answer in time.', { section: 'previous' })
  return new Promise(resolve => {
    const cancel = deps.clock.after(MAX_WAIT_MS, () => resolve(late))
    void reading.then(resolve).finally(cancel)
  })
}

/** Reads the newest deployments of an environment. A failure is a value: the deploy does not depend on them. */
export const readHistory = (deps: Deps, environment: string): Promise<History> =>
  deps.deployments
    .newest(environment)
    .catch((error: unknown) =>
      error instanceof ActionError ? error : new ActionError(messageOf(error), { section: 'internal' })
    )

/** Publishes what was active before, as outputs and for the record. */
export function publishPrevious(
  deps: Deps,
  inputs: StartInputs,
  record: StartRecord,
  history: History
): Pick<StartRecord, 'previousId' | 'previousSha' | 'newestKnownId'> {
  if (history instanceof ActionError) {
    deps.log.warning(
      `The previous deployment of "${record.environment}" could not be read, so \`previous-deployment-id\`, \`previous-sha\` and \`compare-url\` are empty. ${reasonOf(history)}`,
      'previous'
    )
    return { previousId: 0, previousSha: '', newestKnownId: 0 }
  }
  const newestKnownId = Math.max(record.id, ...history.map(({ id }) => id))
  if (history.some(other => other.id !== record.id && isMadeByJobKey(other, deps.run, inputs.checkRunId))) {
    deps.log.warning(jobKeyWarning(record.environment, inputs.checkRunId !== undefined), 'jobKey')
  }
  const previous = previousOf(history, record)
  if (!previous) return { previousId: 0, previousSha: '', newestKnownId }
  deps.publish({
    'previous-deployment-id': idText(previous.id),
    'previous-sha': previous.sha,
    'compare-url': compareUrl(deps.run, record.repository, previous.sha, record.sha)
  })
  return { previousId: previous.id, previousSha: previous.sha, newestKnownId }
}

/** The deployment that was active before: what to compare with and to roll back to. */
function previousOf(history: readonly ListedDeployment[], ours: StartRecord): ListedDeployment | undefined {
  return history
    .filter(
      other =>
        other.state === 'success' &&
        sameName(other.environment, ours.environment) &&
        other.task === ours.task &&
        other.id !== ours.id &&
        (ours.id === 0 || other.id < ours.id || ours.wasFinal)
    )
    .sort((one, other) => other.id - one.id)[0]
}

/**
 * Whether GitHub created a deployment for the job's own `environment:` key: the workflow's own token created it, and
 * its log is this job's page.
 */
const isMadeByJobKey = (other: ListedDeployment, run: RunContext, checkRunId: number | undefined): boolean => {
  const log = parseLogUrl(run, other.logUrl)
  const isOfJob = checkRunId === undefined || log?.checkRunId === undefined || log.checkRunId === checkRunId
  // GitHub's own is in progress while the job runs. A `deactivate` of this job posts this job's log with `inactive`.
  const isByGitHub = other.creator.startsWith('github-actions') && !other.origin && other.state !== 'inactive'
  return isByGitHub && log !== undefined && log.runId === run.runId && isOfJob
}

/** Without a check run (GHES), the key can be that of another job of the run. */
const jobKeyWarning = (environment: string, isThisJob: boolean): string =>
  `${isThisJob ? 'The `environment:` key of this job' : 'The `environment:` key of a job of this run'} created a second deployment of "${environment}". To keep its secrets and reviewers without that deployment, write:\n` +
  `  environment: { name: ${/^[\w./-]+$/.test(environment) ? environment : JSON.stringify(environment)}, deployment: false }`
