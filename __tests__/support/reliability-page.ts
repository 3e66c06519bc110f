import { FAULTS, type FaultKind } from '../../simulator/github/index.ts'
import type { FlowResult, Row } from './fault-matrix.ts'

/** The tables of docs/reliability.md, as they are made and as they are read again. */

const COUNTS = [
  'requests',
  'cells',
  'recovered',
  'rejected',
  'duplicates',
  'orphans',
  'falseGreens',
  'falseReds'
] as const

const HEAD = [
  'flow',
  'requests',
  'cells',
  'recovered',
  'rejected cleanly',
  'duplicates',
  'orphans',
  'false greens',
  'false reds',
  'worst time'
]

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')

/** What is counted of a flow; how long it took is told, but not held against the page. */
export const countsOf = (row: Row): number[] => COUNTS.map(name => row[name])

const cellsOf = (row: Row) => [row.flow, ...countsOf(row), `${row.worstSeconds} s`]

function totalOf(rows: readonly Row[]): (string | number)[] {
  const sums = COUNTS.map(name => rows.reduce((sum, row) => sum + row[name], 0))
  const worst = Math.max(...rows.map(row => row.worstSeconds))
  return ['**in total**', ...sums, `${worst} s`]
}

const rowsTable = (rows: readonly Row[]): string => table(HEAD, [...rows.map(cellsOf), totalOf(rows)])

const MEANING: readonly (readonly [FaultKind, string, string])[] = [
  ['transient', 'not done, nothing is wrong with it', 'sent again: as if nothing had been'],
  ['ambiguous', 'done, but the answer is lost or of no use', 'looked for, and found: not sent again'],
  ['late', 'done, and answered within 10 s', 'waited for'],
  ['limit', 'not done before a wait of up to a minute', 'waited, then sent again'],
  ['moved', 'the repository has another name', 'sent there, with the same method and body'],
  ['stopped', 'not done before a wait of an hour', 'one clear message at once'],
  ['rejected', 'GitHub has said no, or names another server', 'one clear message at once']
]

/** Every fault with what it means and what is expected of the action. */
export const faultsTable = (): string =>
  table(
    ['class', 'what GitHub does', 'what the action has to do', 'faults'],
    MEANING.map(([kind, meaning, expected]) => {
      const names = FAULTS.filter(each => each.kind === kind).map(each => each.name)
      return [kind, meaning, expected, names.join('; ')]
    })
  )

/** The page with its tables made anew. */
export function withTables(page: string, results: readonly FlowResult[]): string {
  const tables = {
    faults: faultsTable(),
    once: rowsTable(results.map(result => result.once)),
    outage: rowsTable(results.map(result => result.outage))
  }
  return Object.entries(tables).reduce((text, [name, made]) => {
    const between = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`)
    if (!between.test(text)) throw new Error(`docs/reliability.md has no markers for "${name}"`)
    return text.replace(between, (_all, before: string, after: string) => `${before}${made}\n${after}`)
  }, page)
}

/** What stands between two markers. */
export const partOf = (page: string, name: string): string =>
  page.split(`<!-- ${name} -->\n`)[1]?.split(`\n<!-- /${name} -->`)[0] ?? ''

/** The counts of a table by the name of their flow. */
export function readCounts(page: string, name: string): Map<string, number[]> {
  const lines = partOf(page, name).split('\n').slice(2)
  return new Map(
    lines.map(text => {
      const [flow = '', ...cells] = text.slice(2, -2).split(' | ')
      return [flow, cells.slice(0, -1).map(Number)]
    })
  )
}
