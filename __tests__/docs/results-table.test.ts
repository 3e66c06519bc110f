import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { KNOWN_RESULTS, outcomeOf } from '../../src/deployment/outcome.ts'
import { ROOT } from '../support/scenario.ts'

const page = readFileSync(join(ROOT, 'docs/recipes/results.md'), 'utf8')
const rows = page
  .split('\n')
  .filter(line => line.startsWith('| `') && line.split('|').length === 5)
  .slice(0, 11)
  .map(line => line.split('|').map(cell => cell.trim()))
const namesIn = (text: string) => [...text.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name)

test('the table of results lists every result, the worst first', () => {
  const listed = rows.flatMap(([, results = '']) => namesIn(results))
  const order = (names: readonly string[]) => names.filter(name => !['skipped', 'neutral'].includes(name))
  expect(order(listed)).toEqual(order(KNOWN_RESULTS))
  expect(listed.toSorted()).toEqual(KNOWN_RESULTS.toSorted())
})

test.each(rows)(
  'the table of results: %s%s becomes %s, and the description begins with "%s"',
  (_, results, state, text) => {
    const reasons = text.split(', ')
    for (const [index, name] of namesIn(results).entries()) {
      const outcome = outcomeOf({ results: [name], jobStatus: 'success', cancelledState: 'failure' })
      expect(state.includes('the same') ? [name] : namesIn(state)).toContain(outcome.state)
      expect(outcome.reason).toBe(reasons[index] ?? reasons[0])
    }
  }
)
