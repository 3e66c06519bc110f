import { afterEach, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { Answer, RequestRecord } from '../../simulator/github/index.ts'
import { beginJob, type Job } from '../support/in-process.ts'
import { startGitHub } from '../support/story.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const jobs: Job[] = []
afterEach(() => {
  for (const job of jobs.splice(0)) job.end()
})

/** All orders of so many turns of two jobs. */
function orders(first: number, second: number): string[] {
  if (first === 0 && second === 0) return ['']
  return [
    ...(first > 0 ? orders(first - 1, second).map(rest => `a${rest}`) : []),
    ...(second > 0 ? orders(first, second - 1).map(rest => `b${rest}`) : [])
  ]
}

// A finish looks, posts its success, looks again, and deactivates or yields.
const REQUESTS = 4
const ALL = orders(REQUESTS, REQUESTS)

const TOKENS = {
  ghs_a: { kind: 'github-token', permissions: { deployments: 'write' } },
  ghs_b: { kind: 'github-token', permissions: { deployments: 'write' } }
} as const

/**
 * Both finish at once, and GitHub does their requests in this order; one that is not sent, since the job
 * had less to do, is passed over.
 */
async function race(rule: string, order: string): Promise<string[]> {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now, tokens: TOKENS })
  const earlier = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const names = ['a', 'b'] as const
  const inputs = { environment: 'qa', 'auto-inactive': rule }
  const both = names.map((name, index) => {
    const checkRunId = 4001 + index
    const options = { event: event('push'), clock: time.clock, runId: 300 + index, checkRunId }
    const job = beginJob(github, { ...options, token: `ghs_${name}` })
    jobs.push(job)
    return { name, job }
  })
  const started: Awaited<ReturnType<Job['main']>>[] = []
  for (const { job } of both) started.push(await time.drive(job.main(inputs)))

  const isOver = { a: false, b: false }
  let turn = 0
  const waiting = new Map<string, () => void>()
  // Lets the next one in; a job that has ended takes no turns any more.
  const next = () => {
    while (turn < order.length && isOver[order[turn] as 'a' | 'b']) turn += 1
    const name = order[turn] ?? [...waiting.keys()][0]
    const go = name === undefined ? undefined : waiting.get(name)
    if (name === undefined || !go) return
    waiting.delete(name)
    turn += 1
    go()
  }
  github.intercept(async (request: RequestRecord, proceed: () => Promise<Answer>) => {
    const name = request.token?.at(-1) ?? ''
    await new Promise<void>(resolve => {
      waiting.set(name, resolve)
      next()
    })
    await proceed()
    queueMicrotask(next)
    return undefined
  })
  const ending = both.map(async ({ name, job }, index) => {
    const main = started[index]
    if (main) await job.post(main, 'success', inputs)
    isOver[name] = true
    next()
  })
  await time.drive(Promise.all(ending))
  expect(github.store.stateOf(earlier.id)).toBe('inactive')
  await github.close()
  return github.store
    .deployments()
    .filter(({ id }) => github.store.stateOf(id) === 'success')
    .map(({ payload }) => String(Object(Object(payload)['deploy-status-action']).check_run_id))
}

test.each(['all', 'task'])(
  `two finishes that race leave the newer one active, in each of ${ALL.length} orders: %s`,
  async rule => {
    const ends = new Map<string, string[]>()
    for (const order of ALL) {
      const active = (await race(rule, order)).join(' and ') || 'none'
      ends.set(active, [...(ends.get(active) ?? []), order])
    }
    expect([...ends.keys()]).toEqual(['4002'])
  }
)
