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

const inputsTable = ({ inputs }: Manifest): string =>
  [
    '| Input | Default | Meaning |',
    '| --- | --- | --- |',
    ...Object.entries(inputs).map(([name, input]) => {
      const usual = input.default === undefined ? '' : `\`${input.default}\``
      return `| \`${name}\` | ${usual} | ${cell(input.description)} |`
    })
  ].join('\n')

const outputsTable = ({ outputs }: Manifest): string =>
  [
    '| Output | Meaning |',
    '| --- | --- |',
    ...Object.entries(outputs).map(
      ([name, output]) => `| \`${name}\` | ${cell(output.description)} |`
    )
  ].join('\n')

/** README.md with both tables made anew. */
export function withTables(readme: string, actionYml: string): string {
  const manifest = parse(actionYml) as Manifest
  const replaced = (text: string, name: string, table: string) => {
    const between = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- /${name} -->)`)
    if (!between.test(text)) throw new Error(`README.md has no markers for "${name}"`)
    return text.replace(
      between,
      (_all, before: string, after: string) => `${before}${table}\n${after}`
    )
  }
  const withInputs = replaced(readme, 'inputs', inputsTable(manifest))
  return replaced(withInputs, 'outputs', outputsTable(manifest))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = new URL('README.md', root)
  const action = readFileSync(new URL('action.yml', root), 'utf8')
  writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), action))
}
