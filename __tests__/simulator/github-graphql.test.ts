import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  type Client,
  createClient,
  type LocalGitHub,
  type LocalGitHubOptions,
  startLocalGitHub
} from '../../simulator/github/index.ts'

const HEAD = '4'.repeat(40)
const MINUTE = 60_000

let github: LocalGitHub
let client: Client
let now: number

const start = async (options: LocalGitHubOptions = {}) => {
  now = Date.parse('2026-03-01T00:00:00Z')
  github = await startLocalGitHub({ now: () => now, ...options })
  client = createClient(github)
}

beforeEach(() => start())

afterEach(async () => {
  await github.close()
})

const inRepository = (fields: string, variables?: Record<string, unknown>, header = '') =>
  client.graphql(`query Q${header} { repository(owner: "octo-org", name: "octo-repo") { ${fields} } }`, variables)

const states = async () => {
  const answer = await inRepository('deployments(first: 100) { nodes { state } }')
  return Object(answer).data.repository.deployments.nodes.map((each: object) => Object(each).state)
}

test('deployments are listed oldest first by default, the opposite of REST', async () => {
  const ids = [1, 2, 3].map(() => github.store.seedDeployment().id)
  const nodes = (order: number[]) => order.map(databaseId => ({ databaseId }))
  expect(await inRepository('deployments(first: 9) { nodes { databaseId } }')).toEqual({
    data: { repository: { deployments: { nodes: nodes(ids) } } }
  })
  const order = 'orderBy: { field: CREATED_AT, direction: DESC }'
  expect(await inRepository(`deployments(first: 9, ${order}) { nodes { databaseId } }`)).toEqual({
    data: { repository: { deployments: { nodes: nodes([...ids].reverse()) } } }
  })
  expect(github.problems).toEqual([])
})

test('a deployment has the fields that clients use', async () => {
  const { id, nodeId } = github.store.seedDeployment({
    environment: 'qa',
    payload: { nonce: 'x' },
    state: 'success',
    logUrl: 'https://ci.example/1'
  })
  github.store.seedStatus(id, { state: 'in_progress', environment: 'qa-2' })
  const fields = `id databaseId commitOid payload task state environment latestEnvironment
    originalEnvironment description createdAt updatedAt creator { login __typename }
    ref { name prefix target { oid } } commit { abbreviatedOid } repository { nameWithOwner }
    latestStatus { state environment environmentUrl logUrl creator { login } deployment { id } }
    statuses(first: 1) { totalCount nodes { state } pageInfo { hasNextPage } }`
  const answer = await inRepository(`deployments(last: 1) { nodes { ${fields} } }`)
  expect(Object(answer).data.repository.deployments.nodes[0]).toMatchObject({
    id: nodeId,
    databaseId: id,
    payload: '{"nonce":"x"}',
    state: 'IN_PROGRESS',
    environment: 'qa-2',
    latestEnvironment: 'qa-2',
    originalEnvironment: 'qa',
    createdAt: '2026-03-01T00:00:00Z',
    creator: { login: 'github-actions', __typename: 'Bot' },
    ref: { name: 'main', prefix: 'refs/heads/' },
    latestStatus: { state: 'IN_PROGRESS', environment: 'qa-2', environmentUrl: '' },
    statuses: { totalCount: 2, nodes: [{ state: 'IN_PROGRESS' }], pageInfo: { hasNextPage: true } }
  })
  expect(github.problems).toEqual([])
})

test('ref is null for a SHA and for a deleted ref', async () => {
  github.store.setRef('refs/heads/topic', HEAD)
  github.store.seedDeployment({ ref: 'topic' })
  github.store.seedDeployment({ sha: HEAD })
  github.store.setRef('refs/heads/topic', undefined)
  expect(await inRepository('deployments(first: 9) { nodes { commitOid ref { name } } }')).toEqual({
    data: {
      repository: {
        deployments: {
          nodes: [
            { commitOid: HEAD, ref: null },
            { commitOid: HEAD, ref: null }
          ]
        }
      }
    }
  })
})

