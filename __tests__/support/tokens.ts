import { startGitHub, type TestGitHub } from './scenario.ts'

const ALL = { deployments: 'write', contents: 'read', actions: 'read' } as const

/** GitHub with a token for the workflow's repository, one for another repository, and one that can delete environments. */
export const startWithTokens = (): Promise<TestGitHub> =>
  startGitHub({
    tokens: {
      ghs_local: { kind: 'github-token', permissions: ALL, repositories: ['octo-org/octo-repo'] },
      ghs_other: { kind: 'app', permissions: ALL, repositories: ['octo-org/other'] },
      ghs_admin: { kind: 'app', permissions: { ...ALL, administration: 'write' } }
    }
  })
