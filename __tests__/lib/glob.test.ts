import { expect, test } from '@jest/globals'
import { isGlob, matches, matchesAny } from '../../src/lib/glob.ts'

test.each([
  ['production', 'production'],
  ['Production', 'pRODUCTION'],
  ['*', ''],
  ['*', 'a/b/c'],
  ['**', 'x'],
  ['pr-12/*', 'pr-12/web/eu'],
  ['pr-12/*', 'pr-12/'],
  ['*/web', 'pr-12/web'],
  ['pr-*-eu', 'pr-1-2-eu'],
  ['pr-?', 'pr-7'],
  ['??', '日本'],
  ['?', '🚀'],
  ['?', '/'],
  ['*a*b*', 'xxaxxbxx'],
  ['*ab', 'aab'],
  ['a*', 'A🚀'],
  ['[qa].(x)+$^{1,2}\\', '[QA].(x)+$^{1,2}\\'],
  ['ÉTAPE', 'étape']
])('%s matches %s', (pattern, name) => {
  expect(matches(pattern, name)).toBe(true)
})

test.each([
  ['', 'a'],
  ['prod', 'production'],
  ['production', 'prod'],
  ['pr-1', 'pr-12'],
  ['pr-1/*', 'pr-1'],
  ['pr-1/*', 'pr-12/web'],
  ['pr-?', 'pr-'],
  ['pr-?', 'pr-77'],
  ['*/web', 'web'],
  ['[abc]', 'a'],
  ['a.c', 'abc'],
  ['q+', 'qq'],
  ['{a,b}', 'a'],
  ['a|b', 'a'],
  ['*a', 'ab'],
  ['a*b*c', 'acb'],
  ['^a', 'a']
])('%s does not match %s', (pattern, name) => {
  expect(matches(pattern, name)).toBe(false)
})

test('only * and ? make a glob', () => {
  expect(['a*', '?'].map(isGlob)).toEqual([true, true])
  expect(['a', '[a]', '{a,b}', '!a', '\\', '+(a)'].some(isGlob)).toBe(false)
  expect(matchesAny(['a', 'b*'], 'BC')).toBe(true)
  expect(matchesAny([], 'a')).toBe(false)
})

/** A simple matcher to compare the fast one with. */
const slow = (pattern: string, name: string): boolean => {
  const [first, ...rest] = pattern
  if (first === undefined) return name === ''
  if (first === '*') {
    return slow(rest.join(''), name) || (name !== '' && slow(pattern, name.slice(1)))
  }
  return name !== '' && (first === '?' || first === name[0]) && slow(rest.join(''), name.slice(1))
}

const words = (letters: string, length: number): string[] =>
  length === 0 ? [''] : words(letters, length - 1).flatMap(word => [word, ...[...letters].map(each => word + each)])

test('it agrees with a simple matcher on every short pattern and name', () => {
  const names = new Set(words('ab', 5))
  const disagreements: string[] = []
  for (const pattern of new Set(words('ab*?', 4))) {
    for (const name of names) {
      if (matches(pattern, name) !== slow(pattern, name)) disagreements.push(`${pattern} ${name}`)
    }
  }
  expect(disagreements).toEqual([])
})

test('matching takes at most the length of the pattern times the length of the name', () => {
  // A matcher that backtracks to every star would not finish these.
  expect(matches(`${'*a'.repeat(127)}b`, 'a'.repeat(255))).toBe(false)
  expect(matches(`${'*a*'.repeat(85)}`, 'a'.repeat(255))).toBe(true)
  expect(matches(`${'?*'.repeat(127)}!`, 'a'.repeat(255))).toBe(false)
})
