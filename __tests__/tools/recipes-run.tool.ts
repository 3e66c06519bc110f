import { afterAll, expect, test } from '@jest/globals'
import { deployRecipes } from '../support/examples/deploy.ts'
import { environmentRecipes } from '../support/examples/environments.ts'
import { jobRecipes } from '../support/examples/jobs.ts'
import { rowOf, sections, writeRows } from '../support/examples/outcomes.ts'
import { pullRequestRecipes } from '../support/examples/pull-requests.ts'
import { tokenOf } from '../support/examples/repository.ts'
import { runCase } from '../support/examples/run.ts'
import { systemRecipes } from '../support/examples/systems.ts'
import { targetRecipes } from '../support/examples/targets.ts'
import { startGitHub } from '../support/scenario.ts'

/**
 * Every recipe of docs/recipes, with the outcomes that its page states. After an intended change:
 * `UPDATE_OUTCOMES=1 npm run test:pages -- recipes`, and review the difference.
 */
const isUpdate = process.env['UPDATE_OUTCOMES'] !== undefined
const recipes = [
  ...deployRecipes,
  ...pullRequestRecipes,
  ...jobRecipes,
  ...systemRecipes,
  ...environmentRecipes,
  ...targetRecipes
]
const onPages = new Map(sections().map(section => [section.title, section]))

test('every section with a workflow has a recipe', () => {
  expect(recipes.map(({ title }) => title).sort()).toEqual([...onPages.keys()].sort())
})

for (const { title, tokens, cases } of recipes) {
  const section = onPages.get(title)
  const ran = new Set<string>()
  const rows: string[] = []
  test.each(Object.keys(cases).map((name, index) => [name, index] as const))(`${title}: %s`, async (name, index) => {
    const github = await startGitHub({ tokens: { ...tokens, ghs_local: tokenOf(section?.files ?? []) } })
    const outcome = await runCase(cases[name] ?? fail, github)
    for (const file of outcome.ran) ran.add(file)
    const row = rowOf(name, github, outcome.result.conclusion)
    rows.push(row)
    if (!isUpdate) expect(row).toBe(section?.rows[index])
  })

  test(`${title}: the page has a row for each case, and each workflow ran`, () => {
    if (!isUpdate) expect(section?.rows).toHaveLength(Object.keys(cases).length)
    expect(section?.files.filter(file => !ran.has(file))).toEqual([])
  })

  afterAll(() => {
    if (isUpdate && section !== undefined && rows.length === Object.keys(cases).length) writeRows(section, rows)
  })
}

const fail = (): never => {
  throw new Error('There is no such case')
}
