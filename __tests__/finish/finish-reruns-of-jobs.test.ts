import { expect, test } from '@jest/globals'
import { finish, histories, left, report } from '../support/report-jobs.ts'
import { startGitHub } from '../support/scenario.ts'
import { errors, runAll, sh } from '../support/steps.ts'

const URL = 'https://new.example.com'
type GitHub = Awaited<ReturnType<typeof startGitHub>>

test('a re-run that fails again leaves a successful deployment of another job as it was', async () => {
  const github = await startGitHub()
  await stagingAndProduction(github)
  expect(histories(github)).toEqual([
    'staging: in_progress success',
    'production: in_progress failure',
    'production: in_progress failure'
  ])
})

test('a re-run with environment-url finishes the one open deployment, as the first attempt did', async () => {
  const github = await startGitHub()
  const jobs = await stagingAndProduction(github, { 'environment-url': URL })
  expect(errors(jobs['report'])).toEqual([])
  expect(histories(github).at(-1)).toBe('production: in_progress failure')
})

async function stagingAndProduction(github: GitHub, more: Record<string, string> = {}) {
  const production = { steps: [left('production'), sh('exit 1')] }
  const all = report('production', { environment: '*', state: '${{ needs.production.result }}', ...more })
  const first = {
    staging: { steps: [left('staging')] },
    'report-staging': report('staging', { environment: 'staging', state: '${{ needs.staging.result }}' }),
    production: { needs: 'report-staging', ...production },
    report: all
  }
  await runAll(github, first, { runId: 77 })
  expect(histories(github)).toEqual(['staging: in_progress success', 'production: in_progress failure'])
  return (await runAll(github, { production, report: all }, { runId: 77, runAttempt: 2 })).jobs
}

test('a re-run of one job does not make the lost deployment of another job a success', async () => {
  const github = await startGitHub()
  const web = { steps: [left('web')] }
  await runAll(github, { api: { steps: [left('api')] }, web }, { runId: 77 })
  const jobs = { web, report: report('web', { environment: '*', state: '${{ needs.web.result }}' }) }
  await runAll(github, jobs, { runId: 77, runAttempt: 2 })
  expect(histories(github)[0]).toBe('api: in_progress')
  expect(histories(github)).toEqual(['api: in_progress', 'web: in_progress inactive', 'web: in_progress success'])
})

test('a re-run whose job finished its deployment leaves the final one of another job as it was', async () => {
  const github = await startGitHub()
  const web = { steps: [left('web'), sh('exit 1'), finish({}, { if: 'always()' })] }
  await runAll(github, { api: { steps: [left('api'), finish()] }, web }, { runId: 77 })
  const jobs = { web, report: report('web', { environment: '*', state: '${{ needs.web.result }}' }) }
  await runAll(github, jobs, { runId: 77, runAttempt: 2 })
  expect(histories(github)[0]).toBe('api: in_progress success')
})

test('after a re-run of one of two jobs, the success of both corrects the deployment of the other job', async () => {
  const github = await startGitHub()
  const both = (web: { steps: ReturnType<typeof sh>[] }) => ({
    api: { steps: [left('api')] },
    web,
    report: { ...report('web', { environment: '*', state: '${{ join(needs.*.result) }}' }), needs: ['api', 'web'] }
  })
  await runAll(github, both({ steps: [left('web'), sh('exit 1')] }), { runId: 77 })
  expect(histories(github)).toEqual(['api: in_progress failure', 'web: in_progress failure'])
  const again = { ...both({ steps: [left('web')] }), api: { steps: [sh('true')] } }
  await runAll(github, again, { runId: 77, runAttempt: 2 })
  expect(histories(github)[0]).toBe('api: in_progress failure success')
})

test('a failed look-up about an earlier attempt does not keep the final state from GitHub', async () => {
  const github = await startGitHub()
  const jobs = (environments: string[], broken: string) => ({
    deploy: {
      strategy: { 'fail-fast': false, matrix: { environment: environments } },
      steps: [left('${{ matrix.environment }}'), sh(`test "\${{ matrix.environment }}" != "${broken}"`)]
    },
    report: report('deploy', { environment: '*', state: '${{ needs.deploy.result }}' })
  })
  await runAll(github, jobs(['eu', 'us'], 'us'), { runId: 77 })
  let lists = 0
  await runAll(github, jobs(['us'], ''), {
    runId: 77,
    runAttempt: 2,
    onStep: ({ job, stage }) => {
      if (job !== 'report' || stage !== 'main') return
      const no = { status: 403, body: { message: 'No' } }
      github.intercept(({ path }) => (path.endsWith('/graphql') && lists++ > 0 ? no : undefined))
    }
  })
  expect(histories(github).at(-1)).toBe('us: in_progress success')
})
