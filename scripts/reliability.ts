/** Runs the fault matrix, prints its table, and writes both tables into docs/reliability.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type FlowResult, tryFlow } from '../__tests__/support/fault-matrix.ts'
import { FLOWS } from '../__tests__/support/flows.ts'
import { partOf, withTables } from '../__tests__/support/reliability-page.ts'

const page = new URL('../docs/reliability.md', import.meta.url)

const results: FlowResult[] = []
for (const flow of Object.values(FLOWS).flat()) {
  const result = await tryFlow(flow)
  results.push(result)
  process.stdout.write(`${flow.name}: ${result.once.cells + result.outage.cells} cells\n`)
  for (const wrong of result.wrong) process.stderr.write(`${wrong}\n`)
}
const text = withTables(readFileSync(page, 'utf8'), results)
process.stdout.write(
  `\nEach fault once\n\n${partOf(text, 'once')}\n\nTrouble that stays\n\n${partOf(text, 'outage')}\n`
)
if (results.some(result => result.wrong.length > 0)) process.exitCode = 1
else writeFileSync(page, text)
