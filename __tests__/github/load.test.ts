import { expect, test } from '@jest/globals'
import type { TokenGrant } from '../../simulator/github/index.ts'
import { startJob } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

// Enough to exceed the limits of concurrency and content. CI runs more.
const JOBS = Number(process.env['JOBS'] ?? 60)
const LIMITS = { concurrent: 100, contentPerMinute: 80, perHour: 1_000 }
// How long GitHub takes for a request; with none, no two would ever be there at the same time.
const LATENCY_MS = 250

const tokenOf = (index: number): string => `ghs_${index}`
const GRANT: TokenGrant = {
  kind: 'github-token',
  permissions: { deployments: 'write', contents: 'read' }
}

test(`${JOBS} jobs at once end within GitHub's limits`, async () => {
  const time = virtualTime()
  const numbers = Array.from({ length: JOBS }, (_, index) => index)
  const github = await startGitHub({
    time,
    limits: LIMITS,
    tokens: Object.fromEntries(numbers.map(index => [tokenOf(index), GRANT]))
  })
  github.intercept(async (_request, _proceed, closed) => {
    await time.hold(LATENCY_MS, closed)
    return undefined
  })
  const began = time.now()
  const live = async (index: number) => {
    const job = startJob(github, {
      runId: 1_000 + index,
      checkRunId: 5_000 + index,
      token: tokenOf(index)
    })
    // Each job deploys to its own environment, so that none replaces another.
    const main = await job.main({ environment: `preview/${index}`, timeout: '1200' })
    return { main, post: await job.post(main, 'success') }
  }
  const ended = await time.drive(Promise.all(numbers.map(live)))
  const minutes = (time.now() - began) / 60_000
  const refused = github.requests.filter(each => [403, 429].includes(each.status)).length
  process.stdout.write(
    `${JOBS} jobs: ${github.requests.length} requests, ${refused} of them refused, ${minutes.toFixed(1)} min of virtual time\n`
  )

  expect(ended.flatMap(({ main, post }) => failureOf(main) ?? failureOf(post) ?? [])).toEqual([])
  expect(ended.flatMap(({ post }) => warningsOf(post))).toEqual([])
  expect(github.limitViolations).toEqual([])
  const deployments = github.store.deployments()
  expect(deployments).toHaveLength(JOBS)
  expect(new Set(deployments.map(each => each.environment)).size).toBe(JOBS)
  const said = new Set(deployments.map(each => each.statuses.map(one => one.state).join(' ')))
  expect([...said]).toEqual(['in_progress success'])
}, 300_000)
