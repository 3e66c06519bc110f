import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Client, createClient, type LocalGitHub, startLocalGitHub } from '../../simulator/github/index.ts'

// The simulated GitHub behaves as GitHub documents and as its users report.

const MAIN = '1'.repeat(40)
const FORK_HEAD = 'f'.repeat(40)
const DOCS = 'https://docs.github.com/rest/deployments'

let github: LocalGitHub
let client: Client

beforeEach(async () => {
  github = await startLocalGitHub({
    now: () => Date.parse('2026-03-01T10:20:30.456Z'),
    refs: { 'refs/heads/main': MAIN, 'refs/heads/topic': '2'.repeat(40), 'refs/tags/v1': MAIN },
    commits: [FORK_HEAD],
    anyCommit: false,
    checkAnswers: true
  })
  client = createClient(github)
})

afterEach(async () => {
  await github.close()
})

const create = (body: object) =>
  client.rest('POST', '/deployments', { auto_merge: false, required_contexts: [], ...body })

test('a deployment with only a ref gets the documented defaults', async () => {
  const reply = await client.rest('POST', '/deployments', { ref: 'main' })
  expect(reply).toMatchObject({
    status: 201,
    body: {
      node_id: expect.stringMatching(/^DE_kwDO/),
      ref: 'main',
      sha: MAIN,
      task: 'deploy',
      payload: {},
      environment: 'production',
      original_environment: 'production',
      transient_environment: false,
      production_environment: true,
      created_at: '2026-03-01T10:20:30Z',
      updated_at: '2026-03-01T10:20:30Z',
      creator: { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' }
    }
  })
  expect(String(Object(reply.body).id)).toMatch(/^\d{10}$/)
  expect(reply.headers.get('location')).toBe(Object(reply.body).url)
  expect(github.store.environments().map(each => each.name)).toEqual(['production'])
  expect(github.problems).toEqual([])
})

test('only the exact name production makes a production environment', async () => {
  for (const environment of ['Production', 'qa']) {
    const { body } = await create({ ref: 'main', environment })
    expect(body).toMatchObject({ environment, production_environment: false })
  }
  const { body } = await create({ ref: 'main', environment: 'live', production_environment: true })
  expect(body).toMatchObject({ production_environment: true })
})

test.each([
  ['topic', '2'.repeat(40)],
  ['heads/topic', '2'.repeat(40)],
  ['refs/heads/topic', '2'.repeat(40)],
  ['v1', MAIN],
  ['refs/tags/v1', MAIN],
  [FORK_HEAD, FORK_HEAD]
])('the ref %s is resolved and returned as sent', async (ref, sha) => {
  expect(await create({ ref })).toMatchObject({ status: 201, body: { ref, sha } })
})

test.each(['develop', 'a'.repeat(40), MAIN.slice(0, 7)])('the ref %s is not found', async ref => {
  expect(await create({ ref })).toMatchObject({
    status: 422,
    body: {
      message: `No ref found for: ${ref}`,
      documentation_url: `${DOCS}/deployments#create-a-deployment`,
      status: '422'
    }
  })
  expect(github.problems).toEqual([])
})

test('a payload is returned as sent: an object as an object, a string as a string', async () => {
  for (const payload of [{ nonce: 'x', deep: [1] }, '{"nonce":"x"}', '']) {
    expect(await create({ ref: 'main', payload })).toMatchObject({ status: 201, body: { payload } })
  }
})

test('a branch behind the default branch is merged first: 202 without an id, then 201', async () => {
  github.store.setMerge('topic', 'behind')
  const first = await client.rest('POST', '/deployments', { ref: 'topic' })
  expect(first.status).toBe(202)
  expect(first.body).toEqual({ message: 'Auto-merged main into topic on deployment.' })
  expect(github.store.deployments()).toEqual([])
  const second = await client.rest('POST', '/deployments', { ref: 'topic' })
  expect(second.status).toBe(201)
  expect(second.body).not.toMatchObject({ sha: '2'.repeat(40) })
})

test('a merge conflict is a 409 unless auto_merge is false', async () => {
  github.store.setMerge('topic', 'conflict')
  expect(await client.rest('POST', '/deployments', { ref: 'topic' })).toMatchObject({
    status: 409,
    body: { message: 'Conflict merging main into topic', status: '409' }
  })
  expect(await create({ ref: 'topic' })).toMatchObject({ status: 201 })
})

test('contexts that have not succeeded are a 409 unless none is required', async () => {
  const contexts = [
    { context: 'build', state: 'success' },
    { context: 'review', state: 'pending' },
    { context: 'docs', state: 'skipped' }
  ]
  github.store.setContexts(MAIN, contexts)
  expect(await client.rest('POST', '/deployments', { ref: 'main' })).toMatchObject({
    status: 409,
    body: {
      message: 'Conflict: Commit status checks failed for main.',
      errors: [{ contexts, resource: 'Deployment', field: 'required_contexts', code: 'invalid' }],
      documentation_url: `${DOCS}/deployments#create-a-deployment`
    }
  })
  expect(await create({ ref: 'main', required_contexts: ['build'] })).toMatchObject({ status: 201 })
  expect(await create({ ref: 'main', required_contexts: ['gone'] })).toMatchObject({ status: 409 })
  expect(await create({ ref: 'main' })).toMatchObject({ status: 201 })
})

test('an environment name has at most 255 characters', async () => {
  expect(await create({ ref: 'main', environment: 'e'.repeat(255) })).toMatchObject({ status: 201 })
  expect(await create({ ref: 'main', environment: 'e'.repeat(256) })).toMatchObject({ status: 422 })
})
