import { runProcess } from './child-process.ts'
import { type CommandFiles, createCommandFiles } from './command-files.ts'
import { type Command, commandReader, linesOf } from './commands.ts'
import { parseFileCommand } from './file-commands.ts'
import type { Annotation, ProcessResult, RunProcess, SignalTimings } from './types.ts'

export interface StageOptions {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  /** The job's `RUNNER_TEMP`, in which the command files are created. */
  temp: string
  /** The folders added by `GITHUB_PATH`, the newest first. */
  path: string[]
  abort: AbortSignal
  timings: SignalTimings
  /** Runs the program; starts a process by default. */
  run?: RunProcess | undefined
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
  /** Commands and files that the runner rejects. Each one fails the step. */
  problems: string[]
}

const SUMMARY_LIMIT_BYTES = 1_048_576
const MESSAGE_LIMIT_CHARS = 4_096
const ANNOTATIONS_PER_LEVEL = 10

/**
 * Runs one process as the stage of a step: creates the command files, obeys workflow commands while it
 * runs, and reads the files when it has ended, however it ended.
 */
export async function runStage(options: StageOptions): Promise<StageResult> {
  const files = createCommandFiles(options.temp)
  const result: StageResult = {
    ...{ exitCode: null, signal: null, stdout: '', stderr: '', summary: '' },
    ...{ outputs: {}, state: {}, exportedEnv: {} },
    ...{ addedPath: [], annotations: [], problems: [] }
  }
  const read = commandReader()
  try {
    const ended = await (options.run ?? runProcess)({
      ...options,
      env: {
        ...options.env,
        ...files.env,
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
    readFiles(files, result)
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

/** Adds an annotation, within GitHub's limits of number and length. */
export function annotate(annotations: Annotation[], annotation: Annotation): void {
  const ofLevel = annotations.filter(each => each.level === annotation.level)
  if (ofLevel.length >= ANNOTATIONS_PER_LEVEL) return
  annotations.push({ ...annotation, message: annotation.message.slice(0, MESSAGE_LIMIT_CHARS) })
}

function readFiles(files: CommandFiles, result: StageResult): void {
  const error = (message: string): void => annotate(result.annotations, { level: 'error', message, properties: {} })
  const pairs = (name: 'output' | 'state' | 'env', target: Record<string, string>): void => {
    try {
      for (const [key, value] of parseFileCommand(files.read(name))) {
        if (name === 'env' && key.toUpperCase() === 'NODE_OPTIONS') error(BLOCKED)
        else target[key] = value
      }
    } catch (cause) {
      result.problems.push(
        `Unable to process file command '${name}' successfully.`,
        cause instanceof Error ? cause.message : String(cause)
      )
    }
  }
  pairs('output', result.outputs)
  pairs('state', result.state)
  pairs('env', result.exportedEnv)
  result.addedPath.push(...linesOf(files.read('path')).filter(Boolean))
  const summary = files.read('step_summary')
  const bytes = Buffer.byteLength(summary)
  if (bytes <= SUMMARY_LIMIT_BYTES) result.summary = summary
  else error(tooLong(bytes))
}

// The runner leaves the variable out and reports an error, but doesn't fail the step.
const BLOCKED = "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command."

const tooLong = (bytes: number): string =>
  `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_LIMIT_BYTES / 1024}k, got ${Math.floor(bytes / 1024)}k.`
