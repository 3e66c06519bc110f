import { expect, test } from '@jest/globals'
import { migrations, testMigrations } from '../support/migrate-run.ts'

// The workflows that need curl and jq run in `migrating-programs.tool.ts`.
testMigrations({ programs: false })

test('each workflow of the page has a row for a run that succeeds, fails, and is canceled', () => {
  const rows = ['succeeds', 'fails', 'is canceled']
  const lacking = migrations.filter(({ outcomes }) => !rows.every(row => outcomes.some(({ when }) => when === row)))
  expect(lacking).toEqual([])
  expect(migrations.length).toBeGreaterThan(15)
})
