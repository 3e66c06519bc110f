import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { RunnerEvent } from '../../simulator/runner/index.ts'
import { trimBlanks } from '../../src/inputs/parsers.ts'
import { type Clock, realClock } from '../../src/lib/clock.ts'
import { bundle } from './bundle.ts'
import { checkRunHere } from './server-kind.ts'
import type { VirtualTime } from './virtual-clock.ts'

// Not imported from `scenario.ts`, which needs the test runner: scripts use this file too.
const ROOT = join(import.meta.dirname, '..', '..')

// In memory where possible: thousands of jobs create and remove a folder, which takes a quarter of their time on a disk.
const FOLDERS = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const manifest = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string }>
}

/** The result of one stage of a step. */
export interface Stage {
  /** The error that failed it; `undefined` if it succeeded. */
  readonly failure: string | undefined
  readonly warnings: readonly string[]
  readonly lines: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
}

export interface JobOptions {
  readonly event: RunnerEvent
  /** The event file, if it is not the payload of the event. */
  readonly eventText?: string
  /** By default the clock of the simulated GitHub, whose time then passes while a stage waits. */
  readonly clock?: Clock
  readonly job?: string
  readonly runId?: number
  readonly runAttempt?: number
  readonly checkRunId?: number
  readonly token?: string
  readonly env?: Readonly<Record<string, string>>
  /** Called with each line, notice and warning when it is logged. */
  readonly onLine?: (line: string) => void
}

/** The clock of a stage that a test ends while it runs. */
export interface Overseer {
  readonly clock?: Clock
  /** Receives the result at the start. The stage fills it in until it ends. */
  watch(stage: Stage): void
}

export interface Job {
  readonly tempFolder: string
  main(inputs: Readonly<Record<string, string>>, overseer?: Overseer): Promise<Stage>
  /** Runs the post stage of a step, with the status of the job. */
  post(main: Stage, jobStatus: string, inputs?: Readonly<Record<string, string>>): Promise<Stage>
  /** Removes the job's folder. */
  end(): void
}

/** Starts a job on a runner without processes. */
export function beginJob(github: LocalGitHub & { time?: VirtualTime }, options: JobOptions): Job {
  const { time } = github
  const clock = options.clock ?? time?.clock ?? realClock
  const drive = <T>(work: Promise<T>) => (options.clock || !time ? work : time.drive(work))
  const folder = mkdtempSync(join(FOLDERS, 'in-process-'))
  mkdirSync(join(folder, 'temp'))
  const eventPath = join(folder, 'event.json')
  writeFileSync(eventPath, options.eventText ?? JSON.stringify(options.event.payload))
  const env = {
    ...github.env(),
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: String(options.runId ?? 100),
    GITHUB_RUN_ATTEMPT: String(options.runAttempt ?? 1),
    GITHUB_JOB: options.job ?? 'deploy',
    GITHUB_ACTOR: 'octocat',
    GITHUB_EVENT_NAME: options.event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_SHA: 'feed'.repeat(10),
    GITHUB_REF_NAME: 'main',
    RUNNER_TEMP: join(folder, 'temp'),
    PATH: process.env['PATH'] ?? '',
    ...options.env
  }
  const run = async (
    stage: 'main' | 'post',
    given: Readonly<Record<string, string>>,
    jobStatus: string,
    state: Readonly<Record<string, string>>,
    overseer?: Overseer
  ): Promise<Stage> => {
    const inputs = inputsOf(given, options, jobStatus)
    const left = {
      failure: undefined as string | undefined,
      warnings: [] as string[],
      lines: [] as string[],
      outputs: {} as Record<string, string>,
      state: { ...state },
      summary: ''
    }
    overseer?.watch(left)
    const log = (lines: string[], line: string) => {
      lines.push(line)
      options.onLine?.(line)
    }
    await bundle[stage]({
      // It can change between two stages.
      env: { ...env, ...options.env },
      clock: overseer?.clock ?? clock,
      toolkit: {
        getInput: name => trimBlanks(inputs[name] ?? ''),
        getState: name => left.state[name] ?? '',
        saveState: (name, value) => void Object.assign(left.state, { [name]: value }),
        setOutput: (name, value) => void Object.assign(left.outputs, { [name]: value }),
        writeSummary: markdown => {
          left.summary += markdown
        },
        info: line => log(left.lines, line),
        isDebug: () => false,
        debug: () => undefined,
        notice: message => log(left.lines, message),
        warning: message => log(left.warnings, message),
        setSecret: () => undefined,
        setFailed: message => {
          left.failure = message
        }
      }
    })
    return left
  }
  return {
    tempFolder: join(folder, 'temp'),
    main: (inputs, overseer) => {
      const main = run('main', inputs, 'success', {}, overseer)
      // With a virtual clock, it may never end.
      return overseer?.clock ? main : drive(main)
    },
    post: (main, jobStatus, inputs = {}) => drive(run('post', inputs, jobStatus, main.state)),
    end: () => rmSync(folder, { recursive: true, force: true })
  }
}

/** The inputs as the runner sets them: those given, else the defaults of action.yml. */
function inputsOf(
  given: Readonly<Record<string, string>>,
  options: JobOptions,
  jobStatus: string
): Readonly<Record<string, string>> {
  const token = options.token ?? 'ghs_local'
  const values: Record<string, string> = {
    '${{ github.token }}': token,
    '${{ github.repository }}': 'octo-org/octo-repo',
    '${{ job.status }}': jobStatus,
    '${{ github.action_status }}': '',
    '${{ job.check_run_id }}': String(checkRunHere(options.checkRunId ?? 4242) ?? '')
  }
  const defaults = Object.entries(manifest.inputs).map(([name, input]) => {
    const usual = input.default ?? ''
    return [name, values[usual] ?? usual] as const
  })
  return { ...Object.fromEntries(defaults), ...given }
}
