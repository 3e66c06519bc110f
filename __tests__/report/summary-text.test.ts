import { expect, test } from '@jest/globals'
import { startGitHub } from '../support/scenario.ts'
import { runSteps, use } from '../support/steps.ts'

test.each(['<details><summary>Plan</summary>3 to add</details>\n', 'Plan: 3 to add'])(
  'the summary of the action is a paragraph of its own after that of the command: %j',
  async text => {
    const github = await startGitHub()
    const job = await runSteps(github, [
      use({ environment: 'qa', run: 'printf "%s" "$TEXT" >> "$GITHUB_STEP_SUMMARY"' }, { env: { TEXT: text } })
    ])
    expect(job.summaries[0]).toMatch(/\n\n### ✅ Deployed to qa/)
  }
)

test('a description that starts with a reason is not the heading of an unfinished deployment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'auto-finish': 'false', description: 'Skipped smoke tests' })
  ])
  expect(job.summaries[0]).toContain('### 🔄 Deploying to qa')
})

test('a description of several lines is readable in the job summary', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', description: 'Fix a thing\n\nFixes 12\n' })])
  expect(job.summaries[0]).not.toContain('&#92;n')
})
