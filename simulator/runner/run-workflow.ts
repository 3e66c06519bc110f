import { resolve } from 'node:path'
import { reachableFrom, runCalled } from './called-workflow.ts'
import { field } from './event-facts.ts'
import { interpolate, isTrue, type Scope } from './expressions.ts'
import { githubContext } from './github-context.ts'
import { runJob } from './job.ts'
import { cancelJob } from './job-state.ts'
import { legName, matrixLegs } from './matrix.ts'
import { cancelRun, emptyResult, type Need, type Run, together, worst } from './run.ts'
import { planSteps } from './step-file.ts'
import { actionFolder } from './steps.ts'
import type { Conclusion, JobResult, RunOptions, WorkflowResult } from './types.ts'
import { type JobFile, readWorkflow, type WorkflowFile } from './workflow-file.ts'

/** Runs a workflow as GitHub would, one job after another, in the order of their `needs`. */
export async function runWorkflow(options: RunOptions): Promise<WorkflowResult> {
  const run = prepare(options)
  const { course } = run
  const cancel = (): void => cancelRun(course)
  options.cancel?.addEventListener('abort', cancel)
  if (options.cancel?.aborted) cancel()
  try {
    const conclusion = await runJobs(run)
    return { conclusion: course.isCancelled ? 'cancelled' : conclusion, jobs: course.results }
  } finally {
    options.cancel?.removeEventListener('abort', cancel)
  }
}

async function runJobs(run: Run): Promise<Conclusion> {
  const waiting = new Map(Object.entries(run.workflow.jobs))
  const verdicts: Conclusion[] = []
  while (waiting.size > 0) {
    const next = [...waiting].find(([, file]) => needsOf(file).every(need => need in run.done))
    if (next === undefined) throw new Error(`needs: a circle in ${[...waiting.keys()].join(', ')}`)
    const [id, file] = next
    waiting.delete(id)
    const { result, isForgiven } = await runLegs(run, id, file)
    verdicts.push(isForgiven ? 'success' : result.result)
    // `continue-on-error` of a job is the server's: the job is red, what needs it sees success.
    run.done[id] = isForgiven ? { ...result, result: 'success' } : result
  }
  return worst(verdicts)
}

function prepare(options: RunOptions): Run {
  const workflow = readWorkflow(options.workflow)
  const root = resolve(options.root)
  const jobs = reachableFrom(workflow, root).flatMap(each => Object.values(each.jobs))
  for (const { file } of jobs.flatMap(job => planSteps(job.steps ?? []))) {
    if (file.uses !== undefined) actionFolder(options, file.uses)
  }
  const workspace = resolve(options.workspace ?? root)
  const github = githubContext(options, {
    workspace,
    workflow: workflow.name,
    workflowFile: workflow.path
  })
  const token = String(github['token'])
  return {
    ...{ workflow, workspace, github, options: { ...options, root } },
    inputs: inputsOf(workflow, options),
    contexts: {
      vars: options.vars ?? {},
      secrets: { github_token: token, ...options.secrets }
    },
    done: {},
    course: { results: {}, isCancelled: false, cancelCurrent: () => {} },
    prefix: ''
  }
}

/** `inputs` of a `workflow_dispatch`, typed as the workflow declares them. */
function inputsOf(workflow: WorkflowFile, options: RunOptions): Record<string, unknown> {
  const declared = field(workflow.on, 'workflow_dispatch', 'inputs')
  const sent = field(options.event.payload, 'inputs')
  const inputs: Record<string, unknown> = { ...(sent as object | undefined), ...options.inputs }
  for (const [name, input] of Object.entries(declared ?? {})) {
    const value = inputs[name] ?? field(input, 'default') ?? ''
    const isBoolean = field(input, 'type') === 'boolean'
    inputs[name] = isBoolean ? value === true || value === 'true' : value
  }
  return inputs
}

const needsOf = (file: JobFile): string[] => [file.needs ?? []].flat()

