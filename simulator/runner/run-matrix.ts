import { type RunJobs, runCalled } from './called-workflow.ts'
import { interpolate, isTrue, type Scope } from './expressions.ts'
import { runJob } from './job.ts'
import { cancelJob } from './job-state.ts'
import { jobName, matrixCombinations } from './matrix.ts'
import { cancelRun, combine, emptyResult, type Need, type Run } from './run.ts'
import type { JobResult } from './types.ts'
import { type JobFile, needsOf } from './workflow-file.ts'

/** A job, or one combination of its matrix. */
interface PlannedJob {
  id: string
  /** With the matrix values. */
  key: string
  index: number
  file: JobFile
  scope: Scope
  contexts: Record<string, unknown>
}

/** Runs a job with all combinations of its matrix, one after another. */
export async function runMatrix(
  run: Run,
  { id, file }: { id: string; file: JobFile },
  runJobs: RunJobs
): Promise<{ result: Need; isTolerated: boolean }> {
  const { state } = run
  const needs = Object.fromEntries(needsOf(file).map(name => [name, run.done[name]]))
  const scope = scopeOfJob(run, id, file, needs)
  const isWanted = (): boolean => isTrue(file.if, scope)
  if (!isWanted()) {
    state.results[run.prefix + id] = emptyResult('skipped')
    return { result: { result: 'skipped', outputs: {} }, isTolerated: false }
  }
  const combinations = matrixCombinations(interpolate(file.strategy?.matrix, scope))
  const failFast = interpolate(file.strategy?.['fail-fast'] ?? true, scope) !== false
  const results: JobResult[] = []
  const tolerated: JobResult[] = []
  for (const [index, combination] of combinations.entries()) {
    const strategy = {
      'fail-fast': failFast,
      'job-index': index,
      'job-total': combinations.length,
      'max-parallel': interpolate(file.strategy?.['max-parallel'], scope) ?? combinations.length
    }
    const matrix = file.strategy?.matrix === undefined ? null : combination
    const contexts = { ...run.contexts, needs, strategy, matrix }
    const key = jobName(id, combination)
    const hasFailed = failFast && results.some(each => each.conclusion === 'failure')
    const isLeftOut = hasFailed || (state.isCanceled && !isWanted())
    const result = isLeftOut
      ? emptyResult('cancelled')
      : await runOne(run, { id, key, index, file, scope, contexts }, { isWanted, runJobs })
    // A called workflow has already added the results of its jobs.
    if (isLeftOut || file.uses === undefined) state.results[run.prefix + key] = result
    results.push(result)
    const own = { ...scope, contexts: { ...scope.contexts, strategy, matrix } }
    const continues = interpolate(file['continue-on-error'] ?? false, own) === true
    if (continues && result.conclusion === 'failure') tolerated.push(result)
  }
  const failures = results.filter(each => each.conclusion === 'failure')
  const isTolerated = failures.length > 0 && failures.length === tolerated.length
  return { result: combine(results), isTolerated }
}

function runOne(
  run: Run,
  job: PlannedJob,
  { isWanted, runJobs }: { isWanted: () => boolean; runJobs: RunJobs }
): Promise<JobResult> {
  const { state } = run
  const { id, index, file, scope, contexts } = job
  if (file.uses !== undefined) {
    const { strategy, matrix } = contexts
    const own = { ...scope, contexts: { ...scope.contexts, strategy, matrix } }
    return runCalled(run, { key: job.key, file, scope: own }, runJobs)
  }
  return runJob(
    {
      ...{ id, key: run.prefix + job.key, file, contexts },
      ...{ workflow: run.workflow, workspace: run.workspace },
      ...{ github: run.github, inputs: run.inputs, options: run.options },
      checkRunId: run.options.checkRunId?.(id, index),
      cancelRun: () => cancelRun(state)
    },
    running => {
      state.cancelCurrent = () => {
        if (!isWanted()) cancelJob(running)
      }
    }
  )
}

function scopeOfJob(run: Run, id: string, file: JobFile, needs: Record<string, Need | undefined>): Scope {
  const ancestors = ancestorsOf(run, file).map(name => run.done[name]?.result)
  const { github, inputs, workspace, state } = run
  return {
    workspace,
    contexts: { github: { ...github, job: id }, inputs, vars: run.contexts['vars'], needs },
    status: {
      success: () => !state.isCanceled && ancestors.every(result => result === 'success'),
      failure: () => ancestors.includes('failure'),
      cancelled: () => state.isCanceled
    }
  }
}

/** All jobs that a job depends on, directly or not. A skipped one skips all that depend on it. */
function ancestorsOf(run: Run, file: JobFile): string[] {
  return needsOf(file).flatMap(need => {
    const job = run.workflow.jobs[need]
    return job === undefined ? [] : [need, ...ancestorsOf(run, job)]
  })
}