test('states are derived: active, destroyed, inactive, and abandoned after 30 minutes', async () => {
  const { store } = github
  store.seedDeployment({ state: 'success' })
  store.seedDeployment({ state: 'inactive', transient: true })
  store.seedDeployment({ state: 'inactive' })
  store.seedDeployment({ state: 'queued' })
  store.seedDeployment({ state: 'error' })
  const pending = store.seedDeployment({ state: 'pending' })
  store.seedDeployment()
  const fixed = ['ACTIVE', 'DESTROYED', 'INACTIVE', 'QUEUED', 'ERROR']
  now += 30 * MINUTE - 1
  expect(await states()).toEqual([...fixed, 'PENDING', 'PENDING'])
  now += 1
  expect(await states()).toEqual([...fixed, 'ABANDONED', 'ABANDONED'])
  store.seedStatus(pending.id, { state: 'pending' })
  expect(store.deploymentState(pending.id)).toBe('PENDING')
})

test('a cursor stays valid when earlier deployments are deleted', async () => {
  const all = [1, 2, 3, 4].map(() => github.store.seedDeployment())
  const page = async (after: string | null) => {
    const fields = 'nodes { databaseId } pageInfo { hasNextPage endCursor }'
    const list = `deployments(first: 2, after: $after, environments: ["PRODUCTION"]) { ${fields} }`
    const answer = await inRepository(list, { after }, '($after: String)')
    return Object(answer).data.repository.deployments
  }
  const first = await page(null)
  expect(first.pageInfo.hasNextPage).toBe(true)
  for (const { id } of all.slice(0, 2)) await client.rest('DELETE', `/deployments/${id}`)
  const second = await page(first.pageInfo.endCursor)
  expect(second).toMatchObject({
    nodes: all.slice(2).map(({ id }) => ({ databaseId: id })),
    pageInfo: { hasNextPage: false }
  })
  expect(github.problems).toEqual([])
})

test.each([
  ['deployments { totalCount }', 'MISSING_PAGINATION_BOUNDARIES'],
  ['deployments(first: 101) { totalCount }', 'EXCESSIVE_PAGINATION']
])('%s is rejected with %s and recorded as a problem', async (fields, type) => {
  expect(await inRepository(fields)).toMatchObject({
    data: { repository: null },
    errors: [{ type, path: ['repository', 'deployments'] }]
  })
  expect(github.problems).toHaveLength(1)
})

test('fields that GitHub does not have, or that the simulator does not implement, are problems', async () => {
  const answer = await inRepository('deployments(first: 1) { nodes { transientEnvironment } }')
  expect(answer).toEqual({
    errors: [
      {
        extensions: {
          code: 'undefinedField',
          typeName: 'Deployment',
          fieldName: 'transientEnvironment'
        },
        locations: [expect.anything()],
        message: "Field 'transientEnvironment' doesn't exist on type 'Deployment'"
      }
    ]
  })
  await inRepository('homepageUrl')
  expect(github.problems).toEqual([
    expect.stringContaining('transientEnvironment'),
    expect.stringContaining('Repository.homepageUrl is not implemented')
  ])
})

