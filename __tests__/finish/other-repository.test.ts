import { expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { startWithTokens } from '../support/tokens.ts'

const qa = { environment: 'qa' }

test('a `finish` by id in another repository links to that repository', async () => {
  const github = await startWithTokens()
  const { id } = github.store.repository('octo-org/other').seedDeployment({ ...qa, state: 'in_progress' })
  const run = await act(github, {
    mode: 'finish',
    state: 'success',
    repository: 'octo-org/other',
    token: 'ghs_other',
    'deployment-id': String(id)
  })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toContain('/octo-org/other/deployments/activity_log')
  for (const text of [run.stdout, run.summary]) expect(text).not.toMatch(/octo-repo\/(deployments|commit)/)
})
