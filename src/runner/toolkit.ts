import { appendFileSync } from 'node:fs'
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
  writeSummary(markdown: string): void
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
  // Without the runner's variable, the toolkit would print a deprecated workflow command.
  saveState(name, value) {
    if (env['GITHUB_STATE']) core.saveState(name, value)
  },
  setOutput(name, value) {
    if (env['GITHUB_OUTPUT']) core.setOutput(name, value)
  },
  // Without `core.summary`, which loads `fs.promises` and the modules that it needs.
  writeSummary(markdown) {
    const path = env['GITHUB_STEP_SUMMARY']
    if (path) appendFileSync(path, `${markdown}\n`)
  }
})
