import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseCommands } from '../../simulator/runner/index.ts'
import { realClock } from '../../src/lib/clock.ts'
import { escapeMarkdown } from '../../src/lib/markdown.ts'
import { sanitizeLine } from '../../src/lib/text.ts'
import { openStep } from '../../src/runner/step.ts'
import type { Toolkit } from '../../src/runner/toolkit.ts'
import { TEXT } from '../support/hostile-arbitrary.ts'
import { expectNoToken, expectOnlyOurCommands } from '../support/safe-output.ts'

/** A step whose runner prints as the toolkit does. */
function printing() {
  let stdout = ''
  const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const print = (line: string) => {
    stdout += `${line}\n`
  }
  const toolkit: Toolkit = {
    getInput: () => '',
    getState: () => '',
    saveState: (_, value) => print(`state ${JSON.stringify(value)}`),
    setOutput: (_, value) => print(`output ${JSON.stringify(value)}`),
    writeSummary: markdown => print(JSON.stringify(markdown)),
    info: print,
    isDebug: () => true,
    debug: message => print(`::debug::${escaped(message)}`),
    notice: message => print(`::notice::${escaped(message)}`),
    warning: message => print(`::warning::${escaped(message)}`),
    setSecret: secret => print(`::add-mask::${escaped(secret)}`),
    setFailed: message => print(`::error::${escaped(message)}`)
  }
  const step = openStep({ env: {}, toolkit, clock: realClock })
  return { step, said: () => ({ stdout, stderr: '' }) }
}

test('the log: a line for a line, and no command but ours', async () => {
  await fc.assert(
    fc.asyncProperty(TEXT, async text => {
      const { step, said } = printing()
      step.log.info(text)
      step.log.warning(text, 'internal')
      step.fail(text, 'internal')
      step.debug?.(text)
      expectOnlyOurCommands(said())
      const names = parseCommands(said().stdout).map(command => command.name)
      const [warning, error, ...debug] = names
      expect([warning, error]).toEqual(['warning', 'error'])
      expect(new Set(debug)).toEqual(new Set(['debug']))
      expect(said().stdout).not.toMatch(/[^\P{Cc}\n]/u)
    }),
    { numRuns: 2_000 }
  )
})

const TOKEN = 'ghs_aB3_xY7-zQ9.kL1mN5pR8tV2wC4d'
/** How a server, a proxy or a user may come to write the token down. */
const FORMS = [
  TOKEN,
  encodeURIComponent(TOKEN),
  escapeMarkdown(TOKEN),
  Buffer.from(TOKEN).toString('hex'),
  ...['', ':', 'x-access-token:', 'ab:'].flatMap(user =>
    (['base64', 'base64url'] as const).map(form => Buffer.from(user + TOKEN).toString(form))
  )
]

test('no form of the token is printed or saved', async () => {
  await fc.assert(
    fc.asyncProperty(TEXT, fc.constantFrom(...FORMS), TEXT, async (before, form, after) => {
      const { step, said } = printing()
      step.mask(TOKEN)
      const text = `${before}${form}${after}`
      step.log.info(text)
      step.log.warning(sanitizeLine(text, 40), 'internal')
      step.fail(text, 'internal')
      step.debug?.(text)
      step.saveState(text)
      step.setOutput('ref', text)
      step.writeSummary(text)
      expectNoToken(said(), TOKEN)
      expect(said().stdout.replace(/^::add-mask::.*$/m, '')).not.toContain(form)
    }),
    { numRuns: 500 }
  )
})

test('the rest of a truncated token is too short to be one', () => {
  const { step, said } = printing()
  step.mask(TOKEN)
  for (let length = 10; length < 60; length++) step.log.info(sanitizeLine(`says ${TOKEN} and more`, length))
  for (let length = 8; length < TOKEN.length; length++) {
    expect(said().stdout.replace(/^::add-mask::.*$/m, '')).not.toContain(TOKEN.slice(0, length))
  }
})