/** Every job that a job depends on, near or far: a skipped one skips the whole chain behind it. */
function ancestorsOf(run: Run, file: JobFile): string[] {
  return needsOf(file).flatMap(need => {
    const job = run.workflow.jobs[need]
    return job === undefined ? [] : [need, ...ancestorsOf(run, job)]
  })
}

async function runLegs(
  run: Run,
  id: string,
  file: JobFile
): Promise<{ result: Need; isForgiven: boolean }> {
  const { course } = run
  const ancestors = ancestorsOf(run, file).map(name => run.done[name]?.result)
  const needs = Object.fromEntries(needsOf(file).map(name => [name, run.done[name]]))
  const base = {
    github: { ...run.github, job: id },
    inputs: run.inputs,
    vars: run.contexts['vars']
  }
  const scope: Scope = {
    workspace: run.workspace,
    contexts: { ...base, needs },
    status: {
      success: () => !course.isCancelled && ancestors.every(result => result === 'success'),
      failure: () => ancestors.includes('failure'),
      cancelled: () => course.isCancelled
    }
  }
  const isWanted = (): boolean => isTrue(file.if, scope)
  if (!isWanted()) {
    course.results[run.prefix + id] = emptyResult('skipped')
    return { result: { result: 'skipped', outputs: {} }, isForgiven: false }
  }
  const legs = matrixLegs(interpolate(file.strategy?.matrix, scope))
  const failFast = interpolate(file.strategy?.['fail-fast'] ?? true, scope) !== false
  const results: JobResult[] = []
  const forgiven: JobResult[] = []
  for (const [index, matrix] of legs.entries()) {
    const strategy = {
      'fail-fast': failFast,
      'job-index': index,
      'job-total': legs.length,
      'max-parallel': interpolate(file.strategy?.['max-parallel'], scope) ?? legs.length
    }
    const contexts = {
      ...run.contexts,
      needs,
      strategy,
      matrix: file.strategy?.matrix === undefined ? null : matrix
    }
    const key = legName(id, matrix)
    const isStopped = failFast && results.some(each => each.conclusion === 'failure')
    // What is wanted all the same, as by `always()`, a cancellation leaves alone.
    const isLeftOut = isStopped || (course.isCancelled && !isWanted())
    const result = isLeftOut
      ? emptyResult('cancelled')
      : await runLeg(run, { id, key, index, file, scope, contexts }, isWanted)
    // The jobs of a workflow that was called are there already, by names of their own.
    if (isLeftOut || file.uses === undefined) course.results[run.prefix + key] = result
    results.push(result)
    const forgives = interpolate(file['continue-on-error'] ?? false, {
      ...scope,
      contexts: { ...scope.contexts, strategy, matrix }
    })
    if (result.conclusion === 'failure' && forgives === true) forgiven.push(result)
  }
  const failures = results.filter(each => each.conclusion === 'failure')
  const isForgiven = failures.length > 0 && failures.length === forgiven.length
  return { result: together(results), isForgiven }
}

interface Leg {
  id: string
  /** With the matrix values behind it. */
  key: string
  index: number
  file: JobFile
  scope: Scope
  contexts: Record<string, unknown>
}

function runLeg(run: Run, leg: Leg, isWanted: () => boolean): Promise<JobResult> {
  const { course } = run
  const { id, index, file, scope, contexts } = leg
  const key = run.prefix + leg.key
  if (file.uses !== undefined) {
    const { strategy, matrix } = contexts
    const own = { ...scope, contexts: { ...scope.contexts, strategy, matrix } }
    return runCalled(run, { key: leg.key, file, scope: own }, runJobs)
  }
  return runJob(
    {
      ...{ id, key, file, contexts, workflow: run.workflow, workspace: run.workspace },
      ...{ github: run.github, inputs: run.inputs, options: run.options },
      checkRunId: run.options.checkRunId?.(id, index),
      cancelRun: () => cancelRun(course)
    },
    job => {
      course.cancelCurrent = () => {
        if (!isWanted()) cancelJob(job)
      }
    }
  )
}
