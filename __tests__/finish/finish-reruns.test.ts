import { expect, test } from '@jest/globals'
import { left, report } from '../support/report-jobs.ts'
import { startGitHub } from '../support/scenario.ts'
import { runAll, sh } from '../support/steps.ts'

test.each([
  ['was lost', ''],
  ['had reported', '${{ needs.deploy.result }}']
])(
  'after a re-run of one job of a matrix, `finish` with "*" finishes the others too; the first report %s',
  async (_, first) => {
    const github = await startGitHub()
    const jobs = (environments: string[], broken: string, state: string) => ({
      deploy: {
        strategy: { 'fail-fast': false, matrix: { environment: environments } },
        steps: [left('${{ matrix.environment }}'), sh(`test "\${{ matrix.environment }}" != "${broken}"`)]
      },
      ...(state && { report: report('deploy', { environment: '*', state }) })
    })
    await runAll(github, jobs(['eu', 'us'], 'us', first), { runId: 77 })
    // GitHub runs only the failed job again, and the jobs that need it.
    await runAll(github, jobs(['us'], '', '${{ needs.deploy.result }}'), { runId: 77, runAttempt: 2 })
    const [eu, , us] = github.store.deployments()
    expect([github.store.stateOf(eu?.id ?? 0), github.store.stateOf(us?.id ?? 0)]).toEqual(['success', 'success'])
  }
)
