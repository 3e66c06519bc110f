import { interpolateMap, isTrue } from './expressions.ts'
import type { GitHubContext } from './github-context.ts'
import { interruptible } from './interruptible.ts'
import { masked, note, scopeOf } from './job-state.ts'
import { continuesOnError } from './step-options.ts'
import { type Body, type Ending, isBackground, type ReadyStep, type Step } from './step-types.ts'
import type { StepResult } from './types.ts'

/** Runs one stage of a step, from its condition to the effect of its result on the job. */
export async function runStage(step: Step, body: Body): Promise<StepResult> {
  const ready = prepare(step)
  return 'outcome' in ready ? report(step, ready) : execute(step, ready, body)
}

/** Evaluates `env` and the condition of a step. Returns the step's ending if it doesn't run. */
export function prepare(step: Step): ReadyStep | Ending {
  const { job, frame, file, stage } = step
  try {
    const github = githubOf(step)
    const outerEnv = { ...job.env, ...frame.env }
    const outerScope = scopeOf(job, frame, { stage, github, env: outerEnv })
    const env = { ...outerEnv, ...interpolateMap(file.env, outerScope) }
    const isWanted = (): boolean =>
      !job.isShutDown && !job.isOver && isTrue(step.condition, scopeOf(job, frame, { stage, github, env }))
    return isWanted() ? { env, github, isWanted } : { outcome: 'skipped' }
  } catch (error) {
    return failed(step, error)
  }
}

/** Runs the body of a step and reports its result. */
export async function execute(step: Step, ready: ReadyStep, body: Body): Promise<StepResult> {
  const { job, frame, stage } = step
  const { env, github } = ready
  const embedded: StepResult[] = []
  job.log.push(`> ${masked(job, step.name)}`)
  const ending = await interruptible(step, ready, abort => {
    const scope = scopeOf(job, frame, { stage, github, env })
    return body({ scope, env, github, abort, results: embedded })
  }).catch((error: unknown) => failed(step, error))
  return report(step, ending, embedded)
}

function failed(step: Step, error: unknown): Ending {
  note(step, 'error', error instanceof Error ? error.message : String(error))
  return { outcome: 'failure' }
}

/** Records how a step ended: in the results, in `steps.<id>`, and in the status around it. */
export function report(step: Step, ending: Ending, embedded: StepResult[] = []): StepResult {
  const { job, frame, file } = step
  const done = resultOf(step, ending)
  const { outputs, outcome, conclusion } = done
  step.results.push(done, ...embedded)
  if (done.summary !== '') job.summaries.push(done.summary)
  const record = (): void => {
    if (file.id === undefined || step.stage === 'post') return
    frame.steps[file.id] = { outputs, outcome, conclusion }
  }
  if (isBackground(step)) {
    step.deferred?.push(record)
    return done
  }
  record()
  if (conclusion === 'failure' || conclusion === 'cancelled') {
    if (frame.status !== 'cancelled') frame.status = conclusion
    if (frame.composite === undefined && conclusion === 'failure' && job.status === 'success') {
      job.status = 'failure'
    }
  }
  return done
}

function resultOf(step: Step, ending: Ending): StepResult {
  const { job, frame, file, stage, annotations } = step
  const { outcome, result } = ending
  return {
    name: step.name,
    ...(file.id === undefined ? {} : { id: file.id }),
    ...(file.uses === undefined ? {} : { uses: file.uses, with: file.with ?? {} }),
    ...{ stage, isEmbedded: frame.composite !== undefined },
    conclusion: outcome === 'failure' && continuesOnError(step) ? 'success' : outcome,
    outcome,
    outputs: stage === 'post' ? {} : (ending.outputs ?? result?.outputs ?? {}),
    summary: masked(job, result?.summary ?? ''),
    ...(typeof result?.exitCode === 'number' ? { exitCode: result.exitCode } : {}),
    ...(result?.signal ? { signal: result.signal } : {}),
    stdout: result?.stdout ?? '',
    stderr: result?.stderr ?? '',
    state: result?.state ?? {},
    annotations
  }
}

/** The step's own part of the `github` context. */
function githubOf({ job, frame, contextName, file }: Step): GitHubContext {
  const [, repository, ref] = /^([^./][^/]*\/[^/@]+)[^@]*@(.+)$/.exec(file.uses ?? '') ?? []
  return {
    ...job.github,
    action: contextName,
    ...(frame.composite ? { action_path: frame.composite.folder, action_status: frame.status } : {}),
    ...(repository && ref ? { action_repository: repository, action_ref: ref } : {})
  }
}
