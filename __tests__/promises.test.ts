import { afterEach, expect, test } from '@jest/globals'
import { event } from '../local/events/index.ts'
import { beginJob, type Job } from './support/in-process.ts'
import { startGitHub, states } from './support/story.ts'
import { virtualTime } from './support/virtual-clock.ts'

const jobs: Job[] = []
afterEach(() => {
  for (const job of jobs.splice(0)) job.end()
})

test('P1: a create whose answer was lost makes one deployment', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const job = beginJob(github, { event: event('push'), clock: time.clock })
  jobs.push(job)
  let count = 0
  github.intercept(async (request, proceed) => {
    if (request.operation !== 'POST /repos/{owner}/{repo}/deployments' || count++ > 0)
      return undefined
    await proceed()
    return 'reset'
  })
  const main = await time.drive(job.main({ environment: 'qa' }))
  expect(main.failure).toBeUndefined()
  expect(github.store.deployments()).toHaveLength(1)
  await time.drive(job.post(main, 'success'))
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('P5: a server that hangs is given up after 15 s, and asked again', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  const job = beginJob(github, { event: event('push'), clock: time.clock })
  jobs.push(job)
  let count = 0
  github.intercept(async (request, _proceed, closed) => {
    if (request.operation !== 'POST /repos/{owner}/{repo}/deployments' || count++ > 0)
      return undefined
    await time.hold(60_000, closed)
    return 'reset'
  })
  const before = time.now()
  const main = await time.drive(job.main({ environment: 'qa' }))
  expect(main.failure).toBeUndefined()
  expect(time.now() - before).toBeLessThan(30_000)
  expect(github.store.deployments()).toHaveLength(1)
})