test('aliased mutations run in order, and a failing one does not affect the others', async () => {
  const older = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const newer = github.store.seedDeployment({ environment: 'qa' })
  const answer = await client.graphql(
    `mutation Finish($newer: ID!, $older: ID!) {
      a: createDeploymentStatus(input: { deploymentId: $newer, state: SUCCESS }) {
        deploymentStatus { state }
      }
      b: deleteDeployment(input: { id: "DE_gone" }) { clientMutationId }
      c: deleteDeployment(input: { id: $newer }) { clientMutationId }
      d: deleteDeployment(input: { id: $older, clientMutationId: "7" }) { clientMutationId }
    }`,
    { newer: newer.nodeId, older: older.nodeId }
  )
  expect(answer).toMatchObject({
    data: {
      a: { deploymentStatus: { state: 'SUCCESS' } },
      b: null,
      c: null,
      d: { clientMutationId: '7' }
    },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['b'],
        locations: [{ line: 5, column: 7 }],
        message: "Could not resolve to a node with the global id of 'DE_gone'."
      },
      { path: ['c'], message: expect.stringContaining('cannot delete an active deployment') }
    ]
  })
  expect(github.store.deployments()).toEqual([newer])
  expect(github.requests[0]).toMatchObject({ operation: 'graphql mutation Finish', isWrite: true })
  expect(github.events.map(each => each.name)).toEqual(['deployment_status'])
})

test('GITHUB_TOKEN cannot delete an environment through GraphQL', async () => {
  const { nodeId } = github.store.addEnvironment('qa')
  const input = `{ id: "${nodeId}" }`
  const answer = await client.graphql(`mutation { deleteEnvironment(input: ${input}) { clientMutationId } }`)
  expect(answer).toMatchObject({
    data: { deleteEnvironment: null },
    errors: [
      {
        type: 'FORBIDDEN',
        path: ['deleteEnvironment'],
        extensions: { saml_failure: false },
        message: 'Resource not accessible by integration'
      }
    ]
  })
})

test('environments are listed by name and found case-insensitively', async () => {
  const deployed = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  github.store.addEnvironment('live')
  const fields = 'name latestCompletedDeployment { databaseId }'
  const all = `environments(first: 9) { totalCount nodes { ${fields} } }`
  expect(await inRepository(`${all} environment(name: "QA") { id name }`)).toMatchObject({
    data: {
      repository: {
        environments: {
          totalCount: 2,
          nodes: [{ name: 'live' }, { latestCompletedDeployment: { databaseId: deployed.id } }]
        },
        environment: { name: 'qa', id: expect.stringMatching(/^EN_/) }
      }
    }
  })
})

test('nodes are found by the node_id of REST, and a missing one is null with an error', async () => {
  const { body } = await client.rest('POST', '/deployments', { ref: 'main' })
  const { id, node_id } = Object(body)
  const query = 'query Q($ids: [ID!]!) { nodes(ids: $ids) { ... on Deployment { databaseId } } }'
  expect(await client.graphql(query, { ids: [node_id, 'DE_gone'] })).toMatchObject({
    data: { nodes: [{ databaseId: id }, null] },
    errors: [{ type: 'NOT_FOUND', path: ['nodes', 1] }]
  })
})

test('an inaccessible repository is NOT_FOUND', async () => {
  const answer = await client.graphql('{ repository(owner: "a", name: "b") { id } }')
  expect(answer).toMatchObject({
    data: { repository: null },
    errors: [{ type: 'NOT_FOUND', message: "Could not resolve to a Repository with the name 'a/b'." }]
  })
})

test('variables of the wrong type and undeclared variables are problems', async () => {
  const answer = await client.graphql('query Q($id: ID!) { node(id: $id) { id } }', { ID: 'x' })
  expect(answer).toMatchObject({ errors: [expect.anything(), expect.anything()] })
  expect(github.problems).toHaveLength(2)
})

test('rateLimit counts GraphQL separately from REST', async () => {
  await client.rest('GET', '/deployments')
  expect(await client.graphql('{ rateLimit { limit remaining used resetAt } }')).toEqual({
    data: { rateLimit: { limit: 1000, remaining: 999, used: 1, resetAt: '2026-03-01T01:00:00Z' } }
  })
})

test('GraphQL can be forbidden', async () => {
  await github.close()
  await start({ graphql: 'forbidden' })
  expect(await inRepository('deployments(first: 1) { totalCount }')).toMatchObject({
    errors: [{ type: 'FORBIDDEN' }]
  })
  expect(github.problems).toEqual([])
})
