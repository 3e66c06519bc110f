import { resolve } from 'node:path'
import { field } from './event-facts.ts'
import { interpolate, isTrue, type Scope } from './expressions.ts'
import { type GitHubContext, githubContext } from './github-context.ts'
import { runJob } from './job.ts'
import { cancelJob, type Job } from './job-state.ts'
import { legName, matrixLegs } from './matrix.ts'
import { actionFolder } from './steps.ts'
import type { Conclusion, JobResult, RunOptions, WorkflowResult } from './types.ts'
import { type JobFile, readWorkflow, type WorkflowFile } from './workflow-file.ts'

/** What `needs.<job>` holds. */
interface Need {
  result: Conclusion
  outputs: Record<string, string>
}

interface Run {
  options: RunOptions
  workflow: WorkflowFile
  workspace: string
  github: GitHubContext
  inputs: Record<string, unknown>
  contexts: Record<string, unknown>
  results: Record<string, JobResult>
  done: Record<string, Need>
  current: Job | undefined
  isCancelled: boolean
}

/** Runs a workflow as GitHub would, one job after another, in the order of their `needs`. */
export async function runWorkflow(options: RunOptions): Promise<WorkflowResult> {
  const run = prepare(options)
  const cancel = (): void => cancelRun(run)
  options.cancel?.addEventListener('abort', cancel)
  if (options.cancel?.aborted) cancel()
  try {
    return await runJobs(run)
  } finally {
    options.cancel?.removeEventListener('abort', cancel)
  }
}

async function runJobs(run: Run): Promise<WorkflowResult> {
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
  return { conclusion: run.isCancelled ? 'cancelled' : worst(verdicts), jobs: run.results }
}

function prepare(options: RunOptions): Run {
  const workflow = readWorkflow(options.workflow)
  for (const job of Object.values(workflow.jobs)) {
    for (const { uses } of job.steps ?? []) if (uses !== undefined) actionFolder(options, uses)
  }
  const root = resolve(options.root)
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
    ...{ results: {}, done: {}, current: undefined, isCancelled: false }
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
      success: () => !run.isCancelled && ancestors.every(result => result === 'success'),
      failure: () => ancestors.includes('failure'),
      cancelled: () => run.isCancelled
    }
  }
  if (!isTrue(file.if, scope)) {
    run.results[id] = emptyResult('skipped')
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
    const wasCancelled = run.isCancelled && index > 0
    const result =
      isStopped || wasCancelled
        ? emptyResult('cancelled')
        : await runJob(
            {
              ...{ id, key, file, contexts, workflow: run.workflow, workspace: run.workspace },
              ...{ github: run.github, inputs: run.inputs, options: run.options },
              checkRunId: run.options.checkRunId?.(id, index),
              isCancelled: run.isCancelled,
              cancelRun: () => cancelRun(run)
            },
            job => {
              run.current = job
            }
          )
    run.results[key] = result
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

function cancelRun(run: Run): void {
  run.isCancelled = true
  if (run.current !== undefined) cancelJob(run.current)
}

/** One verdict of all legs; of outputs with one name the last that is not empty stands. */
function together(results: JobResult[]): Need {
  const outputs = results.flatMap(each => Object.entries(each.outputs))
  return {
    result: worst(results.map(each => each.conclusion)),
    outputs: Object.fromEntries(outputs.filter(([, value]) => value !== ''))
  }
}

const worst = (conclusions: Conclusion[]): Conclusion =>
  (['failure', 'cancelled', 'success'] as const).find(each => conclusions.includes(each)) ??
  'skipped'

const emptyResult = (conclusion: Conclusion): JobResult => ({
  ...{ conclusion, outputs: {}, steps: [], log: '', summaries: [], annotations: [] }
})
