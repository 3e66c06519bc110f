import { expect, test } from '@jest/globals'
import type { RequestRecord } from '../../simulator/github/index.ts'
import { inOneJob, killMain } from '../support/one-job.ts'
import { startGitHub } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

// While the action waits or looks, the log shows a line at least every 15 seconds, also between requests.

const MAX_SILENCE_MS = 15_000
const QA = { environment: 'qa' }
const isStatus = ({ method, path }: RequestRecord) => method === 'POST' && path.endsWith('/statuses')

/** A GitHub, and the longest time without a line in the log since `listen`. */
async function world() {
  const time = virtualTime()
  const github = await startGitHub({ time })
  let last = time.now()
  let silenceMs = 0
  const onLine = () => {
    silenceMs = Math.max(silenceMs, time.now() - last)
    last = time.now()
  }
  const listen = () => {
    last = time.now()
    silenceMs = 0
  }
  return { time, github, onLine, listen, silence: () => silenceMs }
}

test.each([
  ['its status', isStatus],
  ['its create', ({ method, path }: RequestRecord) => method === 'POST' && path.endsWith('/deployments')]
])('post of a main that was killed with %s, on a slow GitHub', async (_, isLast) => {
  const { time, github, onLine, listen, silence } = await world()
  await inOneJob(github, { onLine }, async job => {
    const main = await killMain({ github, job }, QA, isLast)
    await time.drive(time.sleep(60_000))
    github.intercept(async (_request, _proceed, closed) => {
      await time.hold(1_400, closed)
      return undefined
    })
    listen()
    await job.post(main, 'success', QA).then(onLine)
  })
  expect(silence()).toBeGreaterThan(1_000)
  expect(silence()).toBeLessThanOrEqual(MAX_SILENCE_MS)
})
