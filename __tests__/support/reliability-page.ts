import { FAULTS, type FaultKind } from '../../simulator/github/index.ts'
import { KINDS } from './fault-kinds.ts'
import { type Cell, countOf, type FlowResult, type Row } from './fault-matrix.ts'

/** The tables of docs/reliability.md. */

const COUNTS = [
  'cells',
  'recovered',
  'rejected',
  'duplicates',
  'orphans',
  'falseGreens',
  'falseReds',
  'hung',
  'early'
] as const

const HEAD = [
  'cells',
  'recovered',
  'reported',
  'duplicates',
  'orphans',
  'false greens',
  'false reds',
  'hung',
  'given up early',
  'worst time'
]

/** The columns that have to be 0. */
export const ZEROS = ['duplicates', 'orphans', 'falseGreens', 'falseReds', 'hung', 'early'] as const

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')

function rowsTable(first: string, rows: readonly Row[]): string {
  const sums = COUNTS.map(name => rows.reduce((sum, row) => sum + row[name], 0))
  const worst = Math.max(...rows.map(row => row.worstSeconds))
  return table(
    [first, ...HEAD],
    [
      ...rows.map(row => [row.name, ...COUNTS.map(name => row[name]), `${row.worstSeconds} s`]),
      ['**in total**', ...sums, `${worst} s`]
    ]
  )
}

const MEANING: readonly (readonly [FaultKind, string, string])[] = [
  ['transient', 'The request was not processed.', 'The request is sent again.'],
  [
    'ambiguous',
    'The request was processed, but the response is lost or invalid.',
    'The result is looked up. The request is not sent again.'
  ],
  ['late', 'The request is processed and answered within 10 s.', 'The step waits for the response.'],
  [
    'limit',
    'The request was not processed, and GitHub asks to wait up to a minute.',
    'The step waits and sends it again.'
  ],
  ['moved', 'The repository has another name.', 'The request is sent there, with the same method and body.'],
  ['stopped', 'The request was not processed, and GitHub asks to wait an hour.', 'One message at once.'],
  ['rejected', 'GitHub rejects the request, or redirects to another server.', 'One message at once.']
]

/** Every fault of one request, with what it means and what the action has to do. */
export const faultsTable = (): string =>
  table(
    ['class', 'what happens', 'what the action has to do', 'faults'],
    MEANING.map(([kind, meaning, expected]) => {
      const names = FAULTS.filter(each => each.kind === kind).map(each => each.name)
      return [kind, meaning, expected, names.join('; ')]
    })
  ).replaceAll('--:', '---')

/** The other kinds, with what they mean. */
export const kindsTable = (): string => KINDS.map(({ name, meaning }) => `- **${name}**: ${meaning}.`).join('\n')

/** The page with its tables made anew. */
export function withTables(page: string, results: readonly FlowResult[]): string {
  const cells = results.flatMap(result => result.cells)
  const rowsOf = (name: Cell['table'], names: readonly string[]) =>
    names.map(kind =>
      countOf(
        kind,
        cells.filter(cell => cell.table === name && cell.kind === kind)
      )
    )
  const flows = results.map(({ flow }) => flow)
  const tables = {
    faults: faultsTable(),
    once: rowsTable('flow', rowsOf('once', flows)),
    outage: rowsTable('flow', rowsOf('outage', flows)),
    meanings: kindsTable(),
    kinds: rowsTable(
      'kind',
      rowsOf(
        'kinds',
        KINDS.map(({ name }) => name)
      )
    )
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

/** The page without the times, which differ from run to run. */
export const withoutTimes = (page: string): string => page.replace(/\| \d+ s \|$/gm, '|')

/** The counts of a table by the name of their row. */
export function readCounts(page: string, name: string): Map<string, number[]> {
  const lines = partOf(page, name).split('\n').slice(2)
  return new Map(
    lines.map(text => {
      const [row = '', ...cells] = text.slice(2, -2).split(' | ')
      return [row, cells.slice(0, -1).map(Number)]
    })
  )
}
