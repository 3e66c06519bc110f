import { join, resolve } from 'node:path'
import type { ActionOptions, ActionResult } from './action-types.ts'
import { RUNNER_TIMINGS } from './child-process.ts'
import { eventPathIn, writeEventFile } from './event-file.ts'
import type { Scope } from './expressions.ts'
import { githubContext, githubEnv, hostEnv, runnerContext, runnerEnv } from './github-context.ts'
import { inputEnv, inputWarnings, readManifest, withDefaults } from './manifest.ts'
import { endOrphans } from './orphans.ts'
import { createRunnerFolder, removeRunnerFolder } from './runner-folder.ts'
import { annotate, runStage } from './stage.ts'

/** Runs one stage of a JavaScript action as the runner does, without a workflow around it. */
export async function runAction(options: ActionOptions): Promise<ActionResult> {
  const manifest = readManifest(resolve(options.root))
  if (manifest.runs.using !== 'node') throw new Error('not a JavaScript action')
  const file = options.stage === 'main' ? manifest.runs.main : manifest.runs.post
  if (file === undefined) throw new Error(`the action has no ${options.stage} stage`)
  const folder = options.folder ?? createRunnerFolder()
  const workspace = resolve(options.workspace ?? folder)
  const { github, runner } = contextsOf(options, folder, workspace)
  const scope: Scope = {
    workspace,
    contexts: {
      ...{ github, runner, strategy: null, matrix: null },
      job: {
        status: options.contexts?.jobStatus ?? 'success',
        check_run_id: options.contexts?.checkRunId ?? null
      }
    }
  }
  const given = options.inputs ?? {}
  const states = Object.entries(options.state ?? {}).map(([key, value]) => [`STATE_${key}`, value])
  const abort = new AbortController()
  const timer = options.signalAfterMs === undefined ? undefined : setTimeout(() => abort.abort(), options.signalAfterMs)
  try {
    const result = await runStage({
      file: options.node ?? process.execPath,
      args: [join(manifest.folder, file)],
      cwd: workspace,
      env: {
        ...hostEnv(),
        ...options.env,
        ...inputEnv(withDefaults(manifest, given, scope)),
        ...Object.fromEntries(states),
        ...githubEnv(github),
        ...runnerEnv(runner)
      },
      temp: join(folder, '_temp'),
      path: [],
      abort: abort.signal,
      timings: options.signalTimings ?? RUNNER_TIMINGS,
      run: options.runNode,
      onLine: (stream, text) => {
        const line = { job: 'job', step: 'step', stage: options.stage, stream, text }
        options.onLine?.(line)
        if (options.cancelWhen?.(line) === true) abort.abort()
      }
    })
    for (const message of inputWarnings(manifest, given)) {
      annotate(result.annotations, { level: 'warning', message, properties: {} })
    }
    const { addedPath: _, ...rest } = result
    return { ...rest, interrupted: abort.signal.aborted }
  } finally {
    clearTimeout(timer)
    endOrphans(runner['tracking_id'] ?? '')
    if (options.folder === undefined) removeRunnerFolder(folder)
  }
}

function contextsOf(options: ActionOptions, folder: string, workspace: string) {
  const facts = { ...options, token: options.contexts?.token }
  const github = githubContext(facts, {
    workspace,
    workflow: 'workflow',
    workflowFile: '.github/workflows/workflow.yml'
  })
  const eventPath = eventPathIn(join(folder, '_temp'))
  writeEventFile(eventPath, options.eventText ?? JSON.stringify(options.event.payload))
  return {
    github: {
      ...github,
      job: options.job ?? 'job',
      action: options.action ?? '__self',
      event_path: eventPath
    },
    runner: runnerContext(folder, workspace)
  }
}
