import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { type Tale, tell } from '../support/catalogue.ts'
import { ROOT } from '../support/scenario.ts'
import { hasKey, pageSections } from '../support/troubleshooting-page.ts'
import { CHANGED } from './messages/changed.ts'
import { CREATE } from './messages/create.ts'
import { RETIRE } from './messages/deactivate.ts'
import { FOUND } from './messages/found.ts'
import { INPUT } from './messages/input.ts'
import { LATER } from './messages/later.ts'
import { RUNNER } from './messages/runner.ts'

/**
 * Every message of the action, word by word, in a file that can be read from top to bottom. After a change
 * that is meant: `UPDATE_MESSAGES=1 npm run jest -- catalogue`, and look at the difference.
 */
const FILE = join(ROOT, '__tests__', 'docs', 'messages', 'catalogue.txt')
const isUpdate = process.env['UPDATE_MESSAGES'] !== undefined

const CHAPTERS: Readonly<Record<string, Readonly<Record<string, Tale>>>> = {
  'Creating a deployment': CREATE,
  'Statuses and finish': LATER,
  'Many deployments': RETIRE,
  'Seen on the way': FOUND,
  'Changed by others': CHANGED,
  'The runner': RUNNER,
  'Bad input': INPUT
}
const TALES = Object.entries(CHAPTERS).flatMap(([chapter, tales]) =>
  Object.entries(tales).map(([name, tale]) => ({ name: `${chapter}: ${name}`, tale }))
)

const told = new Map<string, string>()
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
  const entries = TALES.map(({ name }) => `=== ${name}\n${told.get(name)}\n`)
  writeFileSync(FILE, entries.join('\n'))
})

test.each(TALES)('$name', async ({ name, tale }) => {
  const text = (await (tale.tell ?? tell)(tale)).join('\n')
  told.set(name, text)
  if (!isUpdate) expect(text).toBe(golden.get(name))
  expect(hasKey(text, tale.key)).toBe(true)
  expect(keysOfPage).toContain(tale.key)
  for (const message of text.split(/\n(?=Warning: |Error: )/)) if (!message.startsWith('Notice')) expectLinked(message)
  expectWhole(text, name.startsWith('Bad input'))
})

/** The last line links to a section of the page that has a part of the message. */
function expectLinked(message: string): void {
  const [, heading] = /\nSee "(.+)" in docs\/troubleshooting\.md\.$/.exec(message) ?? []
  const section = pageSections.find(one => one.heading === heading)
  expect([message, section?.keys.some(key => hasKey(message, key))]).toEqual([message, true])
}

/** P8: what an error of a request has to say. */
function expectWhole(text: string, isInput: boolean): void {
  // A bad input is named with what is allowed; all else of it is in the catalogue itself.
  if (isInput) expect(text).toMatch(/^Error: /)
  // A problem beside the deployment, which the warning itself puts into words.
  if (/^Warning: The (previous|final state of) deployment/.test(text)) return
  if (!/Could not (?!be)/.test(text)) return
  const [, request = ''] = /(Could not [\s\S]*)/.exec(text) ?? []
  expect(request).toMatch(/^Could not \S+ .+ in octo-org\/octo-repo: \S/)
  const answer = /: GitHub answered \d{3} (".+"|with .+) \(request id \S+\)\./
  const silence = /: (no connection |the proxy |no answer in time|an answer that ended|GitHub redirects)/
  expect(request).toMatch(request.includes('GitHub answered') ? answer : silence)
  expect(request).toMatch(EXISTS)
  // The next step comes last.
  expect(request.slice(request.search(EXISTS)).trim().split('\n').length).toBeGreaterThan(1)
}

const EXISTS =
  /\n(No deployment was created|The deployment is not affected|Nothing was changed|It is not known whether|Deployment \d+ of ".+" (is still|may be still|was deleted, or)|The environment ".+" (is|may be) still|Completed:)/

test('every key of the page is that of a message, and each stands there once', () => {
  const used = new Set(TALES.map(({ tale }) => tale.key))
  expect(keysOfPage.filter(key => !used.has(key))).toEqual([])
  expect(new Set(keysOfPage).size).toBe(keysOfPage.length)
})

test('the catalogue holds no message that is gone', () => {
  if (!isUpdate) expect([...golden.keys()]).toEqual(TALES.map(({ name }) => name))
})
