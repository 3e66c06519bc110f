import { interpolate, interpolateMap, isTrue, type Scope } from './expressions.ts'
import type { GitHubContext } from './github-context.ts'
import { type Frame, type Job, masked, note, scopeOf } from './job-state.ts'
import type { StageResult } from './stage.ts'
import type { Conclusion, Stage, StepResult } from './types.ts'
import type { StepFile } from './workflow-file.ts'

/** One stage of one step, about to run. */
export interface Step {
  job: Job
  frame: Frame
  file: StepFile
  stage: Stage
  name: string
  /** Its `id`, or a name that the runner made up. */
  contextName: string
  condition: unknown
  /** Aborted when the composite action around it is. */
  parent: AbortSignal
}

/** What the body of a step works with. */
export interface Execution {
  scope: Scope
  env: Record<string, string>
  github: GitHubContext
  abort: AbortSignal
}

export interface Ending {
  outcome: Conclusion
  outputs?: Record<string, string>
  /** Absent for composite actions and skipped ones. */
  result?: StageResult
}

/** The step's own part of the `github` context. */
function githubOf({ job, frame, contextName, file }: Step): GitHubContext {
  const [, repository, ref] = /^([^./][^/]*\/[^/@]+)[^@]*@(.+)$/.exec(file.uses ?? '') ?? []
  return {
    ...job.github,
    action: contextName,
    ...(frame.composite ? { action_path: frame.composite.folder } : {}),
    ...(repository && ref ? { action_repository: repository, action_ref: ref } : {})
  }
}

/**
 * Runs one stage of a step: its `env`, its condition, its body under the reach of cancellation and
 * `timeout-minutes`, then `continue-on-error` and what becomes of the job.
 */
export async function runStage(
  step: Step,
  body: (execution: Execution) => Promise<Ending>
): Promise<StepResult> {
  const { job, frame, stage, file } = step
  const slot = job.steps.length
  const ending = await guarded(step, body)
  const { outcome, result } = ending
  const outputs = stage === 'post' ? {} : (ending.outputs ?? result?.outputs ?? {})
  const conclusion = outcome === 'failure' && continuesOnError(step) ? 'success' : outcome
  const summary = masked(job, result?.summary ?? '')
  const done: StepResult = {
    name: step.name,
    ...(file.id === undefined ? {} : { id: file.id }),
    ...(file.uses === undefined ? {} : { uses: file.uses, with: file.with ?? {} }),
    ...{ stage, conclusion, outcome, outputs, summary },
    ...(typeof result?.exitCode === 'number' ? { exitCode: result.exitCode } : {}),
    ...(result?.signal ? { signal: result.signal } : {}),
    stdout: result?.stdout ?? '',
    stderr: result?.stderr ?? '',
    state: result?.state ?? {}
  }
  // A composite action stands before its own steps, which are done already.
  job.steps.splice(slot, 0, done)
  if (summary !== '') job.summaries.push(summary)
  if (file.id !== undefined && stage === 'main') {
    frame.steps[file.id] = { outputs, outcome, conclusion }
  }
  if (conclusion === 'failure' || conclusion === 'cancelled') {
    if (frame.status !== 'cancelled') frame.status = conclusion
    if (frame.composite === undefined && conclusion === 'failure' && job.status === 'success') {
      job.status = 'failure'
    }
  }
  return done
}

async function guarded(
  step: Step,
  body: (execution: Execution) => Promise<Ending>
): Promise<Ending> {
  const { job, frame, file, stage } = step
  try {
    const github = githubOf(step)
    const outerEnv = { ...job.env, ...frame.env }
    const outerScope = scopeOf(job, frame, { stage, github, env: outerEnv })
    const env = { ...outerEnv, ...interpolateMap(file.env, outerScope) }
    const fresh = (): Scope => scopeOf(job, frame, { stage, github, env })
    const isWanted = (): boolean => isTrue(step.condition, fresh())
    if (!isWanted()) return { outcome: 'skipped' }
    job.log.push(`> ${masked(job, step.name)}`)
    return await abortable(step, isWanted, abort => body({ scope: fresh(), env, github, abort }))
  } catch (error) {
    note(job, 'error', error instanceof Error ? error.message : String(error))
    return { outcome: 'failure' }
  }
}

async function abortable(
  step: Step,
  isWanted: () => boolean,
  body: (abort: AbortSignal) => Promise<Ending>
): Promise<Ending> {
  const { job, parent } = step
  const controller = new AbortController()
  const follow = (): void => controller.abort(parent.reason)
  const retest = (): void => {
    if (!holds(isWanted)) controller.abort('cancelled')
  }
  const minutes = timeoutOf(step)
  const timer =
    minutes > 0 ? setTimeout(() => controller.abort('timeout'), minutes * 60_000) : undefined
  // A step that begins after the cancellation is not signalled any more: it asked for that.
  if (job.status !== 'cancelled') job.running.add(retest)
  parent.addEventListener('abort', follow)
  if (parent.aborted) follow()
  try {
    await job.options.onStep?.({ job: job.key, step: step.name, stage: step.stage })
    const ending = controller.signal.aborted
      ? { outcome: 'skipped' as const }
      : await body(controller.signal)
    if (!controller.signal.aborted) return ending
    const isTimeout = controller.signal.reason === 'timeout'
    note(job, 'error', isTimeout ? timeoutMessage(step, minutes) : 'The operation was canceled.')
    return { ...ending, outcome: isTimeout ? 'failure' : 'cancelled' }
  } finally {
    clearTimeout(timer)
    job.running.delete(retest)
    parent.removeEventListener('abort', follow)
  }
}

const timeoutMessage = ({ name, frame }: Step, minutes: number): string =>
  frame.composite === undefined
    ? `The action '${name}' has timed out after ${minutes} minutes.`
    : 'The action has timed out.'

function optionScope({ job, frame, stage }: Step): Scope {
  return scopeOf(job, frame, { stage, github: job.github, env: { ...job.env, ...frame.env } })
}

const timeoutOf = (step: Step): number =>
  Number(interpolate(step.file['timeout-minutes'] ?? 0, optionScope(step)))

// An expression that fails here counts as false: the posts must still run.
const continuesOnError = (step: Step): boolean =>
  holds(() => interpolate(step.file['continue-on-error'] ?? false, optionScope(step)) === true)

function holds(claim: () => boolean): boolean {
  try {
    return claim()
  } catch {
    return false
  }
}
