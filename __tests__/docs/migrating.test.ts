import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { page } from '../../scripts/migrating.ts'
import { GUIDES, readGuides, textOf } from '../../scripts/migrating-guides.ts'
import { actionOf, migrate, type Rules, rowOf, type Workflow } from '../support/migrate.ts'
import { ROOT } from '../support/story.ts'

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const manifest = parse(text('action.yml')) as {
  inputs: Record<string, { default?: string }>
  outputs: Record<string, unknown>
}
const guides = readGuides()
const pairs = guides.flatMap(guide => guide.pairs.map(pair => ({ guide, pair })))
const PLAIN = { title: '', before: '', after: '', runs: [] }
const rulesOf = (actions: Rules['actions']): Rules => ({
  actions,
  defaults: Object.fromEntries(Object.entries(manifest.inputs).map(([name, input]) => [name, input.default ?? '']))
})

test('every name on our side is one of action.yml', () => {
  const rows = guides.flatMap(({ actions }) => actions)
  const inputs = rows.flatMap(({ gives, inputs: theirs }) => [
    ...Object.keys(gives ?? {}),
    ...Object.values(theirs).flatMap(({ here, partOf, values = {}, absent }) => [
      ...[here, partOf].filter(name => name !== undefined),
      ...Object.values(values).flatMap(value => Object.keys(value)),
      ...Object.keys(absent?.gives ?? {})
    ])
  ])
  const outputs = rows.flatMap(row => Object.values(row.outputs)).map(({ here }) => here)
  expect(inputs.filter(name => !(name in manifest.inputs))).toEqual([])
  expect(outputs.filter(name => name !== undefined && !(name in manifest.outputs))).toEqual([])
})

test('an input or output without a counterpart says what to do', () => {
  const bare = guides
    .flatMap(({ actions }) => actions.flatMap(row => [row.inputs, row.outputs]))
    .flatMap(table => Object.entries(table))
    .filter(([, row]) => !row.here && !row.remark && !('values' in row))
  expect(bare).toEqual([])
})

test('a row says nothing but what is read of it', () => {
  // A comma in a short remark makes a key of what follows it.
  const keys = ['here', 'partOf', 'where', 'values', 'absent', 'was', 'since', 'remark']
  const rows = guides.flatMap(({ actions }) => actions.flatMap(row => Object.values(row.inputs)))
  expect(rows.flatMap(row => Object.keys(row)).filter(key => !keys.includes(key))).toEqual([])
})

test.each(pairs)('$guide.folder/$pair.before uses only what the tables know', ({ guide, pair }) => {
  const workflow = parse(textOf(guide, pair.before)) as Workflow
  const rules = rulesOf(guide.actions)
  const jobs = Object.values(workflow.jobs)
  const used = jobs.flatMap(job => [
    ...job.steps.map(step => ({ action: actionOf(rules, step), given: step.with ?? {} })),
    { action: rules.actions.find(each => each.isJobKey), given: Object(job.environment) as object }
  ])
  const known = used.filter(({ action }) => action !== undefined)
  const unknown = known.flatMap(({ action, given }) =>
    Object.keys(given).filter(name => action && !rowOf(action, name))
  )
  expect(known.length).toBeGreaterThan(0)
  expect(unknown).toEqual([])
})

test.each(pairs)('what is said of $guide.folder/$pair.before is said of what stands there', ({ guide, pair }) => {
  const { jobs } = parse(textOf(guide, pair.before)) as Workflow
  const steps = Object.values(jobs).flatMap(job => job.steps)
  for (const { step: name, into = name, without = {} } of pair.steps ?? []) {
    const step = steps.find(each => each.name === name)
    const action = step && actionOf(rulesOf(guide.actions), step)
    expect(steps.map(each => each.name)).toContain(into)
    const idle = Object.keys(without).filter(
      input =>
        !(input in (step?.with ?? {}) || input in (action?.gives ?? {})) && action?.inputs[input]?.absent === undefined
    )
    expect([name, action !== undefined, idle]).toEqual([name, true, []])
  }
  for (const [id, { without = {} }] of Object.entries(pair.jobs ?? {})) {
    expect(Object.keys(jobs[id] ?? {})).toEqual(expect.arrayContaining(Object.keys(without)))
  }
})

test.each(pairs)('$guide.folder/$pair.before, moved over by the tables, is $pair.after', ({ guide, pair }) => {
  const before = parse(textOf(guide, pair.before)) as Workflow
  expect(migrate(rulesOf(guide.actions), before, pair)).toEqual(parse(textOf(guide, pair.after)))
})

test.each([
  ['strumwolf', {}, { delete: 'environment' }],
  ['strumwolf', { onlyRemoveDeployments: true }, { delete: 'deployments' }],
  ['strumwolf', { onlyDeactivateDeployments: true }, {}],
  ['strumwolf', { onlyRemoveDeployments: true, onlyDeactivateDeployments: true }, {}],
  ['strumwolf', { onlyDeactivateDeployments: false }, { delete: 'environment' }],
  ['bobheadxi-deployments', { step: 'finish' }, { 'auto-inactive': 'all' }],
  ['bobheadxi-deployments', { step: 'finish', auto_inactive: true }, { 'auto-inactive': 'all' }],
  ['bobheadxi-deployments', { step: 'finish', override: false }, { 'auto-inactive': 'false' }],
  ['bobheadxi-deployments', { step: 'finish', override: false, auto_inactive: true }, { 'auto-inactive': 'true' }],
  ['bobheadxi-deployments', { step: 'delete-env' }, { delete: 'environment' }]
])('%s: inputs that depend on one another, %j', (folder, given, expected) => {
  const guide = guides.find(each => each.folder === folder)
  const actions = guide?.actions ?? []
  const step = { uses: `${actions[0]?.uses}@v1`, with: given }
  const moved = migrate(rulesOf(actions), { jobs: { job: { steps: [step] } } }, PLAIN)
  const { mode, ...ours } = moved.jobs['job']?.steps[0]?.with ?? {}
  expect(ours).toEqual(expected)
})

test('every file is part of a guide, and every guide is on the page', () => {
  const files = readdirSync(GUIDES, { recursive: true, encoding: 'utf8' })
  const known = pairs.flatMap(({ guide, pair }) => [pair.before, pair.after].map(file => join(guide.folder, file)))
  const tables = guides.map(({ folder }) => join(folder, 'table.yml'))
  const found = files.filter(file => file.endsWith('.yml'))
  expect(found.sort()).toEqual([...new Set([...known, ...tables])].sort())
})

test('every heading has an anchor of its own', () => {
  const headings = page(guides).match(/^#+ .*/gm) ?? []
  expect(headings.length).toBeGreaterThan(guides.length)
  expect(new Set(headings.map(each => each.replace(/^#+/, ''))).size).toBe(headings.length)
})

test('docs/migrating.md is what `npm run migrating` writes', () => {
  expect(text('docs/migrating.md')).toBe(page(guides))
})
