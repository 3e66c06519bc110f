import { resolve } from 'node:path'
import { runComposite } from './composite-step.ts'
import { interpolateText, TemplateError } from './expressions.ts'
import { type Frame, type Job, scopeOf } from './job-state.ts'
import { readManifest } from './manifest.ts'
import { runNodeAction } from './node-step.ts'
import { runScript } from './script-step.ts'
import { runStage, type Step } from './step.ts'
import type { RunOptions } from './types.ts'
import type { StepFile } from './workflow-file.ts'

/** Runs one step of a job or of a composite action. */
export async function runStep(
  around: { job: Job; frame: Frame; parent: AbortSignal },
  file: StepFile
): Promise<void> {
  const step: Step = {
    ...around,
    file,
    stage: 'main',
    name: nameOf(around, file),
    contextName: contextNameOf(around.frame, file),
    condition: file.if
  }
  await runStage(step, async execution => {
    if (file.run !== undefined) return runScript(step, execution)
    const folder = actionFolder(around.job.options, file.uses ?? '')
    if (folder === 'skip') return { outcome: 'success' }
    const manifest = readManifest(folder)
    return manifest.runs.using === 'node'
      ? runNodeAction(step, execution, manifest)
      : runComposite(step, execution, manifest, runStep)
  })
}

/** Where an action's `action.yml` lies, or `skip`. */
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

/** GitHub's names for steps without an `id`: `__run`, `__run_2`, `__self`, `__owner_name`. */
function contextNameOf(frame: Frame, file: StepFile): string {
  const outer = frame.composite === undefined ? '' : `${frame.composite.name}.`
  if (file.id !== undefined) return outer + file.id
  const what = file.uses?.startsWith('./')
    ? 'self'
    : (file.uses?.replace(/@.*$/, '').replace(/[^\w-]/g, '_') ?? 'run')
  const count = (frame.names.get(what) ?? 0) + 1
  frame.names.set(what, count)
  return `${outer}__${what}${count > 1 ? `_${count}` : ''}`
}
