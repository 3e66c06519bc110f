import { expect, test } from '@jest/globals'
import { startGitHub } from '../support/scenario.ts'
import { runAll, sh, use } from '../support/steps.ts'

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
