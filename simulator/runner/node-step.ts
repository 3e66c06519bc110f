import { join } from 'node:path'
import { interpolateMap } from './expressions.ts'
import { note } from './job-state.ts'
import { inputEnv, inputWarnings, type Manifest, readManifest, withDefaults } from './manifest.ts'
import { endingOf, runProgram } from './process-step.ts'
import type { StageResult } from './stage.ts'
import { runStage } from './step.ts'
import { type Ending, type Execution, postOf, type Step } from './step-types.ts'

/** Runs the main stage of a JavaScript action, after it has registered the post stage. */
export async function runNodeAction(step: Step, execution: Execution, manifest: Manifest): Promise<Ending> {
  if (manifest.runs.using !== 'node') throw new Error('not a JavaScript action')
  const { main, post, postIf } = manifest.runs
  const state: Record<string, string> = {}
  if (post !== undefined) {
    step.frame.posts.push(async place => {
      const later = postOf(step, place, postIf)
      await runStage(later, async now => {
        // The runner reads the manifest of a local action again, and fails without it.
        if (step.file.uses?.startsWith('./') === true) readManifest(manifest.folder)
        return endingOf(await runFile(later, now, post))
      })
    })
  }
  const result = await runFile(step, execution, main)
  Object.assign(state, result.state)
  return endingOf(result)

  // `with:` and the defaults are evaluated again for each stage.
  function runFile(stage: Step, now: Execution, file: string): Promise<StageResult> {
    const given = interpolateMap(step.file.with, now.scope)
    for (const warning of inputWarnings(manifest, given)) note(stage, 'warning', warning)
    const inputs = withDefaults(manifest, given, now.scope)
    const states = Object.entries(state).map(([key, value]) => [`STATE_${key}`, value])
    return runProgram(stage, now, {
      file: step.job.options.node ?? process.execPath,
      args: [join(manifest.folder, file)],
      cwd: step.job.workspace,
      run: step.job.options.runNode,
      env: { ...inputEnv(inputs), ...Object.fromEntries(states) }
    })
  }
}
