import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  type Client,
  createClient,
  type GitHubEvent,
  idOf,
  type LocalGitHub,
  startLocalGitHub
} from '../../simulator/github/index.ts'

// What tests and the demo use: the request log, interceptors, events and seeds.

let github: LocalGitHub
let client: Client

beforeEach(async () => {
  const permissions = { deployments: 'write' } as const
  github = await startLocalGitHub({
    tokens: { ghs_local: { permissions }, ghs_app: { permissions, kind: 'app' } }
  })
  client = createClient(github)
})

afterEach(async () => {
  await github.close()
})

test('the log records each request with its operation, body and status', async () => {
  await client.rest('POST', '/deployments', { ref: 'main' })
  await client.graphql('query Who { viewer { login } }')
  expect(github.requests).toMatchObject([
    {
      number: 1,
      method: 'POST',
      path: '/repos/octo-org/octo-repo/deployments',
      operation: 'POST /repos/{owner}/{repo}/deployments',
      body: { ref: 'main' },
      token: 'ghs_local',
      status: 201,
      isWrite: true
    },
    { number: 2, operation: 'graphql query Who', isWrite: false, status: 200 }
  ])
})

test('a scripted response replaces the real one, and nothing is stored', async () => {
  const remove = github.intercept(() => ({ status: 502, body: '<html>Bad Gateway</html>' }))
  expect(await client.rest('POST', '/deployments', { ref: 'main' })).toMatchObject({
    status: 502,
    body: '<html>Bad Gateway</html>'
  })
  expect(github.store.deployments()).toHaveLength(0)
  remove()
  expect(await client.rest('POST', '/deployments', { ref: 'main' })).toMatchObject({ status: 201 })
})

test('a scripted response with `after`: the deployment exists, but the client gets an empty 500', async () => {
  github.intercept(({ isWrite }) => (isWrite ? { status: 500, after: true } : undefined))
  expect(await client.rest('POST', '/deployments', { ref: 'main' })).toMatchObject({
    status: 500,
    body: ''
  })
  expect(github.store.deployments()).toHaveLength(1)
  expect(await client.rest('GET', '/deployments')).toMatchObject({ status: 200 })
})

test('a connection can be reset before and after processing', async () => {
  const scripts = ['reset', { reset: true, after: true }] as const
  let next = 0
  github.intercept(() => scripts[next++])
  await expect(client.rest('POST', '/deployments', { ref: 'main' })).rejects.toThrow()
  expect(github.store.deployments()).toHaveLength(0)
  await expect(client.rest('POST', '/deployments', { ref: 'main' })).rejects.toThrow()
  expect(github.store.deployments()).toHaveLength(1)
  expect(github.requests.map(each => each.status)).toEqual([0, 0])
})

test('an interceptor can read the real response and change headers in any case', async () => {
  github.intercept(async (_request, proceed) => {
    const answer = await proceed()
    return { ...answer, headers: { ...answer.headers, 'X-RateLimit-Remaining': '0' } }
  })
  const reply = await client.rest('POST', '/deployments', { ref: 'main' })
  expect(reply.status).toBe(201)
  expect(reply.headers.get('x-ratelimit-remaining')).toBe('0')
})

test('deployments and statuses are events, except inactive', async () => {
  const received: GitHubEvent[] = []
  github.on('deployment_status', event => received.push(event))
  const app = createClient(github, { token: 'ghs_app' })
  const id = idOf(await client.rest('POST', '/deployments', { ref: 'main', environment: 'qa' }))
  await app.rest('POST', `/deployments/${id}/statuses`, { state: 'success' })
  const later = idOf(await client.rest('POST', '/deployments', { ref: 'main', environment: 'qa' }))
  await client.rest('POST', `/deployments/${later}/statuses`, { state: 'success' })
  expect(github.store.stateOf(id)).toBe('inactive')
  await client.rest('POST', `/deployments/${later}/statuses`, { state: 'inactive' })
  expect(github.events.map(each => each.name)).toEqual([
    'deployment',
    'deployment_status',
    'deployment',
    'deployment_status'
  ])
  expect(received).toMatchObject([
    { tokenKind: 'app', startsWorkflows: true, deployment_status: { state: 'success' } },
    { tokenKind: 'github-token', startsWorkflows: false }
  ])
})

test('seeds follow the rules of the API but send no events', () => {
  const { store } = github
  const [createdAt, logUrl] = [Date.parse('2026-01-02T03:04:05Z'), 'https://ci.example/1']
  const older = store.seedDeployment({ state: 'success', environment: 'qa', createdAt, logUrl })
  const newer = store.seedDeployment({ state: 'success', environment: 'qa', creator: 'hubot' })
  expect(older).toMatchObject({ createdAt, ref: 'main', production: false })
  expect(newer.creator).toMatchObject({ login: 'hubot', type: 'User' })
  expect(store.statuses(older.id).map(each => each.state)).toEqual(['success', 'inactive'])
  expect(store.statuses(older.id)[0]?.logUrl).toBe(logUrl)
  expect(github.events).toEqual([])
  expect(() => store.seedDeployment({ ref: 'gone' })).toThrow('No ref found for: gone')
})

test('two repositories share only the id sequence', async () => {
  const other = github.store.repository('octo-org/other')
  const there = other.seedDeployment()
  const here = github.store.seedDeployment()
  expect(here.id).toBeGreaterThan(there.id)
  expect(await client.rest('GET', `/deployments/${there.id}`)).toMatchObject({ status: 404 })
})
