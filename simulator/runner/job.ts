import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { BackgroundSteps } from './background.ts'
import { eventPathIn, writeEventFile } from './event-file.ts'
import { interpolate, interpolateMap, interpolateText } from './expressions.ts'
import { type GitHubContext, runnerContext } from './github-context.ts'
import { addMask, cancelJob, type Frame, type Job, newFrame, note, scopeOf, shutDownJob } from './job-state.ts'
import { runJobSteps } from './job-steps.ts'
import { endOrphans } from './orphans.ts'
import { createRunnerFolder, removeRunnerFolder } from './runner-folder.ts'
import type { JobEnvironment, JobResult, RunOptions } from './types.ts'
import type { JobFile, WorkflowFile } from './workflow-file.ts'

export interface JobPlan {
  /** The key of the job in the workflow. */
  id: string
  /** The key with the matrix values. */
  key: string
  file: JobFile
  workflow: WorkflowFile
  workspace: string
  github: GitHubContext
  inputs: Record<string, unknown>
  /** `vars`, `secrets`, `needs`, `strategy`, `matrix`. */
  contexts: Record<string, unknown>
  checkRunId: number | undefined
  options: RunOptions
  cancelRun: () => void
}

/** Runs one job, or one combination of its matrix: its steps, its post steps, and its outputs. */
export async function runJob(plan: JobPlan, onStart: (job: Job) => void = () => {}): Promise<JobResult> {
  const folder = createRunnerFolder()
  const job = startJob(plan, folder)
  const frame = newFrame({ inputs: plan.inputs })
  const never = new AbortController().signal
  const minutes = Number(interpolate(plan.file['timeout-minutes'] ?? 360, jobScope(job, frame)))
  const timeOut = (): void => {
    note({ job }, 'error', `The job has exceeded the maximum execution time of ${minutes}m0s`)
    cancelJob(job)
  }
  const timer = setTimeout(timeOut, minutes * 60_000)
  if (plan.file['timeout-minutes'] !== undefined) job.timeLimits.add(timeOut)
  const shutDown = (): void => shutDownJob(job)
  const background = new BackgroundSteps(job)
  let outputs: Record<string, string> = {}
  onStart(job)
  plan.options.shutdown?.addEventListener('abort', shutDown)
  try {
    Object.assign(job.env, interpolateMap(plan.workflow.env, jobScope(job, frame)))
    Object.assign(job.env, interpolateMap(plan.file.env, jobScope(job, frame)))
    await reportEnvironment(job, frame, plan)
    const place = { job, frame, parent: never, results: job.steps }
    await runJobSteps(place, background, plan.file.steps ?? [])
    for (const post of frame.posts.toReversed()) await post(place)
    await reportEnvironment(job, frame, plan)
    outputs = outputsOf(job, frame, plan.file)
  } catch (error) {
    note({ job }, 'error', error instanceof Error ? error.message : String(error))
    if (job.status === 'success') job.status = 'failure'
  } finally {
    clearTimeout(timer)
    plan.options.shutdown?.removeEventListener('abort', shutDown)
    job.isOver = true
    endOrphans(job.runner['tracking_id'] ?? '')
    await background.ended()
    removeRunnerFolder(folder)
  }
  const { steps, summaries, annotations } = job
  const conclusion = job.isShutDown ? 'failure' : job.status
  return { conclusion, outputs, steps, log: `${job.log.join('\n')}\n`, summaries, annotations }
}

function startJob(plan: JobPlan, folder: string): Job {
  const { options, github, workspace, workflow, file } = plan
  const runner = runnerContext(folder, workspace)
  const eventPath = eventPathIn(join(folder, '_temp'))
  writeEventFile(eventPath, JSON.stringify(github['event']))
  mkdirSync(join(folder, '_tool'))
  const job: Job = {
    ...{ key: plan.key, options, workspace, runner, contexts: plan.contexts },
    github: { ...github, job: plan.id, event_path: eventPath },
    checkRunId: plan.checkRunId ?? null,
    defaults: { ...workflow.defaults?.run, ...file.defaults?.run },
    ...{ env: {}, path: [], masks: new Set<string>(), running: new Set<() => void>() },
    timeLimits: new Set<() => void>(),
    ...{ status: 'success', isShutDown: false, isOver: false },
    cancelRun: plan.cancelRun,
    ...{ log: [], annotations: [], summaries: [], steps: [] }
  }
  for (const secret of [github['token'], ...Object.values(options.secrets ?? {})]) {
    addMask(job, String(secret))
  }
  return job
}

const jobScope = (job: Job, frame: Frame) => scopeOf(job, frame, { stage: 'main', github: job.github, env: job.env })

function outputsOf(job: Job, frame: Frame, file: JobFile): Record<string, string> {
  const outputs = Object.entries(interpolateMap(file.outputs, jobScope(job, frame)))
  const isSecret = (value: string): boolean => [...job.masks].some(mask => value.includes(mask))
  for (const [name, value] of outputs) {
    if (isSecret(value)) {
      note({ job }, 'warning', `Skip output '${name}' since it may contain secret.`)
    }
  }
  return Object.fromEntries(outputs.filter(([, value]) => !isSecret(value)))
}

async function reportEnvironment(job: Job, frame: Frame, { file }: JobPlan): Promise<void> {
  const written = file.environment
  if (written === undefined) return
  const { name, url, deployment } = typeof written === 'string' ? { name: written } : written
  const scope = jobScope(job, frame)
  const environment: JobEnvironment = {
    name: interpolateText(name ?? '', scope),
    url: interpolateText(url ?? '', scope),
    deployment: interpolate(deployment ?? true, scope) !== false
  }
  job.log.push(`Environment: ${environment.name} ${environment.url}`.trimEnd())
  await job.options.onJobEnvironment?.(job.key, environment)
}
