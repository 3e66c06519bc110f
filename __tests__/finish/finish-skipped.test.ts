import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { finish, histories, left, report, start } from '../support/report-jobs.ts'
import { startGitHub } from '../support/scenario.ts'
import { runAll, runSteps, sh } from '../support/steps.ts'

const skippedProduction = async (staging: Record<string, string>) => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    staging: { steps: [start('staging', staging)] },
    'report-staging': { ...report('staging', { state: '${{ needs.staging.result }}' }) },
    production: { needs: 'report-staging', if: 'false', steps: [left('production')] },
    'report-production': report('production', { state: '${{ needs.production.result }}' })
  })
  expect(jobs['report-production']?.conclusion).toBe('success')
  expect(histories(github)).toEqual(['staging: in_progress success'])
}

test('a skipped production deploy does not make the successful staging deployment inactive', () =>
  skippedProduction({ 'auto-finish': 'false' }))

test('a skipped production deploy is green if the staging job finishes its own deployment', () => skippedProduction({}))

test.each([event('schedule'), event('push')])(
  'if nothing was deployed because the build failed, `finish` is green on $name',
  async cause => {
    const github = await startGitHub()
    const { jobs } = await runAll(
      github,
      {
        build: { steps: [sh('exit 1')] },
        deploy: { needs: 'build', steps: [left('qa')] },
        report: report(['build', 'deploy'], { state: '${{ join(needs.*.result) }}' })
      },
      { event: cause }
    )
    expect(jobs['report']?.conclusion).toBe('success')
  }
)

test('on a schedule, `finish` with the status of the job is green if `start` was skipped', async () => {
  const github = await startGitHub()
  const steps = [sh('exit 1'), start('qa'), finish({ state: '${{ job.status }}' })]
  const job = await runSteps(github, steps, { event: event('schedule') })
  expect(job.steps.find(step => step.id === 'finish')?.conclusion).toBe('success')
})
