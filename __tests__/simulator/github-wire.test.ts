import { request } from 'node:http'
import { afterEach, expect, test } from '@jest/globals'
import {
  createClient,
  type LocalGitHub,
  type LocalGitHubOptions,
  startLocalGitHub
} from '../../simulator/github/index.ts'

let github: LocalGitHub

afterEach(async () => {
  await github.close()
})

const start = async (options: LocalGitHubOptions = {}) => {
  github = await startLocalGitHub({ checkAnswers: true, ...options })
  return createClient(github)
}

test('every response has the headers of GitHub and a unique request id', async () => {
  const client = await start({ now: () => Date.parse('2026-03-01T00:00:00Z') })
  const replies = [await client.rest('GET', '/deployments'), await client.rest('GET', '/deployments/1')]
  for (const { headers } of replies) {
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('x-github-api-version-selected')).toBe('2022-11-28')
    expect(headers.get('x-github-request-id')).toMatch(/^[0-9A-F]{4}:[0-9A-F:]+$/)
    expect(headers.get('x-ratelimit-limit')).toBe('1000')
    expect(headers.get('x-ratelimit-reset')).toBe('1772326800')
    expect(headers.get('x-ratelimit-resource')).toBe('core')
  }
  expect(replies.map(each => each.headers.get('x-ratelimit-remaining'))).toEqual(['999', '998'])
  expect(new Set(github.requests.map(each => each.requestId)).size).toBe(2)
})

test('an unchanged list is a 304 for a request with its ETag', async () => {
  const client = await start()
  const url = `${github.origin}/repos/octo-org/octo-repo/deployments`
  const etag = String((await client.fetch(url)).headers.get('etag'))
  const headers = { 'if-none-match': etag }
  expect(await client.fetch(url, { headers })).toMatchObject({ status: 304, body: '' })
  github.store.seedDeployment()
  expect(await client.fetch(url, { headers })).toMatchObject({ status: 200 })
})

test('authentication fails without a token and with an unknown one; `token` works like `Bearer`', async () => {
  await start()
  const url = `${github.origin}/repos/octo-org/octo-repo/deployments`
  const anonymous = await fetch(url)
  expect(anonymous.status).toBe(401)
  expect(await anonymous.json()).toEqual({
    message: 'Requires authentication',
    documentation_url: 'https://docs.github.com/rest',
    status: '401'
  })
  expect(await createClient(github, { token: 'x' }).rest('GET', '/deployments')).toMatchObject({
    status: 401,
    body: { message: 'Bad credentials' }
  })
  const older = await fetch(url, { headers: { authorization: 'token ghs_local' } })
  expect(older.status).toBe(200)
  expect(github.problems).toEqual([])
})

test.each([
  ['github-token', 'Resource not accessible by integration'],
  ['app', 'Resource not accessible by integration'],
  ['fine-grained', 'Resource not accessible by personal access token']
] as const)('a read-only %s gets its own error message', async (kind, message) => {
  const client = await start({
    tokens: { ghs_local: { kind, permissions: { deployments: 'read' } } }
  })
  expect(await client.rest('GET', '/deployments')).toMatchObject({ status: 200 })
  const refused = await client.rest('POST', '/deployments', { ref: 'main' })
  expect(refused).toMatchObject({ status: 403, body: { message, status: '403' } })
  expect(refused.headers.get('x-accepted-github-permissions')).toBe('deployments=write')
  expect(await client.rest('GET', '/environments')).toMatchObject({ status: 403 })
  expect(github.problems).toEqual([])
})

test('a repository that the token has no access to is a 404', async () => {
  const permissions = { deployments: 'write' } as const
  const client = await start({
    tokens: { ghs_local: { permissions, repositories: ['octo-org/octo-repo'] } }
  })
  github.store.repository('octo-org/secret', { private: true })
  const other = createClient(github, { repository: 'octo-org/secret' })
  expect(await other.rest('GET', '/deployments')).toMatchObject({ status: 404 })
  expect(await client.rest('GET', '/deployments')).toMatchObject({ status: 200 })
})

