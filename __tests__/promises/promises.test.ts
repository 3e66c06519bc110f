import { expect, test } from '@jest/globals'
import type { Interceptor } from '../../simulator/github/index.ts'
import { isCreate } from '../support/catalogue.ts'
import type { Job } from '../support/job.ts'
import { killMain, startJob } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { savedRecord } from '../support/saved-record.ts'
import { startGitHub, states, type TestGitHub } from '../support/scenario.ts'
import { type VirtualTime, virtualTime } from '../support/virtual-clock.ts'

interface World {
  readonly time: VirtualTime
  readonly github: TestGitHub
  readonly job: Job
}

async function begin(): Promise<World> {
  const time = virtualTime()
  const github = await startGitHub({ time })
  const job = startJob(github)
  return { time, github, job }
}

/** Meets only the first request of a kind. */
const once = (isMeant: (request: Parameters<Interceptor>[0]) => boolean, fault: Interceptor) => {
  let isOver = false
  const handler: Interceptor = (request, ...rest) => {
    if (isOver || !isMeant(request)) return undefined
    isOver = true
    return fault(request, ...rest)
  }
  return handler
}

const isStatus = (request: Parameters<Interceptor>[0]): boolean => request.isWrite && request.path.endsWith('/statuses')

test('P1: a create whose answer was lost makes one deployment', async () => {
  const { github, job } = await begin()
  github.intercept(
    once(isCreate, async (_request, proceed) => {
      await proceed()
      return 'reset' as const
    })
  )
  const main = await job.main({ environment: 'qa' })
  expect(failureOf(main)).toBeUndefined()
  expect(github.store.deployments()).toHaveLength(1)
  await job.post(main, 'success')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('P1: a list that was read before the create was done, and answered long after, proves nothing', async () => {
  const { time, github, job } = await begin()
  github.intercept(once(isCreate, () => 'reset'))
  let looks = 0
  github.intercept(async (request, proceed, closed) => {
    if (request.method !== 'GET') return undefined
    looks += 1
    if (looks > 1) return undefined
    // GitHub reads the list, and takes the create that everybody thought lost right after that.
    await proceed()
    const { ref: sha, payload } = Object(github.requests.find(isCreate)?.body)
    github.store.seedDeployment({ environment: 'qa', sha, payload })
    await time.hold(9_000, closed)
    return undefined
  })
  const main = await job.main({ environment: 'qa' })
  expect(failureOf(main)).toBeUndefined()
  expect([looks, github.store.deployments().length]).toEqual([2, 1])
})

const BROKEN: Readonly<Record<string, Interceptor>> = {
  'a page of HTML': () => ({ status: 201, body: '<h1>Welcome to the guest network</h1>' }),
  'an empty body': () => ({ status: 201, body: '' }),
  'another state': () => ({ status: 201, body: { id: 7, state: 'pending' } }),
  'a list': () => ({ status: 201, body: [] })
}

test.each(Object.entries(BROKEN))(
  'P2: a status that is answered with %s counts only once GitHub shows it',
  async (_, fault) => {
    const { github, job } = await begin()
    github.intercept(once(isStatus, fault))
    const main = await job.main({ environment: 'qa' })
    expect([failureOf(main), states(github)]).toEqual([undefined, ['in_progress']])
  }
)

test.each(Object.entries(BROKEN))(
  'P2: a step is red where a status is always answered with %s and never shown',
  async (_, fault) => {
    const { github, job } = await begin()
    github.intercept((request, ...rest) => (isStatus(request) ? fault(request, ...rest) : undefined))
    const main = await job.main({ environment: 'qa' })
    expect(failureOf(main)).toMatch(/^Could not set deployment \d+ to in_progress/)
    expect(main.outputs['state']).toBeUndefined()
    expect(states(github)).toEqual([])
  }
)

test('P3: the key is saved before the create is sent, the id before anything else is', async () => {
  const { github, job } = await begin()
  const atCreate = savedRecord((await killMain({ github, job }, { environment: 'qa' }, isCreate)).state)
  const sent = Object(Object(github.requests.find(isCreate)?.body).payload)['deploy-status-action']
  expect(atCreate).toMatchObject({ phase: 'creating', key: sent.key })
  const main = await killMain({ github, job }, { environment: 'qa' }, isStatus)
  const id = github.store.deployments()[0]?.id
  expect(savedRecord(main.state)).toMatchObject({ phase: 'open', id })
  expect(main.outputs['deployment-id']).toBe(String(id))
})

test('P5: a server that hangs is given up after 15 s, and asked again', async () => {
  const { time, github, job } = await begin()
  github.intercept(
    once(isCreate, async (_request, _proceed, closed) => {
      await time.hold(60_000, closed)
      return 'reset' as const
    })
  )
  const before = time.now()
  const main = await job.main({ environment: 'qa' })
  expect(failureOf(main)).toBeUndefined()
  expect(time.now() - before).toBeLessThan(30_000)
  expect(github.store.deployments()).toHaveLength(1)
})

test('P5: the look-up of a lost response ends with the time of the operation', async () => {
  const { time, github, job } = await begin()
  github.intercept(request => (isCreate(request) ? 'reset' : undefined))
  github.intercept(async (request, _proceed, closed) => {
    if (request.method !== 'GET') return undefined
    await time.hold(14_000, closed)
    return { status: 503 }
  })
  const before = time.now()
  const main = await job.main({ environment: 'qa', timeout: '40' })
  expect(failureOf(main)).toContain('It is not known whether GitHub processed the request')
  expect(time.now() - before).toBeLessThanOrEqual(40_000)
})

const everyRule = ['true', 'all', 'task'] as const

test.each(everyRule)('P6: with auto-inactive %s nothing is touched where the success is not confirmed', async rule => {
  const { github, job } = await begin()
  const earlier = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const inputs = { environment: 'qa', 'auto-inactive': rule }
  const main = await job.main(inputs)
  github.intercept(request =>
    Object(request.body).state === 'success' ? { status: 422, body: { message: 'No' } } : undefined
  )
  const post = await job.post(main, 'success', inputs)
  expect(warningsOf(post)).toHaveLength(1)
  expect(github.store.stateOf(earlier.id)).toBe('success')
})

test('P6: after the success only earlier successes are touched, never a newer deployment', async () => {
  const { github, job } = await begin()
  const seed = (state: 'success' | 'failure' | 'in_progress') =>
    github.store.seedDeployment({ environment: 'qa', state, autoInactive: false }).id
  const earlier = { success: seed('success'), failure: seed('failure'), going: seed('in_progress') }
  const inputs = { environment: 'qa', 'auto-inactive': 'all' }
  const main = await job.main(inputs)
  const newer = seed('in_progress')
  await job.post(main, 'success', inputs)
  const sent = github.requests.filter(isStatus).map(({ path, body }) => {
    return `${path.split('/').at(-2)} ${Object(body).state}`
  })
  const own = main.outputs['deployment-id']
  expect(sent).toEqual([`${own} in_progress`, `${own} success`])
  expect(github.store.stateOf(earlier.success)).toBe('inactive')
  expect([earlier.failure, earlier.going, newer].map(id => github.store.stateOf(id))).toEqual([
    'failure',
    'in_progress',
    'in_progress'
  ])
})
