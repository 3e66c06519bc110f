import { resolve } from 'node:path'
import { field } from './event-facts.ts'
import { interpolate, interpolateMap, type Scope, TemplateError } from './expressions.ts'
import { emptyResult, type Run } from './run.ts'
import type { Conclusion, JobResult } from './types.ts'
import { type JobFile, readWorkflow, type WorkflowFile } from './workflow-file.ts'

/** Runs the jobs of a workflow. Passed as an argument, because a called workflow can call others. */
export type RunJobs = (run: Run) => Promise<Conclusion>

// GitHub's limit. It also ends a workflow that calls itself.
const MAX_DEPTH = 10

/** Reads the workflow that a job calls. */
export const calledWorkflow = (root: string, uses: string): WorkflowFile => readWorkflow(resolve(root, uses))

/** All workflows that a run can reach: its own, and those that jobs call, at any depth. */
export function reachableFrom(workflow: WorkflowFile, root: string, depth = 1): WorkflowFile[] {
  if (depth > MAX_DEPTH) throw new TemplateError(`${workflow.path}: called ${MAX_DEPTH} deep`)
  const called = Object.values(workflow.jobs).flatMap(({ uses }) =>
    uses === undefined ? [] : [calledWorkflow(root, uses)]
  )
  return [workflow, ...called.flatMap(each => reachableFrom(each, root, depth + 1))]
}

/**
 * Runs the workflow that a job calls, with its own inputs, secrets and outputs, and with the caller's
 * `github` context. The caller gets one result.
 */
export async function runCalled(
  caller: Run,
  job: { key: string; file: JobFile; scope: Scope },
  runJobs: RunJobs
): Promise<JobResult> {
  const { key, file, scope } = job
  const workflow = calledWorkflow(caller.options.root, file.uses ?? '')
  const { vars, secrets } = caller.contexts
  const withSecrets = { ...scope, contexts: { ...scope.contexts, secrets } }
  const token = field(secrets, 'github_token')
  const run: Run = {
    ...caller,
    workflow,
    inputs: inputsOf(workflow, interpolate(file.with ?? {}, scope) as object),
    contexts: {
      vars,
      secrets:
        file.secrets === 'inherit' ? secrets : { ...interpolateMap(file.secrets, withSecrets), github_token: token }
    },
    done: {},
    prefix: `${caller.prefix}${key} / `
  }
  const conclusion = await runJobs(run)
  return { ...emptyResult(conclusion), outputs: outputsOf(run) }
}

/** The `inputs` that the called workflow declares. */
function inputsOf(workflow: WorkflowFile, given: object): Record<string, unknown> {
  const declared = Object.entries(field(workflow.on, 'workflow_call', 'inputs') ?? {})
  const unknown = Object.keys(given).find(name => !declared.some(([known]) => known === name))
  if (unknown !== undefined) {
    throw new TemplateError(`Invalid input, ${unknown} is not defined in the referenced workflow ${workflow.path}.`)
  }
  return Object.fromEntries(
    declared.map(([name, input]) => {
      const value = field(given, name) ?? field(input, 'default')
      if (value === undefined && field(input, 'required') === true) {
        throw new TemplateError(`Input ${name} is required, but not provided while calling ${workflow.path}.`)
      }
      return [name, value ?? (field(input, 'type') === 'boolean' ? false : '')]
    })
  )
}

function outputsOf(run: Run): Record<string, string> {
  const values = Object.entries(field(run.workflow.on, 'workflow_call', 'outputs') ?? {}).map(([name, output]) => [
    name,
    field(output, 'value')
  ])
  return interpolateMap(Object.fromEntries(values), {
    workspace: run.workspace,
    contexts: { github: run.github, inputs: run.inputs, vars: run.contexts['vars'], jobs: run.done }
  })
}
