import { join } from 'node:path'
import { afterEach, expect } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub } from '../../simulator/github/index.ts'
import {
  type JobResult,
  type RunOptions,
  runProcess,
  runWorkflow,
  type StepResult,
  type WorkflowResult
} from '../../simulator/runner/index.ts'
import { expectNoToken, expectOnlyOurCommands } from './safe-output.ts'
import { envOf, expectOwnRequests, SERVER } from './server.ts'
import { checkRunHere } from './server-kind.ts'
import { stageRunner } from './stage-runner.ts'
import { skippingTime, type VirtualTime } from './virtual-clock.ts'

export const ROOT = join(import.meta.dirname, '..', '..')
/** The action, as a workflow names it. */
export const ACTION = 'org/deploy-status-action@v1'
/** The default token of a job. */
export const TOKEN = 'ghs_local'
/** The default check run of a job. */
export const CHECK_RUN = 4242

const open: LocalGitHub[] = []

afterEach(async () => {
  const started = open.splice(0)
  const problems = started.flatMap(github => github.problems)
  await Promise.all(started.map(github => github.close()))
  // Every request is valid by GitHub's own descriptions.
  expect(problems).toEqual([])
  for (const github of started) expectOwnRequests(github)
})

/** The simulated GitHub of a test, with the time that it shares with the stages. */
export interface TestGitHub extends LocalGitHub {
  readonly time: VirtualTime
}

/**
 * Starts a GitHub that is closed after the test, of the kind that the tests run against. Stages in this process skip
 * their waits unless `time` says otherwise.
 */
export async function startGitHub({
  time = skippingTime(),
  ...options
}: LocalGitHubOptions & { time?: VirtualTime } = {}): Promise<TestGitHub> {
  const github = await startLocalGitHub({ ...SERVER, now: time.now, ...options })
  open.push(github)
  return { ...github, env: envOf(github), time }
}

interface Options extends Partial<RunOptions> {
  product?: 'github.com' | 'ghes'
  /** Runs all stages of the action as processes, for example to cancel one. */
  processes?: boolean
}

/**
 * Runs a workflow, given as the YAML below `jobs:`, against a local GitHub; by default on a push to main. Checks that
 * the action printed only its own workflow commands and no token.
 */
export async function runJobs(
  github: LocalGitHub & { time?: VirtualTime },
  jobs: string,
  { product, processes = false, checkRunId = () => CHECK_RUN, ...options }: Options = {}
): Promise<WorkflowResult> {
  const work = runWorkflow({
    workflow: `on: push\njobs:\n${indented(jobs, 2)}`,
    root: ROOT,
    actions: { [ACTION]: ROOT },
    event: event('push'),
    runNode: processes ? runProcess : stageRunner(github.time?.clock),
    signalTimings: { interruptMs: 2000, terminateMs: 500, streamsMs: 500 },
    ...options,
    checkRunId: (job, index) => checkRunHere(checkRunId(job, index)),
    env: { ...github.env(product), ...options.env }
  })
  const result = await (github.time?.drive(work) ?? work)
  expectWellBehaved(result, options.token)
  return result
}

/** The action printed only its own workflow commands and no token. */
export function expectWellBehaved(result: WorkflowResult, token: string = TOKEN): void {
  for (const job of Object.values(result.jobs)) {
    for (const step of job.steps.filter(isOurs)) {
      expectOnlyOurCommands(step)
      expectNoToken(step, token)
    }
  }
}

/** A stage of the action that printed all of its output itself: with `run`, the command prints too. */
const isOurs = (step: StepResult): boolean =>
  (step.uses === ACTION || step.uses === './') && step.with?.['run'] === undefined

/** Runs one job, given as the YAML of its steps. */
export async function runJob(github: LocalGitHub, steps: string, options: Options = {}): Promise<JobResult> {
  const jobs = `deploy:\n  runs-on: ubuntu-latest\n  steps:\n${indented(steps, 4)}`
  const job = (await runJobs(github, jobs, options)).jobs['deploy']
  if (!job) throw new Error('the job did not run')
  return job
}

function indented(text: string, by: number): string {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const own = Math.min(...lines.map(line => line.length - line.trimStart().length))
  return lines.map(line => `${' '.repeat(by)}${line.slice(own)}`).join('\n')
}

/** The writes in their order: `POST deployments`, `POST 1/statuses success`. */
export const writes = (github: LocalGitHub): string[] =>
  github.requests
    .filter(request => request.isWrite)
    .map(request => {
      const path = request.path.replace(/^\/repos\/[^/]+\/[^/]+\//, '').replace(/^deployments\//, '')
      const { state } = (request.body ?? {}) as { state?: string }
      return [request.method, path, state].filter(part => part).join(' ')
    })

/** The states of the newest deployment, oldest first. */
export const states = (github: LocalGitHub): string[] =>
  github.store
    .deployments()
    .at(-1)
    ?.statuses.map(status => status.state) ?? []

/** The page of a job's log, or of the run attempt if the runner has no check run id. */
export const logUrl = (github: LocalGitHub, run: number, job = CHECK_RUN, attempt = 1): string => {
  const page = checkRunHere(job) === undefined ? `attempts/${attempt}` : `job/${job}`
  return `${github.env().GITHUB_SERVER_URL}/octo-org/octo-repo/actions/runs/${run}/${page}`
}

/** The address of a deployment in the API. */
export const apiUrl = (github: LocalGitHub, id: number | undefined): string =>
  `${github.env().GITHUB_API_URL}/repos/octo-org/octo-repo/deployments/${id}`
