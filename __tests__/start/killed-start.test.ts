import { expect, test } from '@jest/globals'
import type { LocalGitHub, RequestRecord } from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import type { Job } from '../support/job.ts'
import { killMain, startJob } from '../support/one-job.ts'
import { logOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { type VirtualTime, virtualTime } from '../support/virtual-clock.ts'

interface Killed {
  readonly time: VirtualTime
  readonly github: LocalGitHub
  readonly job: Job
  readonly left: ActionResult
}

/** Main is killed while its status is on the way; GitHub takes that `lateMs` after it was sent, or never. */
async function killedAt(
  state: 'queued' | 'in_progress',
  lateMs: number | undefined,
  inputs: Readonly<Record<string, string>>
): Promise<Killed> {
  const time = virtualTime()
  const github = await startGitHub({ time })
  const job = startJob(github)
  const isLast = ({ body }: RequestRecord) => Object(body).state === state
  const left = await killMain({ github, job }, { environment: 'qa', ...inputs }, isLast, lateMs)
  return { time, github, job, left }
}

test.each([
  ['in_progress', {}],
  ['queued', { 'initial-state': 'queued' }],
  ['in_progress', { 'initial-state': 'queued', run: 'true' }]
] as const)(
  'a killed start whose %s comes after the final state does not keep the deployment open',
  async (state, inputs) => {
    for (const lateMs of [50, 3_000, 9_500]) {
      const { github, job, left } = await killedAt(state, lateMs, inputs)
      const post = await job.post(left, 'failure', inputs)
      expect(warningsOf(post)).toEqual([])
      expect(logOf(post)).toContain(
        `The interrupted \`start\` posted \`${state}\` after the final state, so the final state is posted again.`
      )
      const asked = 'run' in inputs ? ['queued'] : []
      expect(states(github)).toEqual([...asked, 'failure', state, 'failure'])
    }
  }
)

test('a killed start whose status never arrives is finished once', async () => {
  const { github, job, left } = await killedAt('in_progress', undefined, {})
  await job.post(left, 'cancelled')
  expect(states(github)).toEqual(['failure'])
})

test('if the answer to the second final status is lost, the first one does not count as the second', async () => {
  const { github, job, left } = await killedAt('in_progress', 3_000, {})
  let closes = 0
  github.intercept(request => {
    if (Object(request.body).state !== 'failure') return undefined
    closes += 1
    return closes === 2 ? { status: 200, body: '<html>' } : undefined
  })
  const post = await job.post(left, 'failure')
  expect(warningsOf(post)).toEqual([])
  expect(states(github)).toEqual(['failure', 'in_progress', 'failure'])
})

test('a transient deployment that was made inactive before its first status is made inactive again', async () => {
  const github = await startGitHub()
  const job = startJob(github)
  let count = 0
  github.intercept(request => {
    if (Object(request.body).state !== 'in_progress' || count++ > 0) return undefined
    const [made] = github.store.deployments()
    // The pull request is closed while the start waits for a limit.
    if (made) github.store.seedStatus(made.id, { state: 'inactive', description: 'Retired' })
    return { status: 429, headers: { 'retry-after': '5' }, body: { message: 'Slow down' } }
  })
  const inputs = { environment: 'pr-7', 'transient-environment': 'true' }
  const main = await job.main(inputs)
  const post = await job.post(main, 'success', inputs)
  expect(states(github)).toEqual(['inactive', 'in_progress', 'inactive'])
  expect(warningsOf(post)).toEqual([expect.stringContaining('was made inactive while the job ran')])
})
