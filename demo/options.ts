import { parseArgs } from 'node:util'

export const HELP = `Usage: npm run demo [-- <options>]

Runs five deploy scenarios on a simulated GitHub and prints what GitHub shows after each.

Options:
  --open            Show the pages of the simulated GitHub in a browser, until Ctrl-C
  --port <number>   Port of the simulated GitHub, with --open (default: a free port)
  --pace <seconds>  Minimum duration of each workflow step, with --open (default: 2)
  --help            Show this help`

/** An invalid command line. */
export class OptionError extends Error {}

export interface DemoOptions {
  readonly help: boolean
  readonly open: boolean
  readonly port: number
  readonly paceMs: number
}

const MAX_PORT = 65_535
const MAX_PACE_SECONDS = 60

/** Parses the command line. Throws an OptionError that names the invalid option. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      open: { type: 'boolean', default: false },
      port: { type: 'string' },
      pace: { type: 'string' }
    }
  })
  const { help, open, port, pace } = values
  if (!open && (port !== undefined || pace !== undefined)) {
    throw new OptionError(`--${port === undefined ? 'pace' : 'port'} needs --open`)
  }
  return {
    ...{ help, open },
    port: numberOf('port', port ?? '0', { most: MAX_PORT, pattern: /^\d+$/ }),
    paceMs: 1000 * numberOf('pace', pace ?? '2', { most: MAX_PACE_SECONDS, pattern: /^\d+(\.\d+)?$/ })
  }
}

function numberOf(name: string, text: string, { most, pattern }: { most: number; pattern: RegExp }) {
  const number = Number(text)
  if (pattern.test(text) && number <= most) return number
  throw new OptionError(`--${name}: expected a number from 0 to ${most}, got "${text}"`)
}
