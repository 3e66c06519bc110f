import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { collectMessages, type MessageCase } from '../support/catalogue.ts'
import { ROOT } from '../support/scenario.ts'
import { hasKey, pageSections } from '../support/troubleshooting-page.ts'
import { CHANGED } from './messages/changed.ts'
import { CREATE } from './messages/create.ts'
import { DEACTIVATE } from './messages/deactivate.ts'
import { FOUND } from './messages/found.ts'
import { INPUT } from './messages/input.ts'
import { LATER } from './messages/later.ts'
import { RUNNER } from './messages/runner.ts'

/**
 * Every message of the action, word by word, in a file to read from top to bottom. After an intended
 * change, run `UPDATE_MESSAGES=1 npm run jest -- catalogue` and read the difference.
 */
const FILE = join(ROOT, '__tests__', 'docs', 'messages', 'catalogue.txt')
const isUpdate = process.env['UPDATE_MESSAGES'] !== undefined

const CHAPTERS: Readonly<Record<string, Readonly<Record<string, MessageCase>>>> = {
  'Creating a deployment': CREATE,
  'Statuses and finish': LATER,
  'Many deployments': DEACTIVATE,
  'While a step runs': FOUND,
  'Concurrent changes': CHANGED,
  'The runner': RUNNER,
  'Invalid input': INPUT
}
const CASES = Object.entries(CHAPTERS).flatMap(([chapter, cases]) =>
  Object.entries(cases).map(([name, messageCase]) => ({ name: `${chapter}: ${name}`, messageCase }))
)

const found = new Map<string, string>()
const golden = new Map(
  readFileSync(FILE, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map(entry => {
      const end = entry.indexOf('\n')
      return [entry.slice(0, end), entry.slice(end + 1).trimEnd()] as const
    })
)
const keysOfPage = pageSections.flatMap(({ keys }) => keys)

afterAll(() => {
  if (!isUpdate) return
  const entries = CASES.map(({ name }) => `=== ${name}\n${found.get(name)}\n`)
  writeFileSync(FILE, entries.join('\n'))
})

test.each(CASES)('$name', async ({ name, messageCase }) => {
  const text = (await (messageCase.run ?? collectMessages)(messageCase)).join('\n')
  found.set(name, text)
  if (!isUpdate) expect(text).toBe(golden.get(name))
  expect(hasKey(text, messageCase.key)).toBe(true)
  expect(keysOfPage).toContain(messageCase.key)
  for (const message of text.split(/\n(?=Warning: |Error: )/)) if (!message.startsWith('Notice')) expectLinked(message)
  expectWhole(text, name.startsWith('Invalid input'))
})

/** The last line links to a section of the page that has a part of the message. */
function expectLinked(message: string): void {
  const [, heading] = /\nSee "(.+)" in docs\/troubleshooting\.md\.$/.exec(message) ?? []
  const section = pageSections.find(one => one.heading === heading)
  expect([message, section?.keys.some(key => hasKey(message, key))]).toEqual([message, true])
}

/** P8: the parts of the error of a failed request. */
function expectWhole(text: string, isInput: boolean): void {
  // An input error names the allowed values, which the catalogue shows.
  if (isInput) expect(text).toMatch(/^Error: /)
  // The warning itself describes what exists now.
  if (/^Warning: The (previous|final state of) deployment/.test(text)) return
  if (!/Could not (?!be)/.test(text)) return
  const [, request = ''] = /(Could not [\s\S]*)/.exec(text) ?? []
  expect(request).toMatch(/^Could not \S+ .+ in octo-org\/octo-repo: \S/)
  const answer = /: GitHub answered \d{3} (".+"|with .+) \(request id \S+\)\./
  const silence =
    /: (no connection |the connection was lost |the proxy |no answer in time|an answer that ended|GitHub redirects)/
  expect(request).toMatch(request.includes('GitHub answered') ? answer : silence)
  expect(request).toMatch(EXISTS)
  // The next step comes last.
  expect(request.slice(request.search(EXISTS)).trim().split('\n').length).toBeGreaterThan(1)
}

const EXISTS =
  /\n(No deployment was created|The deployment is not affected|Nothing was changed|It is not known whether|Deployment \d+ of ".+" (is still|still exists|may still|was deleted, or)|The environment ".+" (still|may still) exists?|The deployments that run \d+ left open were not changed|Completed:)/

test('the page lists each key once, and each is part of a message', () => {
  const used = new Set(CASES.map(({ messageCase }) => messageCase.key))
  expect(keysOfPage.filter(key => !used.has(key))).toEqual([])
  expect(new Set(keysOfPage).size).toBe(keysOfPage.length)
})

test('the catalogue has no obsolete message', () => {
  if (!isUpdate) expect([...golden.keys()]).toEqual(CASES.map(({ name }) => name))
})
