import { expect } from '@jest/globals'
import { parseCommands } from '../../simulator/runner/index.ts'
import { OLD_NAMES, OUTPUTS } from '../../src/report/outputs.ts'
import { TOKEN } from './act.ts'
import { expectNoToken as expectNone } from './safe-output.ts'

/** One line, as in the name of a branch or an environment. */
export const ONE_LINE =
  '::error::pwned ##[error]pwned ##[add-mask]a %0A::warning::pwned a<<EOF <img src=x onerror=1> ' +
  '</td></details> [x](javascript:1) ![i](https://evil.example/p.png) https://evil.example ' +
  '`b` @octocat #1 | c |'
/** With line breaks and control sequences, as in an answer of a server or a title. */
export const MANY_LINES = [
  'first',
  '::error::pwned',
  '  ::stop-commands::pwned\r::set-output name=state::pwned',
  '##[set-output name=state;]pwned\u001b[31mred\u001b]0;title\u0007',
  '\u2028::error::pwned\u0085::error::pwned\u202egnp',
  '<script>x</script> | a | b |',
  'EOF',
  ONE_LINE
].join('\n')

const OURS = ['add-mask', 'error', 'warning']

interface Ran {
  stdout: string
  stderr: string
  outputs: Record<string, string>
  state: Record<string, string>
  summary: string
  problems?: readonly string[]
}

/** What is true of every stage, whatever text it gets. */
export function expectHarmless(run: Ran): void {
  const text = `${run.stdout}\n${run.stderr}`
  for (const { name, form, data } of parseCommands(text)) {
    expect([form, OURS.includes(name), data.startsWith('pwned')]).toEqual(['::', true, false])
  }
  // Control characters and invisible characters are printed as escapes.
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u)
  const names = [...OUTPUTS, ...Object.values(OLD_NAMES)]
  for (const name of Object.keys(run.outputs)) expect(names).toContain(name)
  expect(run.problems ?? []).toEqual([])
  expectEscaped(run.summary)
  expectNoToken(run)
}

/** The token is in no text, except in the command that masks it. */
export const expectNoToken = (run: Ran, token = TOKEN): void => expectNone(run, token)

/** Only links of this action work, and the tables are complete. */
export function expectEscaped(summary: string): void {
  const links = [...summary.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target ?? '')
  for (const target of links) expect(target).toMatch(/^https?:\/\/[^\s<>"'`|[\]]+$/)
  const rest = summary.replace(/\]\([^)]*\)/g, ']')
  expect(rest).not.toMatch(/[<>`@]|:\/\/|!\[|javascript:|\bwww\.|[^&]#\d/)
  expect(summary).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
  for (const table of summary.split(/\n\n+/)) {
    const rows = table.split('\n').filter(line => line.startsWith('|'))
    expect(new Set(rows.map(row => row.split('|').length)).size).toBeLessThanOrEqual(1)
  }
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
}
