import { join } from 'node:path'
import { interpolateMap } from './expressions.ts'
import { note } from './job-state.ts'
import { inputEnv, inputWarnings, type Manifest, withDefaults } from './manifest.ts'
import { endingOf, runProgram } from './process-step.ts'
import { type Ending, type Execution, runStage, type Step } from './step.ts'

/** Runs the main stage of a JavaScript action; its post stage is on the list before that. */
export async function runNodeAction(
  step: Step,
  execution: Execution,
  manifest: Manifest
): Promise<Ending> {
  if (manifest.runs.using !== 'node') throw new Error('not a JavaScript action')
  const { main, post, postIf } = manifest.runs
  const state: Record<string, string> = {}
  if (post !== undefined) {
    step.frame.posts.push(async (frame, parent) => {
      const name = `Post ${step.name}`
      await runStage(
        { ...step, name, stage: 'post', frame, parent, condition: postIf },
        async now => endingOf(await runFile(now, post, name))
      )
    })
  }
  const result = await runFile(execution, main, step.name)
  Object.assign(state, result.state)
  return endingOf(result)

  function runFile(now: Execution, file: string, name: string) {
    // `with:` and the defaults are evaluated for each stage anew, with what is known then.
    const given = interpolateMap(step.file.with, now.scope)
    for (const warning of inputWarnings(manifest, given)) note(step.job, 'warning', warning)
    const inputs = withDefaults(manifest, given, now.scope)
    const states = Object.entries(state).map(([key, value]) => [`STATE_${key}`, value])
    return runProgram({ ...step, name, stage: file === main ? 'main' : 'post' }, now, {
      file: step.job.options.node ?? process.execPath,
      args: [join(manifest.folder, file)],
      cwd: step.job.workspace,
      env: { ...inputEnv(inputs), ...Object.fromEntries(states) }
    })
  }
}
