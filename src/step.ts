import { existsSync } from 'node:fs'
import * as core from '@actions/core'
import type { Env } from './context.ts'
import type { ReadInput } from './inputs/values.ts'
import type { Log } from './modes/tools.ts'
import { fitting, type Summary } from './summary.ts'
import { visible } from './text.ts'

const STATE_NAME = 'begun'

/** The step's side of the runner: inputs, outputs, state, log, summary. The only file that knows its commands. */
export interface Step {
  readonly env: Env
  readonly input: ReadInput
  readonly log: Log
  readonly savedState: string
  saveState(text: string): void
  setOutput(name: string, value: string): void
  writeSummary(summary: Summary): Promise<void>
  /** Keeps a value out of the log, as the runner does with secrets. */
  mask(secret: string): void
  /** Fails the step with one annotation. */
  fail(text: string): void
}

export function openStep(env: Env): Step {
  let secrets: string[] = []
  // The runner masks what it knows; this holds for every text of ours, in any runner.
  const clean = (text: string) =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  const lines = (text: string) =>
    clean(text)
      .split('\n')
      .map(line => visible(line))
  const message = (text: string) => lines(text).join('\n').slice(0, 4096)
  const warning = (text: string) => core.warning(message(text))
  return {
    env,
    input: name => core.getInput(name),
    savedState: core.getState(STATE_NAME),
    log: {
      info: text => {
        for (const line of lines(text)) core.info(line)
      },
      warning
    },
    saveState: text =>
      guarded(env, 'GITHUB_STATE', warning, () => core.saveState(STATE_NAME, text)),
    setOutput: (name, value) =>
      guarded(env, 'GITHUB_OUTPUT', warning, () => core.setOutput(name, clean(value))),
    async writeSummary(summary) {
      if (!isWritable(env, 'GITHUB_STEP_SUMMARY')) return
      try {
        await core.summary.addRaw(clean(fitting(summary)), true).write()
      } catch {
        warning('The job summary could not be written; nothing else is affected.')
      }
    },
    mask(secret) {
      if (secret === '' || secrets.includes(secret)) return
      const encoded = Buffer.from(`x-access-token:${secret}`).toString('base64')
      secrets = [...secrets, secret, encoded]
      core.setSecret(secret)
    },
    fail: text => core.setFailed(message(text))
  }
}

const isWritable = (env: Env, variable: string): boolean => {
  const path = env[variable]
  return path !== undefined && path !== '' && existsSync(path)
}

/** Without its file the toolkit would fall back to a command on stdout, or throw in the middle of the work. */
function guarded(
  env: Env,
  variable: string,
  warn: (text: string) => void,
  write: () => void
): void {
  if (!isWritable(env, variable)) {
    if (env[variable])
      warn(`${variable}: the runner's file is missing, so a value is not handed on.`)
    return
  }
  try {
    write()
  } catch {
    warn(`${variable}: the runner's file could not be written, so a value is not handed on.`)
  }
}
