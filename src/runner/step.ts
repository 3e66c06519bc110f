import type { ReadInput } from '../inputs/parsers.ts'
import { type Clock, realClock } from '../lib/clock.ts'
import { type Summary, truncateSummary } from '../lib/markdown.ts'
import { createRedactor } from '../lib/redact.ts'
import { sanitizeLine } from '../lib/text.ts'
import type { Env } from './context.ts'
import { type Toolkit, toolkitOf } from './toolkit.ts'

export const STATE_NAME = 'begun'
// The runner cuts an annotation there.
const MAX_MESSAGE_CHARS = 4096
// A text that holds a server's line breaks must not flood the log.
const MAX_LINES = 100

const STATE_LOSS =
  'The post step will not know what was begun: a deployment that stays open is closed with "mode: finish" and its "deployment-id".'
const OUTPUT_LOSS = 'Later steps do not see them; the log names the deployment.'

/** One fact a line; the texts may hold a stranger's words, the log makes them harmless. */
export interface Log {
  info(text: string): void
  warning(text: string): void
  /** Folds what the work says under a title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}

/** Everything outside of the program. A test hands in another one; nobody else reads the process. */
export interface Host {
  readonly env: Env
  readonly toolkit: Toolkit
  readonly clock: Clock
}

export const hostOf = (env: Env): Host => ({ env, toolkit: toolkitOf(env), clock: realClock })

/** The step's side of the runner. What it prints is harmless, and holds no token. */
export interface Step {
  readonly env: Env
  readonly clock: Clock
  readonly input: ReadInput
  readonly log: Log
  /** Tells the debug log; `undefined` where it is off, so that it costs nothing then. */
  readonly debug: ((text: string) => void) | undefined
  readonly savedState: string
  saveState(text: string): void
  setOutput(name: string, value: string): void
  writeSummary(summary: Summary): Promise<void>
  /** A text without the tokens that it may hold. */
  readonly redact: (text: string) => string
  /** Keeps a value out of the log, as the runner does with secrets. */
  mask(secret: string): void
  /** Fails the step with one annotation. */
  fail(text: string): void
}

export function openStep({ env, toolkit, clock }: Host): Step {
  const masked = new Set<string>()
  // The runner masks what it knows; this holds for every text of ours, in any runner.
  const { redact: clean, add } = createRedactor()
  const lines = (text: string) =>
    clean(text)
      .split('\n', MAX_LINES)
      // Once more: a line that is cut may end in the middle of a secret.
      .map(line => clean(sanitizeLine(line)))
  const message = (text: string) => lines(text).join('\n').slice(0, MAX_MESSAGE_CHARS)
  const warning = (text: string) => toolkit.warning(message(text))
  const notHandedOn = new Set<string>()
  const handedOn = (what: string, loss: string, write: () => void) => {
    try {
      write()
    } catch {
      // One word for all of them.
      if (notHandedOn.has(what)) return
      notHandedOn.add(what)
      warning(
        `${what} could not be handed on to the runner: the file is missing, full or read-only. ${loss}`
      )
    }
  }
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
      warning,
      async group(title, work) {
        toolkit.startGroup(lines(title).join(' '))
        try {
          return await work()
        } finally {
          toolkit.endGroup()
        }
      }
    },
    debug: toolkit.isDebug()
      ? text => {
          for (const line of lines(text)) toolkit.debug(line)
        }
      : undefined,
    saveState: text =>
      handedOn('The state', STATE_LOSS, () => toolkit.saveState(STATE_NAME, clean(text))),
    setOutput: (name, value) =>
      handedOn('The outputs', OUTPUT_LOSS, () => toolkit.setOutput(name, clean(value))),
    async writeSummary(summary) {
      try {
        await toolkit.writeSummary(clean(truncateSummary(summary)))
      } catch {
        warning('The job summary could not be written; nothing else is affected.')
      }
    },
    mask(secret) {
      if (secret === '' || masked.has(secret)) return
      masked.add(secret)
      add(secret)
      toolkit.setSecret(secret)
    },
    fail: text => toolkit.setFailed(message(text))
  }
}
