import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { parseFileCommand } from '../../simulator/runner/index.ts'
import { ROOT, TOKEN } from './story.ts'

type Values = Readonly<Record<string, string>>

/** What a stage was when it ended, however that was. */
export interface Ended {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly state: Values
}

/** A stage that runs, to be signalled by the test itself at the moment it likes. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves once the stage has printed this. */
  readonly printed: (text: string) => Promise<void>
}

/** A job's folder, in which stages run as bare processes; no runner decides when they are signalled. */
export interface Bench {
  readonly folder: string
  run(stage: 'main' | 'post', inputs: Values, more?: Values): Running
  remove(): void
}

export function openBench(github: LocalGitHub): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  let count = 0
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
    run(stage, inputs, more = {}) {
      count += 1
      const stateFile = join(folder, `state-${count}`)
      writeFileSync(stateFile, '')
      const given = { token: TOKEN, 'fallback-token': TOKEN, ...inputs }
      const env = {
        ...{ PATH: process.env['PATH'] ?? '', RUNNER_TEMP: folder, FOLDER: folder },
        ...github.env(),
        ...{ GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_RUN_ID: '9', GITHUB_JOB: 'job' },
        ...{ GITHUB_SHA: 'feed'.repeat(10), GITHUB_REF_NAME: 'main', GITHUB_EVENT_NAME: 'push' },
        ...{ GITHUB_STATE: stateFile },
        ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
        ...more
      }
      const file = join(ROOT, 'dist', `${stage}.js`)
      return watch(spawn(process.execPath, [file], { env, cwd: folder }), stateFile)
    }
  }
}

function watch(child: ChildProcess, stateFile: string): Running {
  let stdout = ''
  const waiting = new Set<() => void>()
  child.stdout?.on('data', text => {
    stdout += text
    for (const look of waiting) look()
  })
  child.stderr?.resume()
  return {
    child,
    printed: text =>
      new Promise(resolve => {
        const look = () => {
          if (!stdout.includes(text)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    ended: new Promise(resolve =>
      child.on('close', (exitCode, signal) => {
        const state = Object.fromEntries(parseFileCommand(readFileSync(stateFile, 'utf8')))
        resolve({ exitCode, signal, stdout, state })
      })
    )
  }
}

/** What main saved, as the runner hands it to post. */
export const stateFor = ({ state }: Ended): Values =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
