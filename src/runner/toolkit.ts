import { existsSync } from 'node:fs'
import * as core from '@actions/core'
import { trimBlanks } from '../inputs/parsers.ts'
import type { Env } from './addresses.ts'

/** The runner as a step meets it: inputs, files, commands, exit code. */
export interface Toolkit {
  getInput(name: string): string
  getState(name: string): string
  /** Both write a file of the runner, which may be missing or full: then they throw. */
  saveState(name: string, value: string): void
  setOutput(name: string, value: string): void
  writeSummary(markdown: string): Promise<void>
  info(line: string): void
  /** Whether debug logging is enabled. */
  isDebug(): boolean
  debug(line: string): void
  notice(message: string): void
  warning(message: string): void
  setSecret(secret: string): void
  setFailed(message: string): void
}

/** GitHub's own toolkit. */
export const toolkitOf = (env: Env): Toolkit => ({
  getInput: name => trimBlanks(core.getInput(name, { trimWhitespace: false })),
  getState: core.getState,
  info: core.info,
  isDebug: core.isDebug,
  debug: core.debug,
  notice: message => core.notice(message),
  warning: message => core.warning(message),
  setSecret: core.setSecret,
  setFailed: message => core.setFailed(message),
  saveState(name, value) {
    if (hasFile(env, 'GITHUB_STATE')) core.saveState(name, value)
  },
  setOutput(name, value) {
    if (hasFile(env, 'GITHUB_OUTPUT')) core.setOutput(name, value)
  },
  async writeSummary(markdown) {
    if (hasFile(env, 'GITHUB_STEP_SUMMARY')) await core.summary.addRaw(markdown, true).write()
  }
})

/**
 * Whether the runner names a file for this command. Without one, the toolkit would print a deprecated workflow command.
 * Throws if the file is missing.
 */
function hasFile(env: Env, variable: string): boolean {
  const path = env[variable]
  if (!path) return false
  if (!existsSync(path)) throw new Error(`${variable}: the file is missing`)
  return true
}
