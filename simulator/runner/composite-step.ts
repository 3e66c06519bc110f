import { interpolateMap, interpolateText, TemplateError } from './expressions.ts'
import { type Frame, newFrame, note, scopeOf } from './job-state.ts'
import { inputWarnings, type Manifest, readManifest, withDefaults } from './manifest.ts'
import { runStage } from './step.ts'
import { isControl } from './step-file.ts'
import { type Ending, type Execution, postOf, type RunStep, type Step } from './step-types.ts'

/**
 * The contexts that the post steps in a composite action use. In a local composite action inside a
 * local composite action, the runner uses the folder, `inputs` and `steps` of the outermost one
 * (actions/runner#3514, also #2009 and #2030, all open).
 */
export function frameOfNestedPosts(own: Frame, outer: Frame): Frame {
  const { composite } = own
  if (composite?.isLocal !== true || outer.composite?.isLocal !== true) return own
  const { inputs, steps } = outer
  return { ...own, inputs, steps, composite: { ...composite, folder: outer.composite.folder } }
}

/** Runs a composite action: its steps in a frame of their own, their post steps inside its own. */
export async function runComposite(
  step: Step,
  execution: Execution,
  manifest: Manifest,
  runStep: RunStep
): Promise<Ending> {
  if (manifest.runs.using !== 'composite') throw new Error('not a composite action')
  const { job, file } = step
  const isLocal = file.uses?.startsWith('./') === true
  const frame = newFrame({
    composite: { folder: manifest.folder, isLocal, name: step.contextName }
  })
  step.frame.posts.push(async place => {
    if (frame.posts.length === 0) return
    const post = postOf(step, place, 'always()')
    await runStage(post, async now => {
      if (isLocal) readManifest(manifest.folder) // The runner reads it again, and fails without it.
      const own: Frame = {
        ...frame,
        inputs: inputsOf(post, now),
        env: envOf(now),
        status: 'success'
      }
      const nested = frameOfNestedPosts(own, place.frame)
      for (const each of frame.posts.toReversed()) {
        await each({ frame: nested, parent: now.abort, results: now.results })
      }
      return { outcome: nested.status }
    })
  })
  frame.inputs = inputsOf(step, execution)
  frame.env = envOf(execution)
  const { abort: parent, results } = execution
  for (const each of manifest.runs.steps) {
    if (isControl(each) || each.background !== undefined) {
      throw new TemplateError('Composite actions cannot have background steps')
    }
    await runStep({ job, frame, parent, results, deferred: step.deferred }, each)
  }
  const scope = scopeOf(job, frame, { stage: 'main', github: execution.github, env: frame.env })
  const outputs = Object.entries(manifest.outputs).map(([name, output]) => [
    name,
    interpolateText(output?.value ?? '', scope)
  ])
  return { outcome: frame.status, outputs: Object.fromEntries(outputs) }

  function inputsOf(stage: Step, now: Execution): Record<string, string> {
    const given = interpolateMap(file.with, now.scope)
    for (const warning of inputWarnings(manifest, given)) note(stage, 'warning', warning)
    return withDefaults(manifest, given, now.scope)
  }

  // Only what the `uses:` steps set: a variable that GITHUB_ENV changes later keeps its new value.
  function envOf(now: Execution): Record<string, string> {
    const names = new Set([...Object.keys(step.frame.env), ...Object.keys(file.env ?? {})])
    return Object.fromEntries(Object.entries(now.env).filter(([name]) => names.has(name)))
  }
}
