import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { migrationsIn } from '../../scripts/migrating.ts'
import { MIGRATION_NAMES } from '../../src/inputs/migration.ts'
import { ACTION, ROOT } from '../support/scenario.ts'

const page = readFileSync(join(ROOT, 'docs', 'migrating.md'), 'utf8')
const manifest = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
  outputs: Record<string, unknown>
}
const migrations = migrationsIn(page)

/** The names in code of a table cell, without values. */
const namesIn = (cell = ''): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.split(':')[0] ?? '')

/** The rows of all tables whose first column has this heading. */
const rowsBelow = (heading: string): string[][] =>
  [...page.matchAll(new RegExp(`^\\| ${heading} \\|.*\\n\\|[-| ]+\\|\\n((?:\\|.*\\n)+)`, 'gm'))]
    .flatMap(([, rows = '']) => rows.trimEnd().split('\n'))
    .map(row => row.split(/(?<!\\)\|/).map(cell => cell.trim()))

const INPUTS = ['Input', 'Field of the API', 'Key'].flatMap(rowsBelow)

test('every input in the second column of a table is one of action.yml, and the first column keeps or replaces it', () => {
  const named = INPUTS.flatMap(([, theirs, ours]) => (ours === 'the same' ? namesIn(theirs) : namesIn(ours)))
  expect(named.filter(name => !(name in manifest.inputs))).toEqual([])
  expect(INPUTS.filter(([, , ours = '']) => !/^(`.*|the same|none)$/.test(ours))).toEqual([])
})

test('every output in the second column of a table is one of action.yml', () => {
  const rows = ['Output', 'Field of the answer'].flatMap(rowsBelow)
  const named = rows.flatMap(([, theirs, ours = '']) => (ours === 'the same' ? namesIn(theirs) : outputsIn(ours)))
  expect(named.filter(name => !(name in manifest.outputs))).toEqual([])
  expect(named.length).toBeGreaterThan(8)
})

/** A name, an expression, or a path that starts with a name. */
const outputsIn = (cell: string): string[] => {
  const inExpressions = [...cell.matchAll(/outputs\.([\w-]+)/g)].map(([, name = '']) => name)
  return inExpressions.length > 0
    ? inExpressions
    : [...cell.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, name = '']) => name)
}

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}
const stepsIn = (text: string): Step[] => {
  const { jobs = {}, runs } = parse(text) as { jobs?: Record<string, { steps: Step[] }>; runs?: { steps: Step[] } }
  return [...Object.values(jobs).flatMap(({ steps }) => steps), ...(runs?.steps ?? [])]
}
const textsOf = (side: 'before' | 'after'): string[] =>
  migrations.flatMap(({ workflow, files }) => [workflow, ...Object.values(files)].map(change => change[side]))

test('the tables list every input that the diffs remove, and the diffs add only inputs of action.yml', () => {
  const listed = new Set(INPUTS.flatMap(([, theirs]) => namesIn(theirs)))
  const isKnown = ({ uses = '' }: Step): boolean => !/^(\.\/|actions\/)/.test(uses)
  const removed = textsOf('before').flatMap(stepsIn).filter(isKnown)
  const unlisted = removed.flatMap(step => Object.keys(step.with ?? {})).filter(name => !listed.has(name))
  expect([...new Set(unlisted)]).toEqual([])
  const ours = textsOf('after')
    .flatMap(stepsIn)
    .filter(({ uses }) => uses === ACTION)
  expect(ours.flatMap(step => Object.keys(step.with ?? {})).filter(name => !(name in manifest.inputs))).toEqual([])
})

test('no diff keeps another deployment action', () => {
  const others = textsOf('after')
    .flatMap(stepsIn)
    .map(({ uses }) => uses)
  expect([...new Set(others)].sort()).toEqual(['./.github/actions/deploy', 'actions/checkout@v6', ACTION, undefined])
})

test('every input that an error explains is on the page', () => {
  expect(MIGRATION_NAMES.filter(name => !page.includes(`\`${name}\``) && !page.includes(`\`${name}:`))).toEqual([])
})
