/** Text from users, strangers and servers, made harmless for logs and short enough for GitHub. */

const MAX_SHOWN_CHARS = 1024
export const MAX_DESCRIPTION_CHARS = 140

// Control characters, line and paragraph separators, and the invisible ones that reorder or hide text.
const INVISIBLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu

const escapeOf = (character: string): string => {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/**
 * One harmless line: control and hiding characters become visible escapes, and the runner's two command
 * forms are broken up (`##[` is live anywhere in a line, `::` only at its start).
 */
export function sanitizeLine(text: string, limit = MAX_SHOWN_CHARS): string {
  const wellFormed = text.slice(0, limit * 2).toWellFormed()
  const shown = wellFormed.replace(INVISIBLE, escapeOf).replaceAll('##[', '## [')
  const safe = shown.replace(/^(\s*):(?=:)/, '$1: ')
  return safe.length > limit ? `${truncate(safe, limit)}` : safe
}

/** The first invisible or control character of a text and where it stands, if there is one. */
export function hiddenCharacter(text: string): { name: string; position: number } | undefined {
  const position = text.search(INVISIBLE)
  if (position < 0) return undefined
  const code = (text.codePointAt(position) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { name: `U+${code}`, position: position + 1 }
}

/** Length as GitHub counts it: in code points. */
const lengthOf = (text: string): number => [...text].length

/** Cuts to `limit` code points, the ellipsis included, never inside what a reader sees as one character. */
export function truncate(text: string, limit: number): string {
  // Enough to see that it is too long, and no more: a text can be of megabytes.
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

/** A description: what happened first, the user's words after it, within GitHub's limit. */
export function description(reason: string, userText: string): string {
  const both = [reason, userText].filter(part => part !== '').join(': ')
  return truncate(both, MAX_DESCRIPTION_CHARS)
}
