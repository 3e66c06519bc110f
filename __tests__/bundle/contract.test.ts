import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { withTables } from '../../scripts/readme.ts'
import { INPUT_NAMES } from '../../src/inputs/types.ts'
import { OUTPUTS } from '../../src/report/outputs.ts'
import { ROOT } from '../support/scenario.ts'

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const actionYml = text('action.yml')
const action = parse(actionYml) as {
  inputs: Record<string, { description?: string; default?: string; required?: boolean }>
  outputs: Record<string, { description?: string }>
  runs: Record<string, string>
}

/** Every name that the source reads as an input: `read('…')`, `url(read, '…')`, `step.input('…')`. */
function inputsRead(): string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  const source = files
    .filter(file => file.endsWith('.ts'))
    .map(file => text(join('src', file)))
    .join('\n')
  const calls = /(?:\bread\(|\(\s*read,|step\.input\()\s*'([a-z-]+)'/g
  return [...new Set([...source.matchAll(calls)].map(match => match[1] ?? ''))].sort()
}

test('action.yml declares exactly the inputs that the source reads', () => {
  expect(Object.keys(action.inputs).sort()).toEqual(inputsRead())
})

test('the inputs that a wrapped command does not see are those of action.yml', () => {
  expect([...INPUT_NAMES].sort()).toEqual(Object.keys(action.inputs).sort())
})

test('action.yml declares exactly the outputs that the source can set', () => {
  expect(Object.keys(action.outputs).sort()).toEqual([...OUTPUTS].sort())
})

test('every input and output has a description, and no input is required', () => {
  for (const [name, { description, required }] of Object.entries(action.inputs)) {
    expect([name, description?.trim().endsWith('.'), required]).toEqual([name, true, undefined])
  }
  for (const { description } of Object.values(action.outputs)) expect(description).toMatch(/\.\s*$/)
})

test('the defaults are those of the contract', () => {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default])
  expect(Object.fromEntries(defaults.filter(([, value]) => value !== undefined))).toEqual({
    mode: 'start',
    token: '${{ github.token }}',
    repository: '${{ github.repository }}',
    'initial-state': 'in_progress',
    'auto-merge': 'false',
    'action-status': '${{ github.action_status }}',
    'auto-finish': 'true',
    shell: 'bash',
    delete: 'none',
    keep: '0',
    timeout: '120',
    'fail-on-error': 'true',
    'dry-run': 'false',
    summary: 'true',
    'job-status': '${{ job.status }}',
    'check-run-id': '${{ job.check_run_id }}',
    'fallback-token': '${{ github.token }}'
  })
})

test('the runner finds its entry files, and post always runs', () => {
  expect(action.runs).toEqual({
    using: 'node24',
    main: 'dist/main.js',
    post: 'dist/post.js',
    'post-if': 'always()'
  })
  expect(text('dist/main.js')).toContain("import { main } from './index.js'")
  expect(text('dist/post.js')).toContain("import { post } from './index.js'")
})

test('the tables of the README are those of action.yml', () => {
  const readme = text('README.md')
  expect(withTables(readme, actionYml)).toBe(readme)
})
