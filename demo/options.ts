import { parseArgs } from 'node:util'

export const HELP = `npm run demo                 five stories on a local GitHub, as text
npm run demo -- --open       the same, slowly, with GitHub's page of deployments in the browser

  --open            serve the page, open it, and keep it until Ctrl-C
  --port <number>   the port of the local GitHub, with --open; a free one where not given
  --pace <seconds>  how long each step of a workflow takes at least, with --open; 2 where not given
  --help            show this`

/** A command line that asks for what there is not. */
export class OptionError extends Error {}

export interface DemoOptions {
  readonly help: boolean
  readonly open: boolean
  readonly port: number
  readonly paceMs: number
}

const MAX_PORT = 65_535
const MAX_PACE_SECONDS = 60

/** Reads the command line; what is wrong with it is an error that names the option. */
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
    paceMs:
      1000 * numberOf('pace', pace ?? '2', { most: MAX_PACE_SECONDS, pattern: /^\d+(\.\d+)?$/ })
  }
}

function numberOf(
  name: string,
  text: string,
  { most, pattern }: { most: number; pattern: RegExp }
) {
  const number = Number(text)
  if (pattern.test(text) && number <= most) return number
  throw new OptionError(`--${name}: expected a number from 0 to ${most}, got "${text}"`)
}
