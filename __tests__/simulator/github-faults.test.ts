import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  type Client,
  createClient,
  FAULTS,
  fault,
  inject,
  type LocalGitHub,
  startLocalGitHub
} from '../../simulator/github/index.ts'

// The effect of each fault on a client other than the action.

let github: LocalGitHub
let client: Client

beforeEach(async () => {
  github = await startLocalGitHub()
  client = createClient(github)
})

afterEach(async () => {
  await github.close()
})

const create = () => client.rest('POST', '/deployments', { ref: 'main' })
const createdCount = () => github.store.deployments().length

test('the names of faults are unique', () => {
  expect(new Set(FAULTS.map(each => each.name)).size).toBe(FAULTS.length)
  expect(() => fault('flood')).toThrow('no fault has the name "flood"')
})

test.each(['reset', 'reset after it was done'])('%s: the client gets no response', async name => {
  inject(github, fault(name))
  await expect(create()).rejects.toThrow('fetch failed')
  expect(createdCount()).toBe(name === 'reset' ? 0 : 1)
  expect(await create()).toMatchObject({ status: 201 })
})

test('a body that is cut has the content-length of the whole body', async () => {
  inject(github, fault('body cut in the middle'))
  await expect(create()).rejects.toThrow('terminated')
  expect(createdCount()).toBe(1)
})

test('half of the JSON is a complete response', async () => {
  inject(github, fault('half of the JSON'))
  const { status, body } = await create()
  expect([status, typeof body, createdCount()]).toEqual([201, 'string', 1])
})

test('a response in small pieces has the same content', async () => {
  inject(github, { ...fault('slow, in small pieces'), overMs: 50 })
  expect(await create()).toMatchObject({ status: 201, body: { ref: 'main' } })
})

test('a fault is applied once, to the second matching request', async () => {
  const injection = inject(github, fault('502 with HTML'), {
    matching: request => request.method === 'POST',
    at: 2
  })
  await client.rest('GET', '/deployments')
  const statuses = [await create(), await create(), await create()].map(reply => reply.status)
  expect(statuses).toEqual([201, 502, 201])
  expect([injection.hits, createdCount()]).toEqual([1, 2])
})

test('a refused connection is a closed port that is reopened', async () => {
  const injection = inject(github, fault('refused connection'), { at: 2 })
  await create()
  const cause = await create().catch(error => Object(error).cause)
  expect(cause).toMatchObject({ code: 'ECONNREFUSED' })
  await injection.remove()
  expect(await create()).toMatchObject({ status: 201 })
  expect([injection.hits, createdCount()]).toEqual([1, 2])
})

test('a rename redirects to the id of the repository', async () => {
  await create()
  inject(github, fault('301 to the new name of the repository'))
  const { status, body } = await client.rest('GET', '/deployments')
  expect([status, Object(body).length]).toEqual([200, 1])
  expect(github.requests.at(-1)?.path).toMatch(/^\/repositories\/\d+\/deployments$/)
  expect(github.problems).toEqual([])
})

test('a hang ends when the client disconnects', async () => {
  const controller = new AbortController()
  const injection = inject(github, fault('hang'), { onHit: () => controller.abort() })
  const { signal } = controller
  await expect(client.fetch(github.origin, { signal })).rejects.toThrow('aborted')
  expect(injection.hits).toBe(1)
})
