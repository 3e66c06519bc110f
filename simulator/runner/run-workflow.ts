import { resolve } from 'node:path'
import { reachableFrom } from './called-workflow.ts'
import { field } from './event-facts.ts'
import { githubContext } from './github-context.ts'
import { cancelRun, type Run, worst } from './run.ts'
import { runMatrix } from './run-matrix.ts'
import { planSteps } from './step-file.ts'
import { actionFolder } from './steps.ts'
import type { Conclusion, RunOptions, WorkflowResult } from './types.ts'
import { needsOf, readWorkflow, type WorkflowFile } from './workflow-file.ts'

/**
 * Runs a workflow as GitHub does, one job after another, in the order of their `needs`.
 * @throws {TemplateError} if the workflow or one that it calls is invalid or uses what is not supported
 */
export async function runWorkflow(options: RunOptions): Promise<WorkflowResult> {
  const run = prepare(options)
  const { state } = run
  const cancel = (): void => cancelRun(state)
  options.cancel?.addEventListener('abort', cancel)
  if (options.cancel?.aborted) cancel()
  try {
    const conclusion = await runJobs(run)
    return { conclusion: state.isCanceled ? 'cancelled' : conclusion, jobs: state.results }
  } finally {
    options.cancel?.removeEventListener('abort', cancel)
  }
}

async function runJobs(run: Run): Promise<Conclusion> {
  const waiting = new Map(Object.entries(run.workflow.jobs))
  const conclusions: Conclusion[] = []
  while (waiting.size > 0) {
    const next = [...waiting].find(([, file]) => needsOf(file).every(need => need in run.done))
    if (next === undefined) throw new Error(`needs: a circle in ${[...waiting.keys()].join(', ')}`)
    const [id, file] = next
    waiting.delete(id)
    const { result, isTolerated } = await runMatrix(run, { id, file }, runJobs)
    // With `continue-on-error`, the job itself has failed, but the jobs that need it see success.
    const need = isTolerated ? { ...result, result: 'success' as const } : result
    conclusions.push(need.result)
    run.done[id] = need
  }
  return worst(conclusions)
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
    state: { results: {}, isCanceled: false, cancelCurrent: () => {} },
    prefix: ''
  }
}

/** The `inputs` of a `workflow_dispatch`, with the types that the workflow declares. */
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
