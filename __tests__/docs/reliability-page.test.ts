import { expect, test } from '@jest/globals'
import { PAGE } from '../support/fault-matrix-tests.ts'
import { FLOWS } from '../support/flows.ts'
import { faultsTable, partOf, readCounts } from '../support/reliability-page.ts'

// The counts themselves are held against the page where they are made, in fault-matrix-*.test.ts.

test('the page names every fault', () => {
  expect(partOf(PAGE, 'faults')).toBe(faultsTable())
})

test.each(['once', 'outage'])('the table "%s" has every flow, and its sum', name => {
  const counts = readCounts(PAGE, name)
  const flows = Object.values(FLOWS).flatMap(group => group.map(flow => flow.name))
  expect([...counts.keys()]).toEqual([...flows, '**in total**'])
  const rows = flows.map(flow => counts.get(flow) ?? [])
  const sums = rows[0]?.map((_count, column) => rows.reduce((sum, row) => sum + (row[column] ?? Number.NaN), 0))
  expect(counts.get('**in total**')).toEqual(sums)
})
