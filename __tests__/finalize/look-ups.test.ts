import { rmSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import type { Interceptor, LocalGitHub, RequestRecord } from '../../simulator/github/index.ts'
import { isStatus } from '../support/catalogue.ts'
import type { Job } from '../support/job.ts'
import { startJob } from '../support/one-job.ts'
import { warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { type VirtualTime, virtualTime } from '../support/virtual-clock.ts'

type Inputs = Readonly<Record<string, string>>

interface World {
  readonly time: VirtualTime
  readonly github: LocalGitHub
  readonly job: Job
  readonly earlier: number
}

async function begin(): Promise<World> {
  const time = virtualTime()
  const github = await startGitHub({ time })
  const earlier = github.store.seedDeployment({ environment: 'qa', state: 'success', transient: true }).id
  const job = startJob(github)
  return { time, github, job, earlier }
}

const isRead = ({ method, path }: RequestRecord): boolean => method === 'GET' || path === '/graphql'

/** Reads get no response. */
const hang =
  (time: VirtualTime): Interceptor =>
  async (request, _proceed, closed) => {
    if (!isRead(request)) return undefined
    await time.hold(60_000, closed)
    return 'reset'
  }

const READS: Readonly<Record<string, (time: VirtualTime) => Interceptor>> = {
  'are answered with 502': () => request => (isRead(request) ? { status: 502, body: '<h1>Unicorn</h1>' } : undefined),
  'are forbidden': () => request => (isRead(request) ? { status: 403, body: { message: 'No' } } : undefined),
  hang: hang
}

const INPUTS: readonly (readonly [string, Inputs, RegExp])[] = [
  [
    'all',
    { 'auto-inactive': 'all' },
    /newer deployment .* has succeeded.* earlier ones .*Could not list the deployments/s
  ],
  ['task', { 'auto-inactive': 'task' }, /newer deployment .* has succeeded.* earlier ones .*Could not list/s],
  ['a preview', { 'transient-environment': 'true' }, /made inactive while the job ran.*Could not read the statuses/s]
]

test.each(Object.keys(READS).flatMap(name => INPUTS.map(row => [name, ...row] as const)))(
  'the final state is posted although reads %s: %s',
  async (name, _, inputs, words) => {
    const { time, github, job, earlier } = await begin()
    const main = await job.main({ environment: 'qa', ...inputs })
    const endedAt = time.now()
    github.intercept(READS[name]?.(time) as Interceptor)
    const post = await job.post(main, 'success', inputs)
    expect(states(github)).toEqual(['in_progress', 'success'])
    expect(warningsOf(post)).toEqual([expect.stringMatching(words)])
    const posted = github.requests.find(request => isStatus(request, 'success'))
    expect((posted?.at ?? Infinity) - endedAt).toBeLessThanOrEqual(15_000)
    expect(github.store.stateOf(earlier)).toBe('success')
  }
)

test('a reused deployment gets its final state without a read', async () => {
  const { time, github, job, earlier } = await begin()
  const inputs = { 'deployment-id': String(earlier) }
  const main = await job.main(inputs)
  github.intercept(hang(time))
  const post = await job.post(main, 'success', inputs)
  expect(states(github)).toEqual(['success', 'in_progress', 'success'])
  expect(warningsOf(post)).toEqual([expect.stringMatching(/something else gave it a final state/)])
})

test('with an emptied RUNNER_TEMP, the post step posts the final state without a read', async () => {
  const { time, github, job } = await begin()
  const main = await job.main({ environment: 'qa' })
  rmSync(job.tempFolder, { recursive: true })
  github.intercept(hang(time))
  const post = await job.post(main, 'failure')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(warningsOf(post)).toEqual([expect.stringMatching(/a step of this job has finished it already/)])
})

const AWAY: Readonly<Record<string, (time: VirtualTime) => Interceptor>> = {
  'answers 503': () => () => ({ status: 503 }),
  'resets connections': () => () => 'reset',
  'is silent': time => async (_request, _proceed, closed) => {
    await time.hold(60_000, closed)
    return 'reset' as const
  }
}

test.each(Object.keys(AWAY))('an outage (GitHub %s) of 7 to 45 s at the end of the job only costs time', async name => {
  for (const seconds of [7, 20, 45]) {
    for (const [, inputs] of INPUTS) {
      const { time, github, job, earlier } = await begin()
      const main = await job.main({ environment: 'qa', ...inputs })
      const backAt = time.now() + seconds * 1000
      const isAway = AWAY[name]?.(time) as Interceptor
      github.intercept((...request) => (time.now() < backAt ? isAway(...request) : undefined))
      const post = await job.post(main, 'success', inputs)
      expect([seconds, inputs, states(github), warningsOf(post)]).toEqual([
        seconds,
        inputs,
        ['in_progress', 'success'],
        []
      ])
      expect(github.store.stateOf(earlier)).toBe('auto-inactive' in inputs ? 'inactive' : 'success')
    }
  }
})

test('an outage of GraphQL alone for 40 s costs time, but leaves no earlier deployment active', async () => {
  const { time, github, job, earlier } = await begin()
  const inputs = { 'auto-inactive': 'all' }
  const main = await job.main({ environment: 'qa', ...inputs })
  const backAt = time.now() + 40_000
  github.intercept(({ path }) => (path === '/graphql' && time.now() < backAt ? { status: 502 } : undefined))
  const post = await job.post(main, 'success', inputs)
  expect([states(github), warningsOf(post)]).toEqual([['in_progress', 'success'], []])
  expect(github.store.stateOf(earlier)).toBe('inactive')
})

test('a preview that was made inactive ends inactive, also if that is known only after its final state', async () => {
  const { time, github, job } = await begin()
  const inputs = { 'transient-environment': 'true' }
  const main = await job.main({ environment: 'qa', ...inputs })
  github.store.seedStatus(Number(main.outputs['deployment-id']), { state: 'inactive' })
  const backAt = time.now() + 20_000
  github.intercept(() => (time.now() < backAt ? { status: 503 } : undefined))
  const post = await job.post(main, 'success', inputs)
  expect(states(github)).toEqual(['in_progress', 'inactive', 'success', 'inactive'])
  expect(warningsOf(post)).toEqual([expect.stringMatching(/was made inactive while the job ran/)])
})
