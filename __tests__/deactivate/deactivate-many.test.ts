import { expect, test } from '@jest/globals'
import type { LocalGitHub, RequestRecord } from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import { startJob } from '../support/one-job.ts'
import { rejectStatus } from '../support/reject-status.ts'
import { failureOf, logOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { type VirtualTime, virtualTime } from '../support/virtual-clock.ts'

const repeated = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)
const isDocument = ({ operation = '' }: RequestRecord): boolean => operation.startsWith('graphql mutation')
const isActive = (github: LocalGitHub) => (id: number) => github.store.stateOf(id) === 'success'

interface World {
  readonly time: VirtualTime
  readonly github: LocalGitHub
  deactivate(inputs: Readonly<Record<string, string>>): Promise<ActionResult>
}

async function world(options: Parameters<typeof startGitHub>[0] = {}): Promise<World> {
  const time = virtualTime()
  const github = await startGitHub({ time, hourlyLimit: 1_000_000, ...options })
  return {
    time,
    github,
    deactivate(inputs) {
      const job = startJob(github)
      return job.main({ mode: 'deactivate', ...inputs })
    }
  }
}

test('300 live deployments take 3 reads and 15 writes, one second apart', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(300, { environment: 'qa' }))
  const run = await deactivate({ environment: 'qa' })
  expect([failureOf(run), run.outputs['deactivated']]).toEqual([undefined, '300'])
  expect(ids.filter(isActive(github))).toEqual([])
  const writes = github.requests.filter(each => each.isWrite)
  expect([writes.length, github.requests.length - writes.length]).toEqual([15, 3])
  const gaps = writes.slice(1).map((each, index) => each.at - (writes[index]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
  expect(github.store.statuses(ids[0] ?? 0).map(({ state }) => state)).toEqual(['success', 'inactive'])
  expect(logOf(run).filter(line => /^Made [\d,]+ of 300 deployments inactive$/.test(line))).toHaveLength(2)
})

test('10 live deployments among 2,000 take one write', async () => {
  const { github, deactivate } = await world()
  const ids = seed(
    github,
    ...Array.from({ length: 2_000 }, (_, index) => ({
      environment: 'qa',
      state: index % 200 === 7 ? ('success' as const) : ('inactive' as const)
    }))
  )
  const run = await deactivate({ environment: 'QA' })
  expect(run.outputs['deactivated']).toBe('10')
  expect(ids.filter(isActive(github))).toEqual([])
  const writes = github.requests.filter(each => each.isWrite)
  expect([writes.length, github.requests.length - writes.length]).toEqual([1, 20])
})

test('hundreds of environments that match one pattern share their lists', async () => {
  const { github, deactivate } = await world()
  const seeds = Array.from({ length: 250 }, (_, index) => ({ environment: `pr-${index}` }))
  const ids = seed(github, ...seeds, { environment: 'production' })
  const run = await deactivate({ environment: 'pr-*' })
  expect(run.outputs['deactivated']).toBe('250')
  expect(ids.filter(isActive(github))).toEqual([ids.at(-1)])
  // 3 pages of environments, 5 lists of 50 names each, 13 documents.
  expect(github.requests).toHaveLength(3 + 5 + 13)
})

test('keep counts in each environment, and deletions are sent in documents', async () => {
  const { github, deactivate } = await world()
  const mixed = Array.from({ length: 60 }, (_, index) => ({ environment: `pr-${index % 3}` }))
  seed(github, ...mixed)
  const run = await deactivate({ environment: 'pr-*', delete: 'deployments', keep: '5' })
  expect(run.outputs).toMatchObject({ deactivated: '45', deleted: '45' })
  const left = github.store.deployments()
  expect(left.map(({ environment }) => environment).sort()).toEqual(
    ['pr-0', 'pr-1', 'pr-2'].flatMap(name => repeated(5, name))
  )
  expect(left.map(({ id }) => github.store.stateOf(id))).toEqual(repeated(15, 'success'))
  expect(github.requests.filter(isDocument)).toHaveLength(3 + 3)
})

test('a write that fails in a document is sent alone, and the others are not sent again', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(30, { environment: 'qa' }))
  rejectStatus(github, ids[3] ?? 0)
  const run = await deactivate({ environment: 'qa' })
  expect(failureOf(run)).toMatch(/Could not set deployment \d+ to inactive .* "Validation Failed: odd"/)
  expect(failureOf(run)).toContain('Completed: 29 deployments made inactive')
  expect(ids.filter(isActive(github))).toEqual([ids[3]])
  expect(github.requests.filter(each => each.isWrite && !isDocument(each))).toHaveLength(1)
})

test.each([
  ['done before its answer was lost', true, 1],
  ['lost on its way', false, 2]
])('a document that was %s is looked up before it is sent again', async (_, isDone, documents) => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(15, { environment: 'qa' }))
  let count = 0
  github.intercept(async (request, proceed) => {
    if (!isDocument(request) || count++ > 0) return undefined
    if (isDone) await proceed()
    return 'reset'
  })
  const run = await deactivate({ environment: 'qa' })
  expect([failureOf(run), run.outputs['deactivated']]).toEqual([undefined, '15'])
  expect(github.requests.filter(isDocument)).toHaveLength(documents)
  const told = ids.map(id =>
    github.store
      .statuses(id)
      .map(({ state }) => state)
      .join(' ')
  )
  expect(told).toEqual(repeated(15, 'success inactive'))
})

