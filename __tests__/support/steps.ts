import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { JobResult, WorkflowResult } from '../../simulator/runner/index.ts'
import { ACTION, runJob, runJobs } from './scenario.ts'
import { withoutLink } from './without-link.ts'

type StepFile = Record<string, unknown>
type Options = Parameters<typeof runJobs>[2]

/** A step that uses the action: its inputs, and `id`, `if`, `continue-on-error` and others. */
export const use = (inputs: Record<string, string>, step: StepFile = {}): StepFile => ({
  ...step,
  uses: ACTION,
  with: inputs
})

/** A step with a script. */
export const sh = (run: string, step: StepFile = {}): StepFile => ({ ...step, run })

/** Runs one job of these steps. */
export const runSteps = (github: LocalGitHub, steps: readonly StepFile[], options?: Options): Promise<JobResult> =>
  runJob(github, steps.map(step => `- ${JSON.stringify(step)}`).join('\n'), options)

/** Runs several jobs, each with its `needs`, `if`, `outputs` and steps. */
export const runAll = (
  github: LocalGitHub,
  jobs: Record<string, { steps: readonly StepFile[]; [key: string]: unknown }>,
  options?: Options
): Promise<WorkflowResult> => {
  const lines = Object.entries(jobs).map(([id, job]) => `${id}: ${JSON.stringify(job)}`)
  return runJobs(github, lines.join('\n'), options)
}

export const outputsOf = (job: JobResult | undefined, id: string): Record<string, string> =>
  job?.steps.find(step => step.id === id && step.stage === 'main')?.outputs ?? {}

const annotations = (level: string) => (job: JobResult | undefined) =>
  job?.annotations.filter(each => each.level === level).map(each => withoutLink(each.message)) ?? []

export const warnings = annotations('warning')
export const errors = annotations('error')

/** The newest status of a deployment. The default is the newest deployment. */
export function lastStatus(github: LocalGitHub, id?: number) {
  const all = github.store.deployments()
  const deployment = id === undefined ? all.at(-1) : all.find(each => each.id === id)
  return deployment?.statuses.at(-1)
}

/** GitHub answers each write of a status with this state, or without a state each create. */
export function answerWith(
  github: LocalGitHub,
  answer: { status: number; body?: unknown },
  state?: string
): () => void {
  const operation = 'POST /repos/{owner}/{repo}/deployments'
  return github.intercept(request => {
    const body = Object(request.body) as { state?: string }
    const isMeant =
      state === undefined
        ? request.operation === operation
        : request.operation.endsWith('/statuses') && body.state === state
    return request.method === 'POST' && isMeant ? answer : undefined
  })
}

export const READ_ONLY = {
  tokens: {
    ghs_local: {
      kind: 'github-token',
      permissions: { deployments: 'read', contents: 'read', metadata: 'read' }
    }
  }
} as const
