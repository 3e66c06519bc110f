/** Reads values of unknown shape, such as events, answers and saved state, without casts. */

export type JsonObject = Readonly<Record<string, unknown>>

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a path of own keys, or `undefined`. */
export function get(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const key of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return undefined
    current = current[key]
  }
  return current
}

/** The text at a path; empty if there is none. */
export function getText(value: unknown, ...path: readonly string[]): string {
  const found = get(value, ...path)
  return typeof found === 'string' ? found : ''
}

const MAX_SHORT_CHARS = 8 * 1024

/** The text at a path; empty if it has more than 8 Ki characters: a record with it would not fit into a variable. */
export function getShortText(value: unknown, ...path: readonly string[]): string {
  const text = getText(value, ...path)
  return text.length > MAX_SHORT_CHARS ? '' : text
}

export const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0

/** The positive integer at a path, as a number or as decimal digits; `undefined` if there is none. */
export function getId(value: unknown, ...path: readonly string[]): number | undefined {
  const found = get(value, ...path)
  const number = typeof found === 'string' && /^[0-9]{1,16}$/.test(found) ? Number(found) : found
  return isId(number) ? number : undefined
}

/** The value of a JSON text, or `undefined` if it is not valid JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// JSON objects are also handled as text: numbers then keep all their digits, and a deeply nested value, with which
// `JSON.stringify` overflows the stack, does no harm.
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/** The members of the JSON object in a text: keys, and values as text without blanks. Empty for any other text. */
export function membersOf(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  if (!isJsonObject(parseJson(text))) return members
  let depth = 0
  let key = ''
  let value: string | undefined
  for (const [token] of text.matchAll(TOKENS)) {
    if (depth === 1 && (token === ',' || token === '}')) {
      if (value !== undefined) members.set(key, value)
      value = undefined
    } else if (value !== undefined) {
      value += token
    } else if (depth === 1) {
      if (token === ':') value = ''
      else key = JSON.parse(token)
    }
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
  }
  return members
}

/** The text of a JSON object with these members, whose values are JSON texts. */
export const objectText = (members: Iterable<readonly [string, string]>): string =>
  `{${[...members].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`

/** How a field of a saved record is parsed. An invalid or missing value becomes the default. */
export type Field<T> = (value: unknown) => T

/** The record that a table of fields describes. */
export type Parsed<Table extends Readonly<Record<string, Field<unknown>>>> = {
  readonly [Name in keyof Table]: ReturnType<Table[Name]>
}

export const text: Field<string> = value => (typeof value === 'string' ? value : '')
/** A positive integer; 0 if it is not known. */
export const id: Field<number> = value => (isId(value) ? value : 0)
export const flag =
  (fallback: boolean): Field<boolean> =>
  value =>
    typeof value === 'boolean' ? value : fallback
export const optional =
  <T extends string>(choices: readonly T[]): Field<T | undefined> =>
  value =>
    choices.find(each => each === value)
export const choice =
  <T extends string>(choices: readonly T[], fallback: NoInfer<T>): Field<T> =>
  value =>
    optional(choices)(value) ?? fallback

/** Parses the fields of a table from a value of unknown shape. */
export const parseFields = <Table extends Readonly<Record<string, Field<unknown>>>>(
  table: Table,
  value: unknown
): Parsed<Table> =>
  Object.fromEntries(Object.entries(table).map(([name, parse]) => [name, parse(get(value, name))])) as Parsed<Table>
