import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { migrationsIn, type States } from '../../scripts/migrating.ts'
import { HEAD_SHA } from '../../simulator/events/index.ts'
import { type DeploymentSeed, startLocalGitHub } from '../../simulator/github/index.ts'
import type { WorkflowResult } from '../../simulator/runner/index.ts'
import { GITHUB, type Left, openDesk, runRows, sideOf } from '../support/migrate.ts'
import { ROOT, startGitHub } from '../support/scenario.ts'

// Both sides of every diff on the page run with each outcome, and leave the states that the table below it lists.

const desk = openDesk()
afterAll(() => rmSync(desk.folder, { recursive: true, force: true }))
const PAGES = ['docs/migrating.md', '__tests__/docs/migrating-public.md']
const migrations = PAGES.flatMap(page => migrationsIn(readFileSync(join(ROOT, page), 'utf8')))

/** What workflows that create no deployment find. */
const SEEDS: Readonly<Record<string, DeploymentSeed>> = {
  'Delete the deployments of a deleted branch': { environment: 'preview', ref: 'changes' },
  'Delete the environment of a pull request': { environment: 'pr-12', sha: HEAD_SHA },
  'Make deployments inactive': { environment: 'preview' }
}

const CONCLUSIONS: Readonly<Record<string, string>> = {
  succeeds: 'success',
  'is canceled': 'cancelled',
  'The pull request is closed': 'success'
}

const statesOf = ({ made }: States, left: Left | undefined): States => {
  const unique = (states: readonly string[] = []): string[] => [...new Set(states)]
  return { ...(made && { made: unique(left?.made) }), previous: unique(left?.previous) }
}

/** What the run says beside the failed or canceled step. */
const remarksOf = (result: WorkflowResult | undefined): string[] =>
  Object.values(result?.jobs ?? {})
    .flatMap(job => job.annotations)
    .map(({ message }) => message)
    .filter(message => !/^Process completed with exit code 1\.$|^The operation was canceled\.$/.test(message))

test.each(migrations.map(migration => [migration.title, migration] as const))('%s', async (title, migration) => {
  const { outcomes } = migration
  const rows = outcomes.map(({ when }) => when)
  // The other actions send what this one must not.
  const old = await startLocalGitHub(GITHUB)
  const before = await runRows(desk, old, sideOf(migration, 'before'), rows, SEEDS[title])
  await old.close()
  const github = await startGitHub(GITHUB)
  const after = await runRows(desk, github, sideOf(migration, 'after'), rows, SEEDS[title])
  const seen = outcomes.map(row => ({
    when: row.when,
    before: statesOf(row.before, before.get(row.when)),
    after: statesOf(row.after, after.get(row.when))
  }))
  expect(seen).toEqual(outcomes)
  for (const [when, { result }] of after) {
    const conclusion = CONCLUSIONS[when] ?? 'failure'
    expect([when, result.conclusion, remarksOf(result)]).toEqual([when, conclusion, []])
  }
  const own = github.store.deployments().filter(({ payload }) => JSON.stringify(payload).includes('"key"'))
  for (const { id, sha, ref, statuses } of own) {
    const hasUrl = migration.workflow.after.includes('environment-url') && github.store.stateOf(id) === 'success'
    const url = hasUrl ? 'https://www.example.com' : expect.anything()
    const name = migration.workflow.after.includes('ref: ${{ inputs.ref }}') ? 'changes' : HEAD_SHA
    expect([sha, ref, statuses.at(-1)?.environmentUrl ?? '']).toEqual([HEAD_SHA, name, url])
  }
})

test('each workflow of the page has a row for a run that succeeds, fails, and is canceled', () => {
  const rows = ['succeeds', 'fails', 'is canceled']
  const lacking = migrations.filter(({ outcomes }) => !rows.every(row => outcomes.some(({ when }) => when === row)))
  expect(lacking).toEqual([])
  expect(migrations.length).toBeGreaterThan(15)
})
