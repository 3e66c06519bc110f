import { expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

const ALL = { deployments: 'write', contents: 'read', actions: 'read' } as const
const qa = { environment: 'qa' }

/** GitHub with a token for the workflow's repository, one for another repository, and one that can delete environments. */
const start = () =>
  startGitHub({
    tokens: {
      ghs_local: { kind: 'github-token', permissions: ALL, repositories: ['octo-org/octo-repo'] },
      ghs_other: { kind: 'app', permissions: ALL, repositories: ['octo-org/other'] },
      ghs_admin: { kind: 'app', permissions: { ...ALL, administration: 'write' } }
    }
  })

test('a `finish` by id in another repository links to that repository', async () => {
  const github = await start()
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
