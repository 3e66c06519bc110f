import { expect, test } from '@jest/globals'
import { countOf, tryFlow } from '../support/fault-matrix.ts'
import { FLOWS } from '../support/flows.ts'
import { ZEROS } from '../support/reliability-page.ts'

// `npm run reliability -- --check` runs all cells and compares the page, in CI. Here it is one of so many: a prime number,
// so that the faults of a flow meet different requests.
const ONE_OF = 13

test.each(Object.values(FLOWS).flat())(
  '$name: some faults at some requests',
  async flow => {
    const { cells, wrong } = await tryFlow(flow, number => number % ONE_OF === 0)
    expect(wrong).toEqual([])
    const row = countOf(flow.name, cells)
    expect(ZEROS.map(name => [name, row[name]])).toEqual(ZEROS.map(name => [name, 0]))
    expect(row.cells).toBeGreaterThan(0)
  },
  240_000
)
