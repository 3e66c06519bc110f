import { type ListedDeployment, sameName } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { RunContext } from '../runner/context.ts'

/** The deployment that was active before another: what to compare with and to roll back to. */
export function previousOf(
  history: readonly ListedDeployment[],
  ours: { readonly id: number; readonly environment: string; readonly task: string }
): ListedDeployment | undefined {
  return history
    .filter(
      other =>
        other.state === 'success' &&
        sameName(other.environment, ours.environment) &&
        other.task === ours.task &&
        other.id !== ours.id &&
        (ours.id === 0 || other.id < ours.id)
    )
    .sort((one, other) => other.id - one.id)[0]
}

/**
 * Whether GitHub itself made a deployment for this job's own `environment:` key: one without our payload,
 * by the workflow's own token, whose log is this job's page.
 */
export function madeByJobKey(
  history: readonly ListedDeployment[],
  run: RunContext,
  checkRunId: number | undefined,
  ours: number
): ListedDeployment | undefined {
  const page = `${run.serverUrl}/${run.repository}/actions/runs/${run.runId ?? 0}`.toLowerCase()
  return history.find(other => {
    const log = other.logUrl.toLowerCase()
    const isOfRun = log === page || log.startsWith(`${page}/`)
    const job = /\/job\/(\d+)/.exec(log)?.[1]
    const isOfJob = checkRunId === undefined || job === undefined || job === String(checkRunId)
    const isGitHubs = other.creator.startsWith('github-actions') && !readOrigin(other.payload)
    return other.id !== ours && isOfRun && isOfJob && isGitHubs
  })
}

/** Where no check run tells jobs apart, the key may be that of another job of the run. */
export const jobKeyWarning = (environment: string, isOurs: boolean): string =>
  `${isOurs ? 'The job\'s own "environment:" key' : 'The "environment:" key of a job of this run'} made a second deployment of "${environment}". To keep its secrets and reviewers without that, write:\n` +
  `  environment: { name: ${/^[\w./-]+$/.test(environment) ? environment : JSON.stringify(environment)}, deployment: false }`
