import { testMigrations } from '../support/migrate-run.ts'

// The workflows of the migration guide that call GitHub's API directly, with curl, jq, and a stand-in for `gh`.
testMigrations({ programs: true })
