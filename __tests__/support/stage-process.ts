import { join } from 'node:path'
import { afterEach } from '@jest/globals'
import {
  type ActionResult,
  createRunnerFolder,
  type ProcessOptions,
  removeRunnerFolder,
  runProcess
} from '../../simulator/runner/index.ts'
import { act } from './act.ts'
import type { TestGitHub } from './scenario.ts'

type Values = Readonly<Record<string, string>>

/** A stage that runs as a process, so that the test can signal it. */
export interface Running {
  readonly kill: (signal: NodeJS.Signals) => void
  readonly isRunning: () => boolean
  /** Resolves when the stage has printed this. */
  readonly printed: (text: string) => Promise<void>
  readonly ended: Promise<ActionResult>
}

/** A job whose stages the test runs by itself. They share the job's folder. */
export interface StagedJob {
  readonly folder: string
  readonly temp: string
  start(stage: 'main' | 'post', inputs: Values): Running
  /** Runs main, or post with the result of main, in this process. */
  main(inputs: Values): Promise<ActionResult>
  post(inputs: Values, main?: ActionResult): Promise<ActionResult>
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) removeRunnerFolder(folder)
})

export function openJob(github: TestGitHub): StagedJob {
  const folder = createRunnerFolder()
  folders.push(folder)
  return {
    folder,
    temp: join(folder, '_temp'),
    main: inputs => act(github, inputs, { folder }),
    post: (inputs, main) => act(github, inputs, { folder, stage: 'post', ...(main && { state: main.state }) }),
    start: (stage, inputs) => watch(run => act(github, inputs, { folder, stage, ...run, env: { FOLDER: folder } }))
  }
}

type Run = Pick<NonNullable<Parameters<typeof act>[2]>, 'runNode' | 'onLine'>

function watch(begin: (run: Run) => Promise<ActionResult>): Running {
  let pid: number | undefined
  let isOver = false
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const runNode = async (options: ProcessOptions) => {
    // The simulated runner ends orphans by this variable. Without it, tests see if the action leaves any.
    const env = { ...options.env, RUNNER_TRACKING_ID: '' }
    const result = await runProcess({
      ...options,
      env,
      onStart: id => {
        pid = id
      }
    })
    isOver = true
    return result
  }
  const onLine = ({ text }: { text: string }) => {
    lines.push(text)
    for (const look of waiting) look()
  }
  return {
    ended: begin({ runNode, onLine }),
    isRunning: () => !isOver,
    kill: signal => {
      if (pid !== undefined && !isOver) process.kill(pid, signal)
    },
    printed: text =>
      new Promise(resolve => {
        const look = () => {
          if (!lines.some(line => line.includes(text))) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      })
  }
}
