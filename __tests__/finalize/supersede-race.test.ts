import { expect, test } from '@jest/globals'
import type { Answer, RequestRecord } from '../../simulator/github/index.ts'
import type { Job } from '../support/job.ts'
import { startJob } from '../support/one-job.ts'
import { startGitHub } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

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
  const github = await startGitHub({ time, tokens: TOKENS })
  const earlier = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const names = ['a', 'b'] as const
  const inputs = { environment: 'qa', 'auto-inactive': rule }
  // Takes no turns: it has ended, or waits for the lists to catch up.
  const isAway = { a: false, b: false }
  const sleepOf = (name: 'a' | 'b') => async (milliseconds: number) => {
    isAway[name] = true
    next()
    await time.sleep(milliseconds)
    isAway[name] = false
  }
  let turn = 0
  const waiting = new Map<string, () => void>()
  // Lets the next one in.
  const next = () => {
    while (turn < order.length && isAway[order[turn] as 'a' | 'b']) turn += 1
    const name = order[turn] ?? [...waiting.keys()][0]
    const go = name === undefined ? undefined : waiting.get(name)
    if (name === undefined || !go) return
    waiting.delete(name)
    turn += 1
    go()
  }
  const both = names.map((name, index) => {
    const checkRunId = 4001 + index
    const options = {
      clock: { ...time.clock, sleep: sleepOf(name) },
      runId: 300 + index,
      checkRunId
    }
    const job = startJob(github, { ...options, token: `ghs_${name}` })
    return { name, job }
  })
  const started: Awaited<ReturnType<Job['main']>>[] = []
  for (const { job } of both) started.push(await time.drive(job.main(inputs)))

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
    isAway[name] = true
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

// The two rules differ only in what counts as the same scope.
test.each([
  ['all', ALL],
  ['task', ALL.filter((_, index) => index % 7 === 0)]
] as const)(
  'two finishes that race leave the newer one active, in each order of their requests: %s',
  async (rule, all) => {
    for (const order of all) expect([order, ...(await race(rule, order))]).toEqual([order, '4002'])
  }
)

const LAG_MS = 2_000
const RACES = Array.from({ length: 30 }, (_, index) => -1_500 + index * 100)

test('with lists that lag by 2 s, none of 30 races ends with two active deployments', async () => {
  const ends: string[] = []
  for (const [index, offset] of RACES.entries()) {
    const inputs = { environment: 'qa', 'auto-inactive': index % 2 === 0 ? 'all' : 'task' }
    const time = virtualTime()
    const github = await startGitHub({ time, lag: () => LAG_MS })
    const run = async (startsAt: number, endsAt: number, runId: number) => {
      const job = startJob(github, { runId, checkRunId: runId })
      await time.sleep(startsAt)
      const main = await job.main(inputs)
      await time.sleep(endsAt - startsAt)
      return job.post(main, 'success', inputs)
    }
    await time.drive(Promise.all([run(0, 20_000, 1), run(5_000, 20_000 + offset, 2)]))
    const shown = github.store.deployments().map(({ id }) => github.store.stateOf(id))
    ends.push(shown.join(' '))
    await github.close()
  }
  expect(ends).toEqual(RACES.map(() => 'inactive success'))
})

test('a deployment that never ends costs later ones no time', async () => {
  const time = virtualTime()
  const github = await startGitHub({ time })
  github.store.seedDeployment({ environment: 'qa', state: 'in_progress' })
  const job = startJob(github)
  const inputs = { environment: 'qa', 'auto-inactive': 'all' }
  const main = await job.main(inputs)
  const before = time.now()
  await job.post(main, 'success', inputs)
  expect(time.now() - before).toBe(0)
})
