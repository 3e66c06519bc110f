import { resolve } from 'node:path'
import { runComposite } from './composite-step.ts'
import { interpolateText, TemplateError } from './expressions.ts'
import { type Frame, type Job, scopeOf } from './job-state.ts'
import { readManifest } from './manifest.ts'
import { runNodeAction } from './node-step.ts'
import { runScript } from './script-step.ts'
import { runStage } from './step.ts'
import type { StepFile } from './step-file.ts'
import type { Body, Step, StepPlace } from './step-types.ts'
import type { RunOptions } from './types.ts'

/** Runs one step of a job or of a composite action. */
export async function runStep(place: StepPlace, file: StepFile): Promise<void> {
  const step = stepOf(place, file)
  await runStage(step, bodyOf(step))
}

/** The main stage of a step. */
export function stepOf(place: StepPlace, file: StepFile): Step {
  return {
    ...place,
    file,
    stage: 'main',
    name: nameOf(place, file),
    contextName: contextNameOf(place.frame, file),
    condition: file.if,
    annotations: []
  }
}

/** What the main stage of a step does. */
export const bodyOf =
  (step: Step): Body =>
  async execution => {
    const { job, file } = step
    if (file.run !== undefined) return runScript(step, execution)
    const folder = actionFolder(job.options, file.uses ?? '')
    if (folder === 'skip') return { outcome: 'success' }
    const manifest = readManifest(folder)
    return manifest.runs.using === 'node'
      ? runNodeAction(step, execution, manifest)
      : runComposite(step, execution, manifest, runStep)
  }

/** The folder of an action, or `skip`. */
export function actionFolder(options: RunOptions, uses: string): string {
  if (uses.startsWith('./')) return resolve(options.root, uses)
  const folder = options.actions?.[uses]
  if (folder !== undefined) return folder === 'skip' ? folder : resolve(options.root, folder)
  throw new TemplateError(
    `uses: ${uses}: this runner downloads nothing. Name a local folder for it in \`actions\`, or 'skip'.`
  )
}

function nameOf({ job, frame }: { job: Job; frame: Frame }, file: StepFile): string {
  const scope = scopeOf(job, frame, { stage: 'main', github: job.github, env: job.env })
  try {
    if (file.name !== undefined) return interpolateText(file.name, scope)
    if (file.uses !== undefined) return `Run ${file.uses}`
    const [first = ''] = interpolateText(file.run ?? '', scope)
      .trimStart()
      .split('\n')
    return `Run ${first}`
  } catch {
    return file.name ?? 'run'
  }
}

/**
 * The name of a step in `GITHUB_ACTION`. Without an `id` GitHub makes it up: `__run`, `__run_2`,
 * `__self`, `__owner_name`. A step of a composite action has the name of the job's step.
 */
function contextNameOf({ composite, names }: Frame, file: StepFile): string {
  if (composite !== undefined) return composite.name
  if (file.id !== undefined) return file.id
  const kind = file.uses?.startsWith('./') ? 'self' : (file.uses?.replace(/@.*$/, '').replace(/[^\w-]/g, '_') ?? 'run')
  const count = (names.get(kind) ?? 0) + 1
  names.set(kind, count)
  return `__${kind}${count > 1 ? `_${count}` : ''}`
}
