import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Shell } from '../inputs/types.ts'
import { InputError, messageOf } from '../lib/errors.ts'
import type { Env } from './context.ts'
import { parseOutputs } from './output-file.ts'
import { type ProgramEnd, runInGroup } from './process-group.ts'

/** How a wrapped command ended. An exit code counts only if the command was not interrupted. */
export interface CommandEnd extends ProgramEnd {
  /** What it wrote to `$GITHUB_OUTPUT`. */
  readonly outputs: ReadonlyMap<string, string>
}

/** How GitHub starts each shell: the file's ending and the command line around it. */
const SHELLS: Readonly<Record<Shell, { ending: string; line: (file: string) => string[] }>> = {
  bash: {
    ending: 'sh',
    line: file => ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', file]
  },
  sh: { ending: 'sh', line: file => ['sh', '-e', file] },
  pwsh: { ending: 'ps1', line: file => ['pwsh', '-command', `. '${file}'`] },
  powershell: { ending: 'ps1', line: file => ['powershell', '-command', `. '${file}'`] },
  cmd: {
    ending: 'cmd',
    line: file => ['cmd', '/D', '/E:ON', '/V:OFF', '/S', '/C', `"CALL "${file}""`]
  },
  python: { ending: 'py', line: file => ['python', file] }
}

// What GitHub adds to a script so that a failing command in the middle is not passed over.
const POWERSHELL_HEAD = "$ErrorActionPreference = 'stop'\n"
const POWERSHELL_TAIL =
  '\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }'

/**
 * Runs a command as a `run:` step does. A signal to this step is passed on to the command's process group, of which
 * nothing is left running then, and the command has no exit code that counts. Throws an InputError if the command
 * could not be started.
 */
export async function runCommand(command: Command, env: Env): Promise<CommandEnd> {
  const folder = mkdtempSync(join(env['RUNNER_TEMP'] || tmpdir(), 'deploy-command-'))
  try {
    const outputFile = join(folder, 'output')
    writeFileSync(outputFile, '')
    // What was printed before comes first in the log. Node makes the stream non-blocking when it is first used, and
    // the command would inherit that if it happened later.
    await new Promise(resolve => process.stdout.write('', resolve))
    const end = await runShell(command, folder, { ...cleaned(env), GITHUB_OUTPUT: outputFile })
    return { ...end, outputs: parseOutputs(readFileSync(outputFile, 'utf8')) }
  } catch (error) {
    throw new InputError(
      `run: the command could not be started with ${command.shell}: ${messageOf(error)}`
    )
  } finally {
    remove(folder)
  }
}

function runShell(command: Command, folder: string, env: Env): Promise<ProgramEnd> {
  const { ending, line } = SHELLS[command.shell]
  const script = join(folder, `script.${ending}`)
  writeFileSync(script, scriptOf(command), { mode: 0o700 })
  const [file = '', ...args] = line(script)
  return runInGroup({ file, args, cwd: command.workingDirectory, env })
}

/** On Windows a process that the command left running may hold a file open. The runner empties the parent anyway. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Not worth a failed deploy.
  }
}

function scriptOf({ run, shell }: Command): string {
  if (shell === 'pwsh' || shell === 'powershell')
    return `${POWERSHELL_HEAD}${run}${POWERSHELL_TAIL}`
  if (shell === 'cmd') return `@echo off\r\n${run.replace(/\r?\n/g, '\r\n')}`
  return `${run}\n`
}

/** The step's environment without what belongs to this action: its inputs and its state. */
const cleaned = (env: Env): Env =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(INPUT_|STATE_|GITHUB_STATE$)/i.test(name))
  )
