import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync } from 'node:fs'
import { linesOf } from '../../simulator/runner/index.ts'
import type { Host } from '../../src/index.ts'
import { trimBlanks } from '../../src/inputs/parsers.ts'

type Env = Readonly<Record<string, string>>

const escaped = (message: string): string => message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')

/**
 * Does what `src/runner/toolkit.ts` does with `@actions/core`, but with the environment and the output of one stage
 * instead of those of the process. `in-process.test.ts` compares the two.
 */
export function toolkitOf(env: Env, onLine: (line: string) => void) {
  let exitCode = 0
  const print = (text: string): void => {
    for (const line of linesOf(`${text}\n`).slice(0, -1)) onLine(line)
  }
  const issue = (name: string, message = ''): void => print(`::${name}::${escaped(message)}`)
  const append = (variable: string, text: string): void => {
    const path = env[variable]
    if (!path) return
    if (!existsSync(path)) throw new Error(`${variable}: the file is missing`)
    appendFileSync(path, text)
  }
  const appendPair = (variable: string, name: string, value: string): void => {
    const delimiter = `ghadelimiter_${randomUUID()}`
    append(variable, `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
  }
  const toolkit: Host['toolkit'] = {
    getInput: name => trimBlanks(env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? ''),
    getState: name => env[`STATE_${name}`] ?? '',
    saveState: (name, value) => appendPair('GITHUB_STATE', name, value),
    setOutput: (name, value) => appendPair('GITHUB_OUTPUT', name, value),
    writeSummary: markdown => append('GITHUB_STEP_SUMMARY', `${markdown}\n`),
    info: print,
    isDebug: () => env['RUNNER_DEBUG'] === '1',
    debug: message => issue('debug', message),
    notice: message => issue('notice', message),
    warning: message => issue('warning', message),
    setSecret: secret => issue('add-mask', secret),
    setFailed: message => {
      exitCode = 1
      issue('error', message)
    }
  }
  return { toolkit, exitCode: () => exitCode }
}
