import { expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { runSteps, use, warnings } from '../support/steps.ts'

const ALL = { deployments: 'write', contents: 'read', actions: 'read' } as const
const qa = { environment: 'qa' }
const QA = { mode: 'deactivate', ...qa }
const APP = `ghcr.io/octo-org/app@sha256:${'1'.repeat(64)}`

/** GitHub with a token for the workflow's repository, one for another repository, and one that can delete environments. */
const start = () =>
  startGitHub({
    tokens: {
      ghs_local: { kind: 'github-token', permissions: ALL, repositories: ['octo-org/octo-repo'] },
      ghs_other: { kind: 'app', permissions: ALL, repositories: ['octo-org/other'] },
      ghs_admin: { kind: 'app', permissions: { ...ALL, administration: 'write' } }
    }
  })

test('a dry run does not say that an artifact was recorded', async () => {
  const github = await start()
  seed(github, qa)
  const run = await act(github, { ...QA, artifacts: APP, 'dry-run': 'true' })
  expect(run.stdout).toContain('POST /orgs/octo-org/artifacts/metadata/deployment-record')
  expect(run.stdout).not.toContain('Recorded')
})

test.each([
  ['a personal access token', 'Resource not accessible by personal access token'],
  ['the single sign-on of the organization', 'Resource protected by organization SAML enforcement.']
])('an artifact that %s keeps from being recorded: no permissions for the job', async (_, message) => {
  const github = await start()
  github.intercept(({ path }) => (path.includes('/artifacts/') ? { status: 403, body: { message } } : undefined))
  const [warning] = warnings(await runSteps(github, [use({ ...qa, artifacts: APP })]))
  expect(warning).toContain(message)
  expect(warning).not.toContain('permissions for the job')
})
