/** Makes untrusted text safe for logs and short enough for GitHub. */

const MAX_LINE_CHARS = 1024
export const MAX_DESCRIPTION_CHARS = 140

// Control characters, line and paragraph separators, fillers and blanks without width or ink, tags, and characters that
// reorder text (https://www.unicode.org/reports/tr36/).
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\u2800\u3164\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\u034f/gu

const escapeOf = (character: string): string => {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/**
 * Converts text to one safe line. Control and invisible characters become visible escapes, and a space breaks up
 * workflow commands: `##[` works anywhere in a line, `::` only at its start.
 */
export function sanitizeLine(text: string, limit = MAX_LINE_CHARS): string {
  const wellFormed = text.slice(0, limit * 2).toWellFormed()
  const visible = wellFormed.replace(INVISIBLE, escapeOf).replaceAll('##[', '## [')
  const safe = visible.replace(/^(\s*):(?=:)/, '$1: ')
  return safe.length > limit ? truncate(safe, limit) : safe
}

/** The first invisible or control character of a text and its position, counted from 1. */
export function hiddenCharacter(text: string): { name: string; position: number } | undefined {
  const position = text.search(INVISIBLE)
  if (position < 0) return undefined
  const code = (text.codePointAt(position) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { name: `U+${code}`, position: position + 1 }
}

/** The form of a name for comparisons: names differ neither by case nor by Unicode normalization. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()

/** A count with its noun, such as `1 deployment` or `2 deployments`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Length in code points, as GitHub counts it. */
const lengthOf = (text: string): number => [...text].length

/** Truncates to `limit` code points, the ellipsis included, and never within a grapheme. */
export function truncate(text: string, limit: number): string {
  // Enough to see that it is too long; a text can have megabytes.
  const whole = text.slice(0, 2 * limit + 2).toWellFormed()
  if (lengthOf(whole) <= limit) return whole
  let kept = ''
  let length = 0
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    length += lengthOf(segment)
    if (length > limit - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

export const isTooLong = (text: string): boolean =>
  text.length > 2 * MAX_DESCRIPTION_CHARS || lengthOf(text) > MAX_DESCRIPTION_CHARS

/** A description within GitHub's limit: the reason, then the user's text. */
export function description(reason: string, userText: string): string {
  const both = [reason, userText].filter(part => part !== '').join(': ')
  return truncate(both, MAX_DESCRIPTION_CHARS)
}

/**
 * A URL, or `undefined` for text that is not one. `URL.canParse` of Node 20 rejects URLs with Latin-1 letters once V8 has
 * optimized the call.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
