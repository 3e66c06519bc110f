import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { parseCommands } from '../../simulator/runner/index.ts'
import { escapeMarkdown, link } from '../../src/lib/markdown.ts'
import { description, sanitizeLine } from '../../src/lib/text.ts'
import { TEXT } from '../support/hostile-arbitrary.ts'

const HIDDEN = /\p{Cc}|[\u2028-\u202e\u2066-\u2069\u200b\ufeff]/u
const RUNS = { numRuns: 2_000 }

test('sanitized text is one safe line, regardless of the text before it', () => {
  fc.assert(
    fc.property(TEXT, fc.constantFrom('', ' ', 'x ', '"'), (text, before) => {
      const shown = sanitizeLine(text)
      expect(shown).not.toMatch(HIDDEN)
      expect(shown.isWellFormed()).toBe(true)
      expect([...shown].length).toBeLessThanOrEqual(1024)
      expect(parseCommands(before + shown)).toEqual([])
    }),
    RUNS
  )
})

test('a description fits the limit of GitHub, and a short one is not changed', () => {
  fc.assert(
    fc.property(TEXT, text => {
      const sent = description('', text)
      expect([...sent].length).toBeLessThanOrEqual(140)
      if ([...text].length <= 140) expect(sent).toBe(text.toWellFormed())
      expect(description('', sent)).toBe(sent)
    }),
    RUNS
  )
})

test('Markdown: escaped text is one paragraph without elements, and reads as before', () => {
  fc.assert(
    fc.property(TEXT, text => {
      const shown = escapeMarkdown(text)
      const rest = shown.replace(/&#\d+;/g, '')
      expect(rest).toMatch(/^[^!-,./:-@[-`{-~]*$/)
      const html = micromark(shown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
      expect(html).toMatch(/^(<p>[^<>]*<\/p>)?$/)
      const read = shown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      expect(read.replaceAll('\u200b', '')).toBe(sanitizeLine(text, 300).trimStart())
    }),
    RUNS
  )
})

test('Markdown: a link leads to its own URL, or is no link', () => {
  fc.assert(
    fc.property(TEXT, fc.constantFrom('', 'https://e.example/', 'http://e.example?'), (text, start) => {
      const shown = link('here', start + text)
      if (shown === 'here') return
      const [, target = ''] = /^\[here\]\(([^()<>[\]"'`|\\*\s]+)\)$/.exec(shown) ?? []
      expect(['http:', 'https:']).toContain(new URL(target).protocol)
      if (start !== '') expect(new URL(target).hostname).toMatch(/e\.example/)
    }),
    RUNS
  )
})
