import { type Command, INPUT_NAMES, type Shell } from '../inputs/types.ts'
import type { Env } from './addresses.ts'
import { STATE_NAME } from './step.ts'

/** The file extension of a script and the command line that runs it. */
interface ShellSyntax {
  readonly extension: string
  readonly line: (script: string) => readonly [file: string, ...args: string[]]
}

/** How GitHub starts each shell (ScriptHandlerHelpers.cs). */
export const SHELL_SYNTAX: Readonly<Record<Shell, ShellSyntax>> = {
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
export function scriptOf({ run, shell }: Command): string {
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
export const commandEnv = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !removed.has(normalize(name))))
