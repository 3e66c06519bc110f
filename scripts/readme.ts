/** Writes the tables of README.md from action.yml, between their markers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

interface Declared {
  readonly description: string
  readonly default?: string
}

interface Manifest {
  readonly inputs: Readonly<Record<string, Declared>>
  readonly outputs: Readonly<Record<string, Declared>>
}

const root = new URL('..', import.meta.url)

const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')

/** The inputs as a reader looks for them; those of no group are internal. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Common: [
    'mode',
    'environment',
    'environment-url',
    'description',
    'token',
    'fail-on-error',
    'timeout',
    'dry-run',
    'summary'
  ],
  Start: [
    'ref',
    'task',
    'state',
    'cancelled-state',
    'auto-inactive',
    'auto-finish',
    'run',
    'shell',
    'working-directory',
    'initial-state',
    'payload'
  ],
  'Finish and deactivate': ['deployment-id', 'delete', 'keep'],
  Advanced: [
    'repository',
    'log-url',
    'artifacts',
    'auto-merge',
    'required-contexts',
    'transient-environment',
    'production-environment'
  ]
}

const rowsOf = ({ inputs }: Manifest, names: readonly string[]): string =>
  [
    '| Input | Default | Meaning |',
    '| --- | --- | --- |',
    ...names.flatMap(name => {
      const input = inputs[name]
      if (!input) return []
      const value = input.default === undefined ? '' : `\`${input.default}\``
      return [`| \`${name}\` | ${value} | ${cell(input.description)} |`]
    })
  ].join('\n')

function inputsTable(manifest: Manifest): string {
  const grouped = new Set(Object.values(GROUPS).flat())
  const internal = Object.keys(manifest.inputs).filter(name => !grouped.has(name))
  const tables = Object.entries(GROUPS).map(([title, names]) => `### ${title}\n\n${rowsOf(manifest, names)}`)
  const list = internal.map(name => `\`${name}\``).join(', ')
  return [...tables, `Internal inputs, which the runner fills in: ${list}. Leave them unset.`].join('\n\n')
}

const outputsTable = ({ outputs }: Manifest): string =>
  [
    '| Output | Meaning |',
    '| --- | --- |',
    ...Object.entries(outputs).map(([name, output]) => `| \`${name}\` | ${cell(output.description)} |`)
  ].join('\n')

/** README.md with both tables made anew. */
export function withTables(readme: string, actionYml: string): string {
  const manifest = parse(actionYml) as Manifest
  const replaced = (text: string, name: string, table: string) => {
    const between = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`)
    if (!between.test(text)) throw new Error(`README.md has no markers for "${name}"`)
    return text.replace(between, (_all, before: string, after: string) => `${before}${table}\n${after}`)
  }
  const withInputs = replaced(readme, 'inputs', inputsTable(manifest))
  return replaced(withInputs, 'outputs', outputsTable(manifest))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = new URL('README.md', root)
  const action = readFileSync(new URL('action.yml', root), 'utf8')
  writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), action))
}
