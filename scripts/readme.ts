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

/** The groups of the inputs table. Inputs without a group are internal. */
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
  Start: ['ref', 'task', 'auto-finish', 'run', 'shell', 'working-directory', 'initial-state', 'payload'],
  'Start and finish': ['state', 'cancelled-state', 'auto-inactive'],
  'All modes': ['deployment-id'],
  Deactivate: ['delete', 'keep'],
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

function rowOf({ inputs }: Manifest, name: string): string {
  const input = inputs[name]
  if (!input) throw new Error(`action.yml has no input "${name}"`)
  const value = input.default === undefined ? '' : `\`${input.default}\``
  return `| \`${name}\` | ${value} | ${cell(input.description)} |`
}

function inputsTable(manifest: Manifest): string {
  const grouped = new Set(Object.values(GROUPS).flat())
  const internal = Object.keys(manifest.inputs).filter(name => !grouped.has(name))
  const rows = Object.entries(GROUPS).flatMap(([title, names]) => [
    `| **${title}** | | |`,
    ...names.map(name => rowOf(manifest, name))
  ])
  const table = ['| Input | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
  const list = internal.map(name => `\`${name}\``).join(', ')
  return `${table}\n\nInternal inputs, which the runner fills in: ${list}. Leave them unset.`
}

const outputsTable = ({ outputs }: Manifest): string =>
  [
    '| Output | Meaning |',
    '| --- | --- |',
    ...Object.entries(outputs).map(([name, output]) => `| \`${name}\` | ${cell(output.description)} |`)
  ].join('\n')

/** Returns README.md with current tables. */
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
