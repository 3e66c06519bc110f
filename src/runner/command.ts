import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, INPUT_NAMES, type Shell } from '../inputs/types.ts'
import { InputError, messageOf } from '../lib/errors.ts'
import { sanitizeLine } from '../lib/text.ts'
import type { Env } from './addresses.ts'
import { type ProgramEnd, runInGroup } from './process-group.ts'
import { makeFolders, readFileCommands } from './runner-file.ts'
import { STATE_NAME, type Step } from './step.ts'

/** How a wrapped command ended. Its outputs are what it wrote to `$GITHUB_OUTPUT`. */
export type CommandEnd =
  | { readonly kind: 'notStarted'; readonly problem: string }
  | { readonly kind: 'interrupted'; readonly outputs: ReadonlyMap<string, string> }
  | {
      readonly kind: 'exited'
      readonly exitCode: number
      readonly outputs: ReadonlyMap<string, string>
    }

/** Throws an InputError if the folder for the command is not one. An empty path is the workspace. */
export function checkWorkingDirectory(path: string): void {
  if (path === '' || isFolder(path)) return
  throw new InputError(
    `working-directory: "${sanitizeLine(path, 200)}" is not a folder. It is looked up from the workspace, so if the repository contains it, run actions/checkout first.`,
    'command'
  )
}

/**
 * Runs a command as a `run:` step does. After a signal to this step, the command has no exit code that counts; it ends
 * as `runInGroup` describes. Whatever the command does to its files is at most a warning.
 */
export async function runCommand(command: Command, { env, log }: Pick<Step, 'env' | 'log'>): Promise<CommandEnd> {
  let folder = ''
  try {
    folder = makeFolder(env)
    const outputFile = join(folder, 'output')
    writeFileSync(outputFile, '')
    // What was printed before comes first in the log. Node makes the stream non-blocking when it is first used, and
    // the command would inherit that if it happened later.
    await print('')
    const started = { ...commandEnv(env), GITHUB_OUTPUT: outputFile }
    const end = await runShell(command, folder, started, log)
    // The command's last line can be without its end, and its last group can be open.
    await print('\n::endgroup::\n')
    const outputs = readOutputs(outputFile, env, log)
    return end === 'interrupted' ? { kind: end, outputs } : { kind: 'exited', ...end, outputs }
  } catch (error) {
    return { kind: 'notStarted', problem: explain(error, command) }
  } finally {
    remove(folder)
  }
}

const print = (text: string): Promise<unknown> => new Promise(resolve => process.stdout.write(text, resolve))

/** A folder for the command's files: in the job's folder for temporary files, or in the machine's if that is missing. */
function makeFolder(env: Env): string {
  try {
    const parent = env['RUNNER_TEMP'] || tmpdir()
    makeFolders(parent)
    return mkdtempSync(join(parent, 'deploy-command-'))
  } catch {
    return mkdtempSync(join(tmpdir(), 'deploy-command-'))
  }
}

async function runShell(command: Command, folder: string, env: Env, log: Step['log']): Promise<ProgramEnd> {
  const cwd = command.workingDirectory
  const { extension, line } = SHELL_SYNTAX[command.shell]
  const script = join(folder, `script.${extension}`)
  writeFileSync(script, scriptOf(command), { mode: 0o700 })
  const [file, ...args] = line(script)
  try {
    return await runInGroup({ file, args, cwd, env })
  } catch (error) {
    if (command.shell !== 'bash' || !isMissingProgram(error, cwd)) throw error
    log.info('bash was not found on this runner, so the command runs with sh.')
    const [sh, ...shArgs] = SHELL_SYNTAX.sh.line(script)
    await print('')
    return runInGroup({ file: sh, args: shArgs, cwd, env })
  }
}

function readOutputs(outputFile: string, env: Env, log: Step['log']): ReadonlyMap<string, string> {
  const { values, problem } = readFileCommands(outputFile)
  if (problem !== '')
    log.warning(`$GITHUB_OUTPUT: ${problem}. It is left out. The final state is not affected.`, 'commandFiles')
  // The command shares this file of the runner with the step.
  const exported = readFileCommands(env['GITHUB_ENV'] ?? '')
  if (exported.problem !== '') {
    log.warning(
      `$GITHUB_ENV: ${exported.problem}. The runner fails this step because of that. The exit code of the command still decides the state of the deployment.`,
      'commandFiles'
    )
  }
  return values
}

/** Node reports a missing program and a missing working folder alike. */
const isMissingProgram = (error: unknown, cwd: string): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' && isFolder(cwd || '.')

function explain(error: unknown, { shell, workingDirectory }: Command): string {
  if (isMissingProgram(error, workingDirectory)) {
    return `the shell "${shell}" was not found on this runner. Install it in an earlier step, or set "shell" to another one.`
  }
  if (workingDirectory !== '' && !isFolder(workingDirectory)) {
    return `working-directory "${sanitizeLine(workingDirectory, 200)}" was deleted before the command started.`
  }
  return `${messageOf(error)}.`
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** On Windows a process that the command left running may hold a file open. The runner empties the parent anyway. */
function remove(folder: string): void {
  try {
    if (folder !== '') rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Not worth a failed deploy.
  }
}

/** The file extension of a script and the command line that runs it. */
interface ShellSyntax {
  readonly extension: string
  readonly line: (script: string) => readonly [file: string, ...args: string[]]
}

/** How GitHub starts each shell (ScriptHandlerHelpers.cs). */
const SHELL_SYNTAX: Readonly<Record<Shell, ShellSyntax>> = {
  bash: {
    extension: 'sh',
    line: script => ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', script]
  },
  sh: { extension: 'sh', line: script => ['sh', '-e', script] },
  pwsh: { extension: 'ps1', line: script => ['pwsh', '-command', `. '${script}'`] },
  powershell: { extension: 'ps1', line: script => ['powershell', '-command', `. '${script}'`] },
  cmd: {
    extension: 'cmd',
    line: script => ['cmd', '/D', '/E:ON', '/V:OFF', '/S', '/C', `"CALL "${script}""`]
  },
  python: { extension: 'py', line: script => ['python', script] }
}

// GitHub adds these so that a failing command in the middle fails the script.
const POWERSHELL_HEAD = "$ErrorActionPreference = 'stop'\n"
const POWERSHELL_TAIL = '\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }'

/** The text of a command's script file. */
function scriptOf({ run, shell }: Command): string {
  if (shell === 'pwsh' || shell === 'powershell') return `${POWERSHELL_HEAD}${run}${POWERSHELL_TAIL}`
  if (shell === 'cmd') return `@echo off\r\n${run.replace(/\r?\n/g, '\r\n')}`
  return `${run}\n`
}

/** Variables that belong to this action, and those of the runner that a `run:` step does not get. */
const REMOVED = [
  ...INPUT_NAMES.map(name => `INPUT_${name.toUpperCase()}`),
  `STATE_${STATE_NAME}`,
  'GITHUB_STATE',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_RUNTIME_URL',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_CACHE_URL',
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_CACHE_MODE'
]

// Windows ignores the case of a variable's name.
const normalize = (name: string): string => (process.platform === 'win32' ? name.toUpperCase() : name)

const removed = new Set(REMOVED.map(normalize))

/** The environment of a wrapped command: that of the step as a `run:` step has it. */
const commandEnv = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !removed.has(normalize(name))))
