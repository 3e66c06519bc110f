import { expect, test } from '@jest/globals'
import { startGitHub } from '../support/scenario.ts'
import { lastStatus, runAll, use } from '../support/steps.ts'

const start = (environment: string, more: Record<string, string> = {}, step: object = {}) =>
  use({ environment, ...more }, { ...step })
const left = (environment: string, more: Record<string, string> = {}, step: object = {}) =>
  start(environment, { 'auto-finish': 'false', ...more }, step)
const finish = (inputs: Record<string, string> = {}, step: object = {}) =>
  use({ mode: 'finish', ...inputs }, { id: 'finish', if: 'always()', ...step })
const report = (needs: string | string[], inputs: Record<string, string>) => ({
  needs,
  if: 'always()',
  steps: [finish(inputs)]
})
const URL = 'https://qa.example.com'

test('the `finish` of another job keeps the URL that the command in `run` has written', async () => {
  const github = await startGitHub()
  await runAll(github, {
    deploy: { steps: [left('qa', { run: `echo environment-url=${URL} >> "$GITHUB_OUTPUT"` })] },
    report: report('deploy', { state: '${{ needs.deploy.result }}' })
  })
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: URL })
})
