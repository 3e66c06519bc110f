import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { KINDS } from '../support/fault-kinds.ts'
import { FLOWS } from '../support/flows.ts'
import { faultsTable, kindsTable, partOf, readCounts } from '../support/reliability-page.ts'
import { ROOT } from '../support/scenario.ts'

// `npm run reliability -- --check` compares the counts themselves, in CI.

const PAGE = readFileSync(join(ROOT, 'docs', 'reliability.md'), 'utf8')
const FLOW_NAMES = Object.values(FLOWS).flatMap(group => group.map(flow => flow.name))
const KIND_NAMES = KINDS.map(kind => kind.name)
// Those after the counts of cells, recovered cells and reported cells.
const FIRST_ZERO = 3

test('the page names every fault and every kind', () => {
  expect(partOf(PAGE, 'faults')).toBe(faultsTable())
  expect(partOf(PAGE, 'meanings')).toBe(kindsTable())
})

test.each([
  ['once', FLOW_NAMES],
  ['outage', FLOW_NAMES],
  ['kinds', KIND_NAMES]
])('the table "%s" has every row and its sum, and nothing went wrong', (name, names) => {
  const counts = readCounts(PAGE, name)
  expect([...counts.keys()]).toEqual([...names, '**in total**'])
  const rows = names.map(row => counts.get(row) ?? [])
  const sums = rows[0]?.map((_count, column) => rows.reduce((sum, row) => sum + (row[column] ?? Number.NaN), 0)) ?? []
  expect(counts.get('**in total**')).toEqual(sums)
  expect(sums.slice(FIRST_ZERO)).toEqual(sums.slice(FIRST_ZERO).map(() => 0))
  // Every cell is recovered or reported.
  expect((sums[1] ?? 0) + (sums[2] ?? 0)).toBe(sums[0])
})