test.each([
  ['GET', '/repos/octo-org/octo-repo/releases', 'no such route'],
  ['GET', '/repos/octo-org/octo-repo/deployments/', 'no such route'],
  ['GET', '/repos/octo-org/octo-repo/environments/review/1', 'no such route'],
  ['PATCH', '/repos/octo-org/octo-repo/deployments', 'no such route'],
  ['GET', '/repos/octo-org/octo-repo/deployments/latest', 'path deployment_id']
])('%s %s is a 404 and a problem', async (method, path, problem) => {
  const client = await start()
  expect(await client.fetch(github.origin + path, { method })).toMatchObject({ status: 404 })
  expect(github.problems).toEqual([expect.stringContaining(problem)])
})

test.each([
  ['{', 400, 'Problems parsing JSON'],
  ['[]', 400, 'Body should be a JSON object'],
  ['{}', 422, 'Invalid request.\n\n"ref" wasn\'t supplied.'],
  ['{"ref":1}', 422, "Invalid request.\n\nFor 'properties/ref', 1 is not a string."]
])('the body %s is a %i and a problem', async (body, status, message) => {
  const client = await start()
  const url = `${github.origin}/repos/octo-org/octo-repo/deployments`
  expect(await client.fetch(url, { method: 'POST', body })).toMatchObject({
    status,
    body: { message }
  })
  expect(github.problems).toHaveLength(1)
})

test('unknown fields and filters are ignored, as on GitHub, and recorded as problems', async () => {
  const client = await start()
  const reply = await client.rest('POST', '/deployments', { ref: 'main', enviroment: 'qa' })
  expect(reply).toMatchObject({ status: 201, body: { environment: 'production' } })
  await client.rest('GET', '/deployments?state=success')
  expect(github.problems).toEqual([expect.stringContaining('body enviroment'), expect.stringContaining('query state')])
})

test('a request without a User-Agent is refused', async () => {
  await start()
  const path = '/repos/octo-org/octo-repo/deployments'
  const status = await new Promise(resolve => {
    const { port } = new URL(github.origin)
    request({ host: '127.0.0.1', port, path, agent: false }, answer => {
      answer.resume()
      resolve(answer.statusCode)
    }).end()
  })
  expect(status).toBe(403)
  expect(github.problems).toEqual([expect.stringContaining('no User-Agent')])
})

test('an unknown API version is a 400', async () => {
  const client = await start()
  const headers = { 'x-github-api-version': '2020-01-01' }
  expect(await client.fetch(`${github.origin}/rate_limit`, { headers })).toMatchObject({
    status: 400
  })
  expect(github.problems).toHaveLength(1)
})

test('GHES serves the same API under /api/v3, links included, without rate limits', async () => {
  await start()
  const ghes = createClient(github, { product: 'ghes' })
  const reply = await ghes.rest('POST', '/deployments', { ref: 'main' })
  const base = `${github.origin}/api/v3/repos/octo-org/octo-repo`
  expect(reply).toMatchObject({ status: 201, body: { repository_url: base } })
  expect(reply.headers.get('x-ratelimit-remaining')).toBeNull()
  expect(await ghes.fetch(`${github.origin}/api/v3/rate_limit`)).toMatchObject({ status: 404 })
  expect(await ghes.graphql('query Q { viewer { login } }')).toEqual({
    data: { viewer: { login: 'github-actions' } }
  })
  expect(github.requests.map(each => [each.product, each.path])).toEqual([
    ['ghes', '/repos/octo-org/octo-repo/deployments'],
    ['ghes', '/rate_limit'],
    ['ghes', '/graphql']
  ])
  expect(github.problems).toEqual([])
})

test('the hourly limit is a 403, and GET /rate_limit does not count', async () => {
  const client = await start({ hourlyLimit: 1 })
  await client.rest('GET', '/deployments')
  const over = await client.rest('GET', '/deployments')
  expect(over).toMatchObject({ status: 403 })
  expect(Object(over.body).message).toMatch(/^API rate limit exceeded for installation\. If you/)
  expect(over.headers.get('x-ratelimit-remaining')).toBe('0')
  const limits = await client.fetch(`${github.origin}/rate_limit`)
  expect(limits).toMatchObject({ status: 200, body: { rate: { limit: 1, used: 2 } } })
  expect(github.problems).toEqual([])
})
