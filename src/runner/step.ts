import type { ReadInput } from '../inputs/parsers.ts'
import { type Clock, realClock } from '../lib/clock.ts'
import type { Section } from '../lib/errors.ts'
import { type Summary, truncateSummary } from '../lib/markdown.ts'
import { createRedactor } from '../lib/redact.ts'
import { sanitizeLine } from '../lib/text.ts'
import { type Env, seeSection } from './addresses.ts'
import { openRunnerFile, restoreFile, sizeOf } from './runner-file.ts'
import { type Toolkit, toolkitOf } from './toolkit.ts'

export const STATE_NAME = 'record'
// The runner cuts an annotation there.
const MAX_MESSAGE_CHARS = 4096
// A text that holds a server's line breaks must not flood the log.
const MAX_LINES = 100

// The runner drops a larger summary as a whole (CreateStepSummaryCommand).
const MAX_SUMMARY_BYTES = 1024 * 1024
const SUMMARY_TOO_LARGE =
  'The job summary of this action is left out: with what the command wrote, it would exceed 1 MiB, and the runner would drop both.'

const STATE_LOSS = 'The post step looks for the deployment of this job on GitHub instead.'
const OUTPUT_LOSS = 'Later steps cannot read them.'

/** One fact for each line. The texts can contain untrusted text, which the log makes safe. */
export interface Log {
  info(text: string): void
  notice(text: string): void
  /** Ends with a link to the section of the troubleshooting page. */
  warning(text: string, section: Section): void
}

/** Everything outside of the program. A test passes another one. */
export interface Host {
  readonly env: Env
  readonly toolkit: Toolkit
  readonly clock: Clock
}

export const hostOf = (env: Env): Host => ({ env, toolkit: toolkitOf(env), clock: realClock })

/** The step's access to the runner. Its output is safe and contains no token. */
export interface Step {
  readonly env: Env
  readonly clock: Clock
  readonly input: ReadInput
  readonly log: Log
  /** Writes to the debug log; `undefined` if it is off, so that it costs nothing. */
  readonly debug: ((text: string) => void) | undefined
  readonly savedState: string
  /** Returns whether the state is saved. */
  saveState(text: string): boolean
  setOutput(name: string, value: string): void
  /** Writes state and outputs again if their files were deleted. */
  restoreFiles(): void
  writeSummary(summary: Summary): void
  /** A text without the tokens that it may hold. */
  readonly redact: (text: string) => string
  /** Keeps a value out of the log, as the runner does with secrets. */
  mask(secret: string): void
  /** Fails the step with one annotation, which ends with a link to the section of the troubleshooting page. */
  fail(text: string, section: Section): void
}

export function openStep({ env, toolkit, clock }: Host): Step {
  const masked = new Set<string>()
  // The runner masks registered secrets. This covers every text of the action, on any runner.
  const { redact: clean, add } = createRedactor()
  const lines = (text: string) =>
    clean(text)
      .split('\n', MAX_LINES)
      // Once more: a line that is cut may end in the middle of a secret.
      .map(line => clean(sanitizeLine(line)))
  const message = (text: string, section?: Section) => {
    const link = section ? `\n${seeSection(env, section)}` : ''
    const body = lines(text).join('\n')
    return `${body.slice(0, MAX_MESSAGE_CHARS - link.length)}${link}`
  }
  const warning = (text: string, section: Section) => toolkit.warning(message(text, section))
  const notHandedOn = new Set<string>()
  const handedOn = (what: string, loss: string, write: () => void) => {
    try {
      write()
      return true
    } catch {
      // Warn once for each file.
      if (notHandedOn.has(what)) return false
      notHandedOn.add(what)
      warning(
        `${what} could not be saved: the runner's file is missing or read-only, or the disk is full. ${loss}`,
        'runnerFiles'
      )
      return false
    }
  }
  const state = openRunnerFile(env['GITHUB_STATE'], toolkit.saveState)
  const outputs = openRunnerFile(env['GITHUB_OUTPUT'], toolkit.setOutput)
  return {
    env,
    clock,
    redact: clean,
    input: name => toolkit.getInput(name),
    savedState: toolkit.getState(STATE_NAME),
    log: {
      info: text => {
        for (const line of lines(text)) toolkit.info(line)
      },
      notice: text => toolkit.notice(message(text)),
      warning
    },
    debug: toolkit.isDebug()
      ? text => {
          for (const line of lines(text)) toolkit.debug(line)
        }
      : undefined,
    saveState: text => handedOn('The state', STATE_LOSS, () => state.set(STATE_NAME, clean(text))),
    setOutput(name, value) {
      handedOn('The outputs', OUTPUT_LOSS, () => outputs.set(name, clean(value)))
    },
    restoreFiles() {
      handedOn('The state', STATE_LOSS, state.restore)
      handedOn('The outputs', OUTPUT_LOSS, outputs.restore)
    },
    writeSummary(summary) {
      const path = env['GITHUB_STEP_SUMMARY']
      try {
        restoreFile(path)
        const size = sizeOf(path)
        // What the command wrote can end without a line break, or in HTML, which ends at an empty line.
        const text = `${size > 0 ? '\n\n' : ''}${clean(truncateSummary(summary))}`
        if (size + Buffer.byteLength(`${text}\r\n`) > MAX_SUMMARY_BYTES) {
          return toolkit.notice(message(SUMMARY_TOO_LARGE))
        }
        toolkit.writeSummary(text)
      } catch {
        warning('The job summary could not be written. The deployment is not affected.', 'runnerFiles')
      }
    },
    mask(secret) {
      if (secret === '' || masked.has(secret)) return
      masked.add(secret)
      add(secret)
      toolkit.setSecret(secret)
    },
    fail: (text, section) => toolkit.setFailed(message(text, section))
  }
}
