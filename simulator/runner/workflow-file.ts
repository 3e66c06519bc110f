import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { field } from './event-facts.ts'
import { TemplateError } from './expressions.ts'
import { planSteps, type StepFile } from './step-file.ts'

type Values = Record<string, unknown>

export interface JobFile {
  name?: string
  needs?: string | string[]
  if?: unknown
  env?: Values
  defaults?: { run?: { shell?: string; 'working-directory'?: string } }
  strategy?: { matrix?: unknown; 'fail-fast'?: unknown; 'max-parallel'?: unknown }
  environment?: string | { name?: unknown; url?: unknown; deployment?: unknown }
  outputs?: Values
  steps?: StepFile[]
  /** The workflow of this repository that the job calls. Such a job has no `steps`. */
  uses?: string
  with?: Values
  secrets?: 'inherit' | Values
  'timeout-minutes'?: unknown
  'continue-on-error'?: unknown
}

export interface WorkflowFile {
  /** The path in the repository. */
  path: string
  name: string
  on: unknown
  env?: Values
  defaults?: JobFile['defaults']
  jobs: Record<string, JobFile>
}

const UNSUPPORTED = ['services', 'container']

/**
 * Reads a workflow from a path, or from YAML: any text with a line break.
 * @throws {TemplateError} for what GitHub rejects or this runner doesn't support
 */
export function readWorkflow(workflow: string): WorkflowFile {
  const isText = workflow.includes('\n')
  const file: unknown = parse(isText ? workflow : readFileSync(workflow, 'utf8'), { merge: true })
  const jobs = field(file, 'jobs')
  if (typeof file !== 'object' || file === null || typeof jobs !== 'object' || jobs === null) {
    throw new TemplateError('The workflow has no jobs')
  }
  for (const [key, job] of Object.entries(jobs)) {
    for (const name of UNSUPPORTED) {
      if (field(job, name) !== undefined) {
        throw new TemplateError(`jobs.${key}.${name}: this runner doesn't support it`)
      }
    }
    for (const need of [field(job, 'needs') ?? []].flat()) {
      if (!Object.hasOwn(jobs, String(need))) {
        throw new TemplateError(`jobs.${key}.needs: there is no job '${need}'`)
      }
    }
    const uses = field(job, 'uses')
    const steps = field(job, 'steps')
    if (Array.isArray(steps)) planSteps(steps)
    else if (uses === undefined) throw new TemplateError(`jobs.${key} has no steps`)
    if (uses !== undefined && !String(uses).startsWith('./')) {
      throw new TemplateError(`jobs.${key}.uses: this runner only calls workflows in \`root\``)
    }
  }
  const path = isText ? '.github/workflows/workflow.yml' : `.github/workflows/${basename(workflow)}`
  const known = file as Omit<WorkflowFile, 'name'> & { name?: string }
  return { ...known, name: known.name ?? path, path }
}

/** The jobs in the `needs` of a job. */
export const needsOf = (file: JobFile): string[] => [file.needs ?? []].flat()

/** Whether `on` of a workflow names the event and, with `types`, its action. */
export function listensTo(workflow: string, event: { name: string; payload: object }): boolean {
  const { on } = readWorkflow(workflow)
  if (typeof on === 'string') return on === event.name
  if (Array.isArray(on)) return on.includes(event.name)
  if (typeof on !== 'object' || on === null || !Object.hasOwn(on, event.name)) return false
  const types = field(on, event.name, 'types') ?? DEFAULT_TYPES[event.name]
  const action = field(event.payload, 'action')
  const wanted: unknown[] = Array.isArray(types) ? types : [types]
  return types === undefined || wanted.includes(action)
}

// The default `types` of events that don't have all of them.
const DEFAULT_TYPES: Record<string, string[]> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened']
}
