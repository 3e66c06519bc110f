import type { Command, Shell } from '../inputs/types.ts'

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
