import { isJsonObject, parseJson } from './json.ts'

/**
 * Reads and writes JSON objects as text, without parsing their values: numbers keep all their digits, and the depth of
 * a value does not matter. `JSON.stringify` overflows the stack for a value that is nested deeply.
 */

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
