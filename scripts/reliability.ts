/**
 * Runs the whole fault matrix and writes docs/reliability.md. With `--check`, it compares the counts with the page
 * instead; a name after it runs the flows whose names begin with it, and only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { countOf, type FlowResult, tryFlow } from '../__tests__/support/fault-matrix.ts'
import { FLOWS } from '../__tests__/support/flows.ts'
import { withoutTimes, withTables } from '../__tests__/support/reliability-page.ts'

const file = new URL('../docs/reliability.md', import.meta.url)
const [mode = '', prefix = ''] = process.argv.slice(2)

const results: FlowResult[] = []
for (const flow of Object.values(FLOWS).flat()) {
  if (!flow.name.startsWith(prefix)) continue
  const startedAt = performance.now()
  const result = await tryFlow(flow)
  results.push(result)
  const took = Math.round((performance.now() - startedAt) / 1000)
  process.stdout.write(`${JSON.stringify(countOf(flow.name, result.cells))}, ran for ${took} s\n`)
  for (const wrong of result.wrong) process.stderr.write(`${wrong}\n`)
}
const page = readFileSync(file, 'utf8')
const text = withTables(page, results)
const isWrong = results.some(result => result.wrong.length > 0)
const isOld = mode === '--check' && prefix === '' && withoutTimes(text) !== withoutTimes(page)
if (isOld) process.stderr.write('docs/reliability.md has other counts. Run `npm run reliability`.\n')
if (isWrong || isOld) process.exitCode = 1
else if (mode === '') writeFileSync(file, text)
