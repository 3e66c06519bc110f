import { interpolateMap, interpolateText } from './expressions.ts'
import { type Frame, newFrame, note, scopeOf } from './job-state.ts'
import { inputWarnings, type Manifest, withDefaults } from './manifest.ts'
import { type Ending, type Execution, runStage, type Step } from './step.ts'
import type { StepFile } from './workflow-file.ts'

/** Runs one step of a list; handed in, for a composite action's steps may be composite again. */
export type RunStep = (
  around: Pick<Step, 'job' | 'frame' | 'parent'>,
  file: StepFile
) => Promise<void>

/**
 * What the posts inside a composite action see. It should be that action's own `inputs` and `steps`.
 * The runner's defect: in a local composite inside a local composite it is the outer one's
 * (actions/runner#3514, also #2009 and #2030, all open).
 */
export function frameOfNestedPosts(own: Frame, outer: Frame): Frame {
  const isDefective = own.composite?.isLocal === true && outer.composite?.isLocal === true
  return isDefective ? { ...own, inputs: outer.inputs, steps: outer.steps } : own
}

/** Runs a composite action: its steps in a frame of their own, their posts inside its own post. */
export async function runComposite(
  step: Step,
  execution: Execution,
  manifest: Manifest,
  runStep: RunStep
): Promise<Ending> {
  if (manifest.runs.using !== 'composite') throw new Error('not a composite action')
  const { job, file } = step
  const inputsNow = (now: Execution): Record<string, string> => {
    const given = interpolateMap(file.with, now.scope)
    for (const warning of inputWarnings(manifest, given)) note(job, 'warning', warning)
    return withDefaults(manifest, given, now.scope)
  }
  const frame = newFrame({
    composite: {
      folder: manifest.folder,
      isLocal: file.uses?.startsWith('./') === true,
      name: step.contextName
    }
  })
  step.frame.posts.push(async (outer, parent) => {
    if (frame.posts.length === 0) return
    const post: Step = {
      ...step,
      name: `Post ${step.name}`,
      stage: 'post',
      frame: outer,
      parent,
      condition: 'always()'
    }
    await runStage(post, async now => {
      const own: Frame = { ...frame, inputs: inputsNow(now), env: envOf(now), status: 'success' }
      const nested = frameOfNestedPosts(own, outer)
      for (const each of frame.posts.toReversed()) await each(nested, now.abort)
      return { outcome: nested.status }
    })
  })
  frame.inputs = inputsNow(execution)
  frame.env = envOf(execution)
  for (const each of manifest.runs.steps) {
    await runStep({ job, frame, parent: execution.abort }, each)
  }
  const scope = scopeOf(job, frame, { stage: 'main', github: execution.github, env: frame.env })
  const outputs = Object.entries(manifest.outputs).map(([name, output]) => [
    name,
    interpolateText(output?.value ?? '', scope)
  ])
  return { outcome: frame.status, outputs: Object.fromEntries(outputs) }

  // Only what the `uses:` step itself sets: what GITHUB_ENV adds later must not be hidden by it.
  function envOf(now: Execution): Record<string, string> {
    const names = new Set([...Object.keys(step.frame.env), ...Object.keys(file.env ?? {})])
    return Object.fromEntries(Object.entries(now.env).filter(([name]) => names.has(name)))
  }
}
