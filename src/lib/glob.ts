/**
 * Matches a name against a pattern without regard to case: `*` is any run of characters, `/` included,
 * `?` is one character, nothing else is special.
 *
 * Only the last star is ever tried again, so that no pattern needs more steps than its length times the
 * name's: at most 65,025 for two of 255 characters, where a regular expression could run for ever.
 */
export function matches(pattern: string, name: string): boolean {
  const wanted = [...pattern.toLowerCase()]
  const given = [...name.toLowerCase()]
  let atPattern = 0
  let atName = 0
  let lastStar = -1
  let afterStar = 0
  while (atName < given.length) {
    if (wanted[atPattern] === '*') {
      lastStar = atPattern++
      afterStar = atName
    } else if (wanted[atPattern] === '?' || wanted[atPattern] === given[atName]) {
      atPattern++
      atName++
    } else if (lastStar >= 0) {
      atPattern = lastStar + 1
      atName = ++afterStar
    } else {
      return false
    }
  }
  while (wanted[atPattern] === '*') atPattern++
  return atPattern === wanted.length
}

export const isGlob = (pattern: string): boolean => /[*?]/.test(pattern)

export const matchesAny = (patterns: readonly string[], name: string): boolean =>
  patterns.some(pattern => matches(pattern, name))
