/** A workflow command. */
export interface Command {
  /** As written. Names are compared case-insensitively. */
  name: string
  properties: Record<string, string>
  data: string
  /** `::name::` at the start of a line, or the older form `##[name]` anywhere in it. */
  form: '::' | '##['
  line: string
}

const NAMES = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning'
]

// The characters that .NET's TrimStart removes. JavaScript's differs in U+FEFF and U+0085.
const LEADING_BLANKS = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

type Escapes = readonly (readonly [escaped: string, plain: string])[]

// In the runner's order. `%25` is the last, so that `%250A` is the text `%0A` and not a line break.
const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%']
]
const PROPERTY: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%']
]
const OLD_FORM: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%']
]

const unescaped = (text: string, escapes: Escapes): string =>
  escapes.reduce((result, [escaped, plain]) => result.replaceAll(escaped, plain), text)

function parse(
  info: string,
  names: ReadonlySet<string>,
  separator: string,
  escapes: Escapes
): Pick<Command, 'name' | 'properties'> | undefined {
  const space = info.indexOf(' ')
  const name = space < 0 ? info : info.slice(0, space)
  if (!names.has(name.toLowerCase())) return undefined
  const properties: Record<string, string> = {}
  const list = space > 0 ? info.slice(space + 1) : ''
  for (const pair of (separator === ',' ? list.trim() : list).split(separator)) {
    // As .NET's Split with RemoveEmptyEntries and a count of two: several `=` in a row count as one.
    const [, key, value] = /^=*([^=]+)=+([^=].*)$/s.exec(pair) ?? []
    if (key !== undefined && value !== undefined) properties[key] = unescaped(value, escapes)
  }
  return { name, properties }
}

function parseNewForm(line: string, names: ReadonlySet<string>): Command | undefined {
  const message = line.replace(LEADING_BLANKS, '')
  if (!message.startsWith('::')) return undefined
  const end = message.indexOf('::', 2)
  if (end < 0) return undefined
  const head = parse(message.slice(2, end), names, ',', PROPERTY)
  return head && { ...head, data: unescaped(message.slice(end + 2), DATA), form: '::', line }
}

function parseOldForm(line: string, names: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  const head = parse(line.slice(start + 3, end), names, ';', OLD_FORM)
  return head && { ...head, data: unescaped(line.slice(end + 1), OLD_FORM), form: '##[', line }
}

/** Returns a parser for the lines of one step, which keeps the state of `stop-commands`. */
export function commandReader(): (line: string) => Command | undefined {
  const names = new Set(NAMES)
  let stopToken: string | undefined
  return line => {
    const command = parseNewForm(line, names) ?? parseOldForm(line, names)
    if (command === undefined) return undefined
    const name = command.name.toLowerCase()
    if (stopToken !== undefined) {
      if (name !== stopToken) return undefined
      names.delete(stopToken)
      stopToken = undefined
      return command
    }
    // The runner rejects a token that is empty or the name of a command.
    if (name === 'stop-commands' && command.data !== '' && !NAMES.includes(command.data)) {
      stopToken = command.data.toLowerCase()
      names.add(stopToken)
    }
    return command
  }
}

/** Splits text into lines. As in the runner, a lone carriage return ends a line. */
export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/)

/**
 * The workflow commands in the output of one step, in order, without those that `stop-commands`
 * suspends. Follows the runner's ActionCommand.cs and ActionCommandManager.cs.
 */
export function parseCommands(text: string): Command[] {
  const read = commandReader()
  return linesOf(text).flatMap(line => read(line) ?? [])
}
