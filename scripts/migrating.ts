/**
 * Reads the workflows of docs/migrating.md. As a program, writes each of them to the folder given as argument, for
 * actionlint.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A change of one file, as a diff of the page shows it. */
export interface Change {
  readonly before: string
  readonly after: string
}

/** What a table says of one side of a workflow: states in the order of the deployments, equal ones named once. */
export interface States {
  /** The deployments that the run creates. Absent for a workflow that creates none by design. */
  readonly made?: readonly string[]
  /** Those that were active before. */
  readonly previous: readonly string[]
}

/** A row of the table below a workflow. */
export interface Outcome {
  readonly when: string
  readonly before: States
  readonly after: States
}

/** A workflow of the page, the files beside it, and the outcomes. */
export interface Migration {
  readonly title: string
  readonly workflow: Change
  /** Local actions, by path. */
  readonly files: Readonly<Record<string, Change>>
  readonly outcomes: readonly Outcome[]
}

const BLOCK = /^(#{2,4} .+)$|^```(diff|yaml)\n([\s\S]*?)^```$|^(\| .* \| Before \|.*\n(?:\|.*\n)+)/gm

/** All workflows of a page that are followed by a table of outcomes. */
export function migrationsIn(page: string): Migration[] {
  const migrations: Migration[] = []
  let title = ''
  let workflow: Change | undefined
  let files: Record<string, Change> = {}
  for (const [, heading, kind, text = '', table] of page.matchAll(BLOCK)) {
    if (heading !== undefined) title = heading.replace(/^#+ /, '')
    else if (kind !== undefined) {
      const change = kind === 'diff' ? sidesOf(text) : { before: text, after: text }
      const path = /^# (\S+\.yml)$/m.exec(change.before.split('\n')[0] ?? '')?.[1]
      if (path !== undefined) files[path] = change
      else if (kind === 'diff') workflow = change
    } else if (table !== undefined && workflow !== undefined) {
      migrations.push({ title, workflow, files, outcomes: outcomesIn(table) })
      workflow = undefined
      files = {}
    }
  }
  return migrations
}

function sidesOf(diff: string): Change {
  const side = (omitted: string): string =>
    diff
      .split('\n')
      .filter(line => !line.startsWith(omitted))
      .map(line => line.slice(1))
      .join('\n')
  return { before: side('+'), after: side('-') }
}

/** A state as code, or text for a deployment without a status and for a deleted one. */
const STATE = /`\w+`|\bdeleted\b|\bno state\b/g
const WORDS: Readonly<Record<string, string>> = { 'no state': 'none' }

function outcomesIn(table: string): Outcome[] {
  const [, , ...rows] = table.trimEnd().split('\n')
  return rows.map(row => {
    const [when = '', ...texts] = row
      .slice(1, -1)
      .split('|')
      .map(cell => cell.trim())
    const cells = texts.map(text => (text.match(STATE) ?? []).map(state => WORDS[state] ?? state.replaceAll('`', '')))
    const [first = [], second = [], third = [], fourth = []] = cells
    return cells.length > 2
      ? { when, before: { made: first, previous: second }, after: { made: third, previous: fourth } }
      : { when, before: { previous: first }, after: { previous: second } }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = '.'] = process.argv
  const page = readFileSync(new URL('../docs/migrating.md', import.meta.url), 'utf8')
  for (const [index, { workflow, files }] of migrationsIn(page).entries()) {
    for (const side of ['before', 'after'] as const) {
      const root = join(folder, `${index}-${side}`)
      const all = { ...files, '.github/workflows/workflow.yml': workflow }
      for (const [path, change] of Object.entries(all)) {
        mkdirSync(join(root, dirname(path)), { recursive: true })
        writeFileSync(join(root, path), change[side])
      }
    }
  }
}
