import { expect, test } from '@jest/globals'
import { HEAD_SHA } from '../../simulator/events/index.ts'
import { inOneJob, runMain } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const QA = { environment: 'qa', 'environment-url': 'https://qa.example.com' }

test('start and finish set the old output names too', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const start = await job.main(QA)
    const finish = await job.main({ mode: 'finish' })
    for (const { outputs } of [start, finish]) {
      expect(outputs['deployment_id']).toBe(String(github.store.deployments()[0]?.id))
      expect(outputs).toMatchObject({
        deployment_id: outputs['deployment-id'],
        deployment_url: outputs['deployment-url'],
        environment_url: 'https://qa.example.com',
        status_id: outputs['status-id'],
        env: 'qa'
      })
    }
  })
})

test('deactivate sets the old output names too', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: 'qa' })
  const { outputs } = await runMain(github, { mode: 'deactivate', environment: 'qa' })
  expect(outputs).toMatchObject({ deployment_id: String(id), env: 'qa' })
})

test('an old output name that the command has set keeps its value', async () => {
  const github = await startGitHub()
  const script = [
    'echo "environment_url=https://own.example.com" >> "$GITHUB_OUTPUT"',
    'echo "environment-url=https://new.example.com" >> "$GITHUB_OUTPUT"',
    'echo "ENV=mine" >> "$GITHUB_OUTPUT"'
  ]
  const { outputs } = await runMain(github, { ...QA, run: script.join('\n') })
  expect(outputs).toMatchObject({
    'environment-url': 'https://new.example.com',
    environment_url: 'https://own.example.com',
    ENV: 'mine',
    status_id: outputs['status-id']
  })
})

test('compare-url is empty for the same commit', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: 'qa', sha: HEAD_SHA })
  await inOneJob(github, {}, async job => {
    const start = await job.main(QA)
    const finish = await job.main({ mode: 'finish' })
    for (const { outputs } of [start, finish]) {
      expect(outputs['previous-deployment-id']).toBe(String(id))
      expect(outputs['previous-sha']).toBe(HEAD_SHA)
      expect(outputs['compare-url']).toBe('')
    }
    expect(finish.summary).not.toContain('/compare/')
  })
})

test('previous-* that could not be read is a warning', async () => {
  const github = await startGitHub()
  github.intercept(request => (request.path.endsWith('/graphql') ? { status: 502, body: 'Bad gateway' } : undefined))
  const run = await runMain(github, QA)
  expect([failureOf(run), warningsOf(run).length]).toEqual([undefined, 1])
  expect(warningsOf(run)[0]).toMatch(/previous-deployment-id.*502/s)
  expect(run.outputs['previous-sha']).toBeUndefined()
})
