import { getId } from '../lib/json.ts'
import { type Env, graphqlBeside, type HttpProxy, proxyFor, serviceUrl } from './addresses.ts'
import { type EventFacts, readEvent, readEventFile } from './event.ts'

/** The workflow run, from the runner's variables and the event file. */
export interface RunContext {
  readonly serverUrl: string
  readonly apiUrl: string
  /** On the origin of `apiUrl`, since the token goes to one origin only. */
  readonly graphqlUrl: string
  readonly proxy: HttpProxy | undefined
  readonly repository: string
  readonly runId: number | undefined
  readonly runAttempt: number
  readonly job: string
  readonly actor: string
  /** The step in the job; the same in main and post. */
  readonly action: string
  /** The folder of the composite action around the step; empty at the top level of a job. */
  readonly actionPath: string
  readonly sha: string
  readonly refName: string
  /** `refName` is a tag. */
  readonly isTag: boolean
  readonly event: EventFacts
  /** The job's folder for temporary files; empty if there is none. */
  readonly tempFolder: string
}

/** Reads the run. Throws an ActionError if a URL is not safe to send a token to, or is no URL. */
export function readContext(env: Env): RunContext {
  const apiUrl = serviceUrl(env, 'GITHUB_API_URL', 'https://api.github.com')
  const graphql = serviceUrl(env, 'GITHUB_GRAPHQL_URL', graphqlBeside(apiUrl))
  return {
    serverUrl: serviceUrl(env, 'GITHUB_SERVER_URL', 'https://github.com'),
    apiUrl,
    graphqlUrl: new URL(graphql).origin === new URL(apiUrl).origin ? graphql : graphqlBeside(apiUrl),
    proxy: proxyFor(env, apiUrl),
    repository: env['GITHUB_REPOSITORY'] ?? '',
    runId: getId(env, 'GITHUB_RUN_ID'),
    runAttempt: getId(env, 'GITHUB_RUN_ATTEMPT') ?? 1,
    job: env['GITHUB_JOB'] ?? '',
    actor: env['GITHUB_ACTOR'] ?? '',
    action: env['GITHUB_ACTION'] ?? '',
    actionPath: env['GITHUB_ACTION_PATH'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    refName: env['GITHUB_REF_NAME'] ?? '',
    isTag: env['GITHUB_REF_TYPE'] === 'tag',
    event: readEvent(env['GITHUB_EVENT_NAME'] ?? '', readEventFile(env['GITHUB_EVENT_PATH'])),
    tempFolder: env['RUNNER_TEMP'] ?? ''
  }
}

/**
 * Whether GITHUB_TOKEN is usually read-only: for a fork's pull request and for Dependabot. Some repositories give
 * these runs more permissions, so this explains a refusal and never predicts one.
 */
export function isRestrictedRun(run: RunContext): boolean {
  if (run.actor === 'dependabot[bot]') return true
  return run.event.name !== 'pull_request_target' && run.event.pullRequest?.isFork === true
}

/** The page of the job's log, or of the run attempt if the runner has no check run id. */
export function logUrl(run: RunContext, checkRunId: number | undefined): string {
  const page = `${run.serverUrl}/${run.repository}/actions/runs/${run.runId ?? 0}`
  return checkRunId ? `${page}/job/${checkRunId}` : `${page}/attempts/${run.runAttempt}`
}

/** The run, and the check run if it has one, that a log URL of this repository names. The inverse of `logUrl`. */
export function parseLogUrl(
  { serverUrl, repository }: RunContext,
  url: string
): { readonly runId: number; readonly checkRunId: number | undefined } | undefined {
  const pages = `${serverUrl}/${repository}/actions/runs/`.toLowerCase()
  const path = url.toLowerCase()
  if (!path.startsWith(pages)) return undefined
  const [, run, job] = /^(\d{1,15})(?!\d)(?:.*\/job\/(\d{1,15}))?/.exec(path.slice(pages.length)) ?? []
  return run === undefined ? undefined : { runId: Number(run), checkRunId: job === undefined ? undefined : Number(job) }
}
