import { expect } from '@jest/globals'
import { parseCommands } from '../../simulator/runner/index.ts'

/** The runner's commands that the action may say; outputs, state and the like go by files. */
const OURS = ['add-mask', 'debug', 'notice', 'warning', 'error', 'group', 'endgroup']

interface Streams {
  readonly stdout: string
  readonly stderr: string
}

/** What a stage left where somebody may read it. */
export interface Left extends Streams {
  readonly outputs?: Readonly<Record<string, string>>
  readonly state?: Readonly<Record<string, string>>
  readonly summary?: string
}

const logOf = ({ stdout, stderr }: Streams): string => `${stdout}\n${stderr}`

/** The runner finds no command in the log but ours, in the form that is ours. */
export function expectOnlyOurCommands(streams: Streams): void {
  const others = parseCommands(logOf(streams)).filter(({ name, form }) => form !== '::' || !OURS.includes(name))
  expect(others).toEqual([])
}

/** The token is nowhere in any form, but where the runner is told to mask it. */
export function expectNoToken(left: Left, token: string): void {
  const log = logOf(left).split('\n')
  const places = {
    log: log.filter(line => !line.startsWith('::add-mask::')).join('\n'),
    // As a browser shows it.
    summary: (left.summary ?? '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
    'summary, as written': left.summary ?? '',
    outputs: JSON.stringify(left.outputs ?? {}),
    state: JSON.stringify(left.state ?? {})
  }
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(formsOf(token))
      .filter(([, form]) => text.includes(form))
      .map(([name]) => `${name} in ${place}`)
  )
  expect(found).toEqual([])
}

/** How a token may be written; base64 has three forms, as it takes three bytes at a time. */
function formsOf(token: string): Record<string, string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')
  return {
    plain: token,
    url: encodeURIComponent(token),
    hexadecimal: Buffer.from(token).toString('hex'),
    base64: base64(token).slice(0, -1),
    'base64, one byte before it': base64(`:${token}`).slice(2, -1),
    'base64, two bytes before it': base64(`::${token}`).slice(3, -1)
  }
}
