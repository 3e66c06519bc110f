import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProcessResult, runProcess } from './child-process.ts'
import { type Command, commandReader } from './commands.ts'
import { parseFileCommand } from './file-commands.ts'
import type { Annotation, SignalTimings } from './types.ts'

export interface StageOptions {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  /** The job's `RUNNER_TEMP`; the files of the stage are made in it. */
  temp: string
  /** Folders that `GITHUB_PATH` put before the others, the last one first. */
  path: string[]
  abort: AbortSignal
  timings: SignalTimings
  onLine: (stream: 'stdout' | 'stderr', text: string, command: Command | undefined) => void
}

export interface StageResult extends ProcessResult {
  stdout: string
  stderr: string
  outputs: Record<string, string>
  state: Record<string, string>
  summary: string
  exportedEnv: Record<string, string>
  addedPath: string[]
  annotations: Annotation[]
  /** Commands and files that the runner refuses: each fails the step. */
  problems: string[]
}

const SUMMARY_LIMIT_BYTES = 1_048_576
const MESSAGE_LIMIT_CHARS = 4_096
const ANNOTATIONS_PER_LEVEL = 10

const FILES = ['output', 'state', 'env', 'path', 'step_summary'] as const

/** Runs one process as a step's stage: files before it, commands while it runs, files after it. */
export async function runStage(options: StageOptions): Promise<StageResult> {
  const folder = join(options.temp, '_runner_file_commands', randomUUID())
  mkdirSync(folder, { recursive: true })
  const fileOf = (name: string): string => join(folder, name)
  for (const name of FILES) writeFileSync(fileOf(name), '')
  const result: StageResult = {
    ...{ exitCode: null, signal: null, stdout: '', stderr: '', summary: '' },
    ...{ outputs: {}, state: {}, exportedEnv: {} },
    ...{ addedPath: [], annotations: [], problems: [] }
  }
  const read = commandReader()
  try {
    const ended = await runProcess({
      ...options,
      env: {
        ...options.env,
        ...Object.fromEntries(FILES.map(name => [`GITHUB_${name.toUpperCase()}`, fileOf(name)])),
        PATH: [...options.path, options.env['PATH'] ?? ''].join(':')
      },
      onLine: (stream, text) => {
        result[stream] += `${text}\n`
        const command = read(text)
        if (command !== undefined) obey(command, result)
        options.onLine(stream, text, command)
      }
    })
    Object.assign(result, ended)
  } finally {
    // Read whatever happened to the process: state written before a kill counts.
    readFiles(fileOf, result)
    rmSync(folder, { recursive: true, force: true })
  }
  return result
}

function obey(command: Command, result: StageResult): void {
  const name = command.name.toLowerCase()
  const key = command.properties['name'] ?? ''
  if (name === 'error' || name === 'warning' || name === 'notice') {
    annotate(result.annotations, {
      level: name,
      message: command.data,
      properties: command.properties
    })
  } else if (name === 'set-output' && key !== '') {
    result.outputs[key] = command.data
  } else if (name === 'save-state' && key !== '') {
    result.state[key] = command.data
  } else if (name === 'set-env' || name === 'add-path') {
    result.problems.push(
      `Unable to process command '${command.line}' successfully.`,
      `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`
    )
  }
}

/** Keeps an annotation within GitHub's limits. */
export function annotate(annotations: Annotation[], annotation: Annotation): void {
  const ofLevel = annotations.filter(each => each.level === annotation.level)
  if (ofLevel.length >= ANNOTATIONS_PER_LEVEL) return
  annotations.push({ ...annotation, message: annotation.message.slice(0, MESSAGE_LIMIT_CHARS) })
}

function readFiles(fileOf: (name: string) => string, result: StageResult): void {
  const text = (name: (typeof FILES)[number]): string => {
    try {
      return readFileSync(fileOf(name), 'utf8')
    } catch {
      return '' // A step may delete its own files.
    }
  }
  const pairs = (name: 'output' | 'state' | 'env', target: Record<string, string>): void => {
    try {
      for (const [key, value] of parseFileCommand(text(name))) target[key] = value
    } catch (error) {
      result.problems.push(
        `Unable to process file command '${name}' successfully.`,
        error instanceof Error ? error.message : String(error)
      )
    }
  }
  pairs('output', result.outputs)
  pairs('state', result.state)
  pairs('env', result.exportedEnv)
  if (
    Reflect.deleteProperty(result.exportedEnv, 'NODE_OPTIONS') &&
    /^NODE_OPTIONS[=<]/m.test(text('env'))
  ) {
    result.problems.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
  }
  result.addedPath.push(...text('path').split('\n').filter(Boolean))
  const summary = text('step_summary')
  const bytes = Buffer.byteLength(summary)
  if (bytes <= SUMMARY_LIMIT_BYTES) result.summary = summary
  else annotate(result.annotations, { level: 'error', message: tooLong(bytes), properties: {} })
}

const tooLong = (bytes: number): string =>
  `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_LIMIT_BYTES / 1024}k, got ${Math.floor(bytes / 1024)}k.`
