import { expect, test } from '@jest/globals'
import { inOneJob } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'

const QA = { environment: 'qa' }

test.each([
  [{ ...QA, state: 'success' }],
  [{ state: 'failure' }],
  [{ environment: 'QA', task: 'deploy', state: 'success' }]
])('migration guard: a second start with %j asks for mode: finish', async inputs => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const first = await job.main(QA)
    const sent = github.requests.length
    const second = await job.main(inputs)
    expect(failureOf(first)).toBeUndefined()
    expect(failureOf(second)).toMatch(/^state: [\s\S]*Did you mean `mode: finish`\?/)
    expect(github.requests).toHaveLength(sent)
  })
})

test.each([[{ environment: 'eu', state: 'success' }], [{ ...QA, task: 'api', state: 'success' }], [QA]])(
  'a second start with %j is legitimate',
  async inputs => {
    const github = await startGitHub()
    await inOneJob(github, {}, async job => {
      await job.main(QA)
      const second = await job.main(inputs)
      expect([failureOf(second), github.store.deployments().length]).toEqual([undefined, 2])
    })
  }
)

test('a start with a state after a finished deployment is legitimate', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const first = await job.main({ ...QA, state: 'success' })
    await job.main({ mode: 'finish' })
    const second = await job.main({ ...QA, state: 'success' })
    expect([failureOf(first), failureOf(second)]).toEqual([undefined, undefined])
  })
})
