import { expect, test } from '@jest/globals'
import { left, report } from '../support/report-jobs.ts'
import { startGitHub } from '../support/scenario.ts'
import { lastStatus, runAll } from '../support/steps.ts'

const URL = 'https://qa.example.com'

test('the `finish` of another job keeps the URL that the command in `run` has written', async () => {
  const github = await startGitHub()
  await runAll(github, {
    deploy: { steps: [left('qa', { run: `echo environment-url=${URL} >> "$GITHUB_OUTPUT"` })] },
    report: report('deploy', { state: '${{ needs.deploy.result }}' })
  })
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
})