test('the writes that GitHub did of a document are not sent twice', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(10, { environment: 'qa' }))
  let count = 0
  github.intercept(request => {
    if (!isDocument(request) || count++ > 0) return undefined
    // GitHub has done the first four and then run out of its ten seconds.
    const asked = Object.values<{ deploymentId: string; description: string; logUrl: string }>(
      Object(Object(request.body).variables)
    )
    for (const { deploymentId, description, logUrl } of asked.slice(0, 4)) {
      const made = github.store.deployments().find(({ nodeId }) => nodeId === deploymentId)
      if (made) github.store.seedStatus(made.id, { state: 'inactive', description, logUrl })
    }
    return { status: 502, body: '<h1>Bad gateway</h1>' }
  })
  const run = await deactivate({ environment: 'qa' })
  expect([failureOf(run), run.outputs['deactivated']]).toEqual([undefined, '10'])
  const told = ids.map(id =>
    github.store
      .statuses(id)
      .map(({ state }) => state)
      .join(' ')
  )
  expect(told).toEqual(repeated(10, 'success inactive'))
})

test('if no document gets an answer, each write is sent alone', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(5, { environment: 'qa' }))
  github.intercept(request => (isDocument(request) ? { status: 502 } : undefined))
  const run = await deactivate({ environment: 'qa' })
  expect([failureOf(run), ids.filter(isActive(github))]).toEqual([undefined, []])
})

test('if GitHub does not answer, the remaining writes are not tried one by one', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(60, { environment: 'qa' }))
  let isDown = false
  github.intercept(request => {
    isDown ||= isDocument(request)
    return isDown ? { status: 503 } : undefined
  })
  const run = await deactivate({ environment: 'qa' })
  expect(failureOf(run)).toContain('Completed: 0 deployments made inactive')
  expect(ids.filter(isActive(github))).toHaveLength(60)
  expect(
    new Set(github.requests.filter(each => each.isWrite && !isDocument(each)).map(each => each.path)).size
  ).toBeLessThanOrEqual(3)
})

test('if GitHub forbids the mutations, each write is sent by REST, one second apart', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(25, { environment: 'qa' }))
  github.intercept(request => {
    if (!isDocument(request)) return undefined
    const names = Object.keys(Object(Object(request.body).variables))
    const message = 'Resource not accessible by integration'
    const errors = names.map(name => ({ type: 'FORBIDDEN', path: [name], message }))
    const data = Object.fromEntries(names.map(name => [name, null]))
    return { status: 200, body: { data, errors } }
  })
  const run = await deactivate({ environment: 'qa' })
  expect([failureOf(run), ids.filter(isActive(github))]).toEqual([undefined, []])
  expect(github.requests.filter(isDocument)).toHaveLength(2)
  const rest = github.requests.filter(each => each.isWrite && !isDocument(each))
  expect(rest).toHaveLength(25)
  const gaps = rest.slice(11).map((each, index) => each.at - (rest[index + 10]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
})

test.each([
  ['refuses', { status: 403, body: { message: 'Resource not accessible by integration' } }],
  ['does not know', { status: 200, body: { errors: [{ message: "Field 'x' doesn't exist" }] } }]
])('a document that GitHub %s is an error for each of its deployments', async (_, answer) => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(25, { environment: 'qa' }))
  github.intercept(request => (isDocument(request) ? answer : undefined))
  const run = await deactivate({ environment: 'qa' })
  expect(failureOf(run)).toMatch(/^Could not change the state of \d+ deployments in octo-org/)
  expect(failureOf(run)).toMatch(/Deployment \d+ of "qa" is still "success"/)
  expect(ids.filter(isActive(github))).toEqual(ids)
  expect(github.requests.filter(each => each.isWrite && !isDocument(each))).toEqual([])
})

test('a page that cannot be read fails the step, and the deployments read before it are made inactive', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(150, { environment: 'qa' }))
  let pages = 0
  github.intercept(({ operation }) => {
    if (operation !== 'graphql query Deployments') return undefined
    pages += 1
    return pages > 1 ? { status: 422, body: { message: 'No more pages' } } : undefined
  })
  const run = await deactivate({ environment: 'qa' })
  expect(failureOf(run)).toMatch(/Could not list the deployments .* "No more pages"/)
  expect(failureOf(run)).toContain('Completed: 100 deployments made inactive')
  expect(ids.filter(isActive(github))).toEqual(ids.slice(0, 50))
})

test('a dry run sends no write, and its summary shows what would change', async () => {
  const { github, deactivate } = await world()
  const ids = seed(github, ...repeated(3, { environment: 'qa' }))
  const inputs = { environment: 'qa', delete: 'deployments', keep: '1', 'dry-run': 'true' }
  const run = await deactivate(inputs)
  expect(github.requests.filter(each => each.isWrite)).toEqual([])
  expect(run.summary).toContain('dry run, nothing was changed')
  const rows = run.summary.split('\n').filter(line => /^\| \d/.test(line))
  expect(rows).toEqual([
    `| ${ids[1]} | qa | success | inactive, deleted |`,
    `| ${ids[0]} | qa | success | inactive, deleted |`
  ])
})
