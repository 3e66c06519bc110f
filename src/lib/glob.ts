import { nameKey } from './text.ts'

/**
 * Matches a name against a pattern, ignoring case and normalization: `*` is any number of characters, `/` included, and `?` is one.
 *
 * Only the last `*` is tried again, so the number of steps is at most the length of the pattern times the length of
 * the name. A regular expression could take exponential time.
 */
export function matches(pattern: string, name: string): boolean {
  const wanted = [...nameKey(pattern)]
  const given = [...nameKey(name)]
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
