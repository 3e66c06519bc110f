import { expect } from '@jest/globals'
import { parseCommands } from '../../simulator/runner/index.ts'

/** The workflow commands that the action prints. Outputs and state are written to files. */
const OURS = ['add-mask', 'debug', 'notice', 'warning', 'error', 'endgroup']

interface Streams {
  readonly stdout: string
  readonly stderr: string
}

/** Where a stage of the action can show a token. */
export interface Left extends Streams {
  readonly outputs?: Readonly<Record<string, string>>
  readonly state?: Readonly<Record<string, string>>
  readonly summary?: string
}

const logOf = ({ stdout, stderr }: Streams): string => `${stdout}\n${stderr}`

/** The log contains no workflow command besides the action's own, in their form. */
export function expectOnlyOurCommands(streams: Streams): void {
  const others = parseCommands(logOf(streams)).filter(({ name, form }) => form !== '::' || !OURS.includes(name))
  expect(others).toEqual([])
}

/** The token is in no output in any encoding, except in the command that masks it. */
export function expectNoToken(left: Left, token: string): void {
  const log = logOf(left).split('\n')
  const places = {
    log: log.filter(line => !line.startsWith('::add-mask::')).join('\n'),
    // As a browser displays it.
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

/** The encodings of a token. Base64 has three, since it encodes three bytes at a time. */
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
