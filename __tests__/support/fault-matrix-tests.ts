import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { tryFlow } from './fault-matrix.ts'
import { FLOWS } from './flows.ts'
import { countsOf, readCounts } from './reliability-page.ts'
import { ROOT } from './scenario.ts'

export const PAGE = readFileSync(join(ROOT, 'docs', 'reliability.md'), 'utf8')

// Some hundred jobs each; minutes pass in them, seconds outside.
const FLOW_TIMEOUT_MS = 240_000

/** One test for each flow of a group: every cell is right, and the page says the same. */
export function tryFlows(group: keyof typeof FLOWS): void {
  test.each(FLOWS[group])(
    '$name: every fault at every request',
    async flow => {
      const { once, outage, wrong } = await tryFlow(flow)
      expect(wrong).toEqual([])
      expect([once, outage].map(row => [row.duplicates, row.orphans, row.falseGreens])).toEqual([
        [0, 0, 0],
        [0, 0, 0]
      ])
      // Else `npm run reliability` is due.
      expect(readCounts(PAGE, 'once').get(flow.name)).toEqual(countsOf(once))
      expect(readCounts(PAGE, 'outage').get(flow.name)).toEqual(countsOf(outage))
    },
    FLOW_TIMEOUT_MS
  )
}
