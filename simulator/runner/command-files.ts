import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The runner's file commands and the prefixes of their files (FileCommandManager.cs). */
const PREFIXES = {
  env: 'set_env_',
  output: 'set_output_',
  path: 'add_path_',
  state: 'save_state_',
  step_summary: 'step_summary_'
} as const

export type FileCommand = keyof typeof PREFIXES

/** The command files of one stage. */
export interface CommandFiles {
  /** `GITHUB_ENV`, `GITHUB_OUTPUT`, and so on. */
  env: Record<string, string>
  /**
   * The text of a file, decoded by its byte order mark; `''` if the file doesn't exist. The runner skips files of 0 bytes,
   * so a FIFO does not block it.
   */
  read(command: FileCommand): string
}

/**
 * Creates empty command files in `RUNNER_TEMP`. As on GitHub, they stay there until the job ends and
 * are read by path: a step can delete them, and a file that is written again counts.
 */
export function createCommandFiles(temp: string): CommandFiles {
  const folder = join(temp, '_runner_file_commands')
  const suffix = randomUUID()
  const pathOf = (command: FileCommand): string => join(folder, PREFIXES[command] + suffix)
  const commands = Object.keys(PREFIXES) as FileCommand[]
  mkdirSync(folder, { recursive: true })
  for (const command of commands) writeFileSync(pathOf(command), '')
  return {
    env: Object.fromEntries(commands.map(command => [`GITHUB_${command.toUpperCase()}`, pathOf(command)])),
    read: command => {
      const path = pathOf(command)
      return statSync(path, { throwIfNoEntry: false })?.isFile() ? decode(readFileSync(path)) : ''
    }
  }
}

/** Decodes text as .NET's `File.ReadAllText` does: by byte order mark, otherwise as UTF-8. */
export function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
