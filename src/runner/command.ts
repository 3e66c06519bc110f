import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exec } from '@actions/exec'
import type { Command, Shell } from '../inputs/types.ts'
import { InputError } from '../lib/errors.ts'
import type { Env } from './context.ts'
import { parseOutputs } from './output-file.ts'
import { groupIn } from './process-group.ts'

/** How a wrapped command ended: by itself with a code, or by a signal that was meant for the step. */
export interface CommandEnd {
  readonly exitCode: number
  readonly wasInterrupted: boolean
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
    line: file => ['cmd', '/D', '/E:ON', '/V:OFF', '/S', '/C', `CALL "${file}"`]
  },
  python: { ending: 'py', line: file => ['python', file] }
}

// What GitHub adds to a script so that a failing command in the middle is not passed over.
const POWERSHELL_HEAD = "$ErrorActionPreference = 'stop'\n"
const POWERSHELL_TAIL =
  '\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }'

const LEFTOVERS_MS = 1_000

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs a command as a `run:` step would, its output streamed as it comes. A signal to this step is passed
 * on to the command's whole process group, of which then nothing is left running; the command has then no
 * exit code that counts.
 */
export async function runCommand(command: Command, env: Env): Promise<CommandEnd> {
  const folder = mkdtempSync(join(env['RUNNER_TEMP'] || tmpdir(), 'deploy-command-'))
  const outputFile = join(folder, 'output')
  const groupFile = join(folder, 'group')
  writeFileSync(outputFile, '')
  const group = groupIn(groupFile)
  for (const signal of SIGNALS) process.on(signal, group.forwardSignal)
  try {
    const exitCode = await start(command, folder, groupFile, { ...env, GITHUB_OUTPUT: outputFile })
    await group.end()
    const outputs = parseOutputs(readFileSync(outputFile, 'utf8'))
    return { exitCode, wasInterrupted: group.wasInterrupted(), outputs }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new InputError(`run: the command could not be started with ${command.shell}: ${reason}`)
  } finally {
    for (const signal of SIGNALS) process.off(signal, group.forwardSignal)
    remove(folder)
  }
}

/** On Windows what the command left running may hold a file of it: the runner empties the parent anyway. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Not worth turning a deploy red for.
  }
}

async function start(
  command: Command,
  folder: string,
  groupFile: string,
  env: Env
): Promise<number> {
  const { ending, line } = SHELLS[command.shell]
  const file = join(folder, `script.${ending}`)
  writeFileSync(file, scriptOf(command), { mode: 0o700 })
  // Node's own launcher gives the command a process group of its own, which exec cannot.
  const launcher = join(dirname(fileURLToPath(import.meta.url)), 'launch.js')
  return exec(`"${process.execPath}"`, [launcher, groupFile, ...line(file)], {
    env: cleaned(env),
    ...(command.workingDirectory !== '' && { cwd: command.workingDirectory }),
    ignoreReturnCode: true,
    // Its input is at its end, as in a `run:` step.
    input: Buffer.alloc(0),
    // What it leaves running may keep its output open: not waited for any longer.
    delay: LEFTOVERS_MS,
    // Silent about its own command line; the command's output comes through as it is.
    silent: true,
    listeners: {
      stdout: data => process.stdout.write(data),
      stderr: data => process.stderr.write(data)
    }
  })
}

function scriptOf({ run, shell }: Command): string {
  if (shell === 'pwsh' || shell === 'powershell')
    return `${POWERSHELL_HEAD}${run}${POWERSHELL_TAIL}`
  if (shell === 'cmd') return `@echo off\r\n${run.replace(/\r?\n/g, '\r\n')}`
  return `${run}\n`
}

/** The step's environment without what belongs to this action: its inputs and its state. */
function cleaned(env: Env): Record<string, string> {
  const isOurs = (name: string) => /^(INPUT_|STATE_)/i.test(name) || name === 'GITHUB_STATE'
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !isOurs(entry[0])
    )
  )
}
