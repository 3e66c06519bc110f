import { afterEach, expect, test } from '@jest/globals'
import {
  createClient,
  type LocalGitHub,
  type LocalGitHubOptions,
  startLocalGitHub
} from '../../simulator/github/index.ts'

const DIGEST = `sha256:${'1'.repeat(64)}`
const RECORD = {
  name: 'ghcr.io/octo-org/app',
  digest: DIGEST,
  status: 'deployed',
  logical_environment: 'production',
  deployment_name: 'deploy'
}

let github: LocalGitHub

afterEach(async () => {
  await github.close()
})

async function start(permission = 'artifact-metadata', options: LocalGitHubOptions = {}) {
  github = await startLocalGitHub({
    checkAnswers: true,
    tokens: { ghs_local: { permissions: { [permission]: 'write' } } },
    ...options
  })
  const client = createClient(github)
  return (body: object, org = 'octo-org', api = github.origin) =>
    client.fetch(`${api}/orgs/${org}/artifacts/metadata/deployment-record`, {
      method: 'POST',
      body: JSON.stringify(body)
    })
}

test.each(['artifact-metadata', 'contents'])('%s: write creates a record', async permission => {
  const post = await start(permission)
  expect(await post(RECORD)).toMatchObject({
    status: 200,
    body: {
      total_count: 1,
      deployment_records: [{ digest: DIGEST, logical_environment: 'production', deployment_name: 'deploy' }]
    }
  })
  expect(github.problems).toEqual([])
})

test('the same environment, cluster and deployment name is the same record', async () => {
  const post = await start()
  await post(RECORD)
  await post({ ...RECORD, status: 'decommissioned' })
  await post({ ...RECORD, cluster: 'eu' })
  await post({ ...RECORD, deployment_name: 'api' })
  expect(github.store.artifactRecords().map(each => each.status)).toEqual(['decommissioned', 'deployed', 'deployed'])
})

test('without return_records only the count is returned', async () => {
  const post = await start()
  expect((await post({ ...RECORD, return_records: false })).body).toEqual({ total_count: 1 })
})

test('another permission is a 403', async () => {
  const post = await start('deployments')
  const reply = await post(RECORD)
  expect(reply).toMatchObject({
    status: 403,
    body: { message: 'Resource not accessible by integration' }
  })
  expect(reply.headers.get('x-accepted-github-permissions')).toBe('artifact_metadata=write')
  expect(github.problems).toEqual([])
})

test('a user has no artifact records, and neither has an unknown organization', async () => {
  const post = await start('artifact-metadata', { ownerType: 'User' })
  expect((await post(RECORD)).status).toBe(404)
  expect((await post(RECORD, 'no one')).status).toBe(404)
  expect(github.problems).toEqual([])
})

test('GHES does not have the endpoint', async () => {
  const post = await start()
  expect((await post(RECORD, 'octo-org', `${github.origin}/api/v3`)).status).toBe(404)
  expect(github.problems).toEqual([])
})

test.each([
  ['a short digest', { digest: 'sha256:1' }],
  ['another status', { status: 'running' }],
  ['a long environment', { logical_environment: 'e'.repeat(129) }],
  ['a long deployment name', { deployment_name: 'e'.repeat(257) }],
  ['no name', { name: undefined }]
])('%s is a 422 and a problem', async (_what, change) => {
  const post = await start()
  expect((await post({ ...RECORD, ...change })).status).toBe(422)
  expect(github.problems).not.toEqual([])
  expect(github.store.artifactRecords()).toEqual([])
})
