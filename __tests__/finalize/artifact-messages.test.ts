import { expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { seed } from '../support/seeds.ts'
import { runSteps, use, warnings } from '../support/steps.ts'
import { startWithTokens } from '../support/tokens.ts'

const qa = { environment: 'qa' }
const QA = { mode: 'deactivate', ...qa }
const APP = `ghcr.io/octo-org/app@sha256:${'1'.repeat(64)}`

test('a dry run does not say that an artifact was recorded', async () => {
  const github = await startWithTokens()
  seed(github, qa)
  const run = await act(github, { ...QA, artifacts: APP, 'dry-run': 'true' })
  expect(run.stdout).toContain('POST /orgs/octo-org/artifacts/metadata/deployment-record')
  expect(run.stdout).not.toContain('Recorded')
})

test.each([
  ['a personal access token', 'Resource not accessible by personal access token'],
  ['the single sign-on of the organization', 'Resource protected by organization SAML enforcement.']
])('an artifact that %s keeps from being recorded: no permissions for the job', async (_, message) => {
  const github = await startWithTokens()
  github.intercept(({ path }) => (path.includes('/artifacts/') ? { status: 403, body: { message } } : undefined))
  const [warning] = warnings(await runSteps(github, [use({ ...qa, artifacts: APP })]))
  expect(warning).toContain(message)
  expect(warning).not.toContain('permissions for the job')
})
