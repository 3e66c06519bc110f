import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  type Client,
  createClient,
  type LocalGitHub,
  type Reply,
  startLocalGitHub
} from '../../simulator/github/index.ts'

let github: LocalGitHub
let client: Client

beforeEach(async () => {
  github = await startLocalGitHub({ checkAnswers: true })
  client = createClient(github)
})

afterEach(async () => {
  await github.close()
})

const post = (id: number, body: object): Promise<Reply> => client.rest('POST', `/deployments/${id}/statuses`, body)

const states = () => github.store.deployments().map(each => github.store.stateOf(each.id))

test('a status has the documented defaults and a Location header', async () => {
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  const reply = await post(id, { state: 'in_progress' })
  expect(reply).toMatchObject({
    status: 201,
    body: {
      state: 'in_progress',
      description: '',
      environment: 'qa',
      environment_url: '',
      log_url: '',
      target_url: '',
      deployment_url: `${github.origin}/repos/octo-org/octo-repo/deployments/${id}`
    }
  })
  expect(reply.headers.get('location')).toBe(Object(reply.body).url)
  const again = await client.fetch(String(reply.headers.get('location')))
  expect(again.body).toEqual(reply.body)
  expect(github.problems).toEqual([])
})

test('log_url overrides target_url, and target_url alone sets both', async () => {
  const { id } = github.store.seedDeployment()
  const [log_url, target_url] = ['https://ci.example/1', 'https://ci.example/2']
  const both = await post(id, { state: 'queued', log_url, target_url })
  expect(both.body).toMatchObject({ log_url, target_url: log_url })
  const legacy = await post(id, { state: 'queued', target_url })
  expect(legacy.body).toMatchObject({ log_url: target_url, target_url })
})

test('a description has at most 140 characters, counted as code points', async () => {
  const { id } = github.store.seedDeployment()
  expect(await post(id, { state: 'success', description: '🚀'.repeat(140) })).toMatchObject({
    status: 201
  })
  expect(await post(id, { state: 'success', description: 'x'.repeat(141) })).toMatchObject({
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [
        {
          resource: 'DeploymentStatus',
          code: 'custom',
          field: 'description',
          message: 'description is too long (maximum is 140 characters)'
        }
      ]
    }
  })
  expect(github.problems).toEqual([])
})

test.each(['environment_url', 'log_url', 'target_url'])('%s must be http or https', async field => {
  const { id } = github.store.seedDeployment()
  expect(await post(id, { state: 'success', [field]: 'qa.example.com' })).toMatchObject({
    status: 422,
    body: { errors: [{ field, message: `${field} must use http(s) scheme` }] }
  })
  expect(await post(id, { state: 'success', [field]: '' })).toMatchObject({ status: 201 })
})

test('REST cannot set the state waiting', async () => {
  const { id } = github.store.seedDeployment()
  expect(await post(id, { state: 'waiting' })).toMatchObject({ status: 422 })
  expect(github.problems).toEqual([expect.stringContaining('body state')])
})

test('the environment of a status moves the deployment and is inherited by later statuses', async () => {
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  await post(id, { state: 'in_progress', environment: 'qa-2' })
  const later = await post(id, { state: 'success' })
  expect(later.body).toMatchObject({ environment: 'qa-2' })
  expect(await client.rest('GET', `/deployments/${id}`)).toMatchObject({
    body: { environment: 'qa-2', original_environment: 'qa' }
  })
  expect(github.store.environments().map(each => each.name)).toEqual(['qa', 'qa-2'])
})

test.each([
  ['success', 'a successful deployment', {}, 'inactive'],
  ['success', 'another task', { task: 'deploy:migrations' }, 'inactive'],
  ['success', 'the name in another case', { environment: 'QA' }, 'inactive'],
  ['success', 'a failed deployment', { state: 'failure' }, 'failure'],
  ['success', 'a running deployment', { state: 'in_progress' }, 'in_progress'],
  ['success', 'a transient deployment', { transient: true }, 'success'],
  ['success', 'a production deployment', { production: true }, 'success'],
  ['success', 'another environment', { environment: 'stage' }, 'success'],
  ['failure', 'a successful deployment', {}, 'success'],
  ['in_progress', 'a successful deployment', {}, 'success']
] as const)('after %s, %s (%j) is %s', async (state, _what, prior, expected) => {
  const older = github.store.seedDeployment({ environment: 'qa', state: 'success', ...prior })
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  await post(id, { state })
  expect(github.store.stateOf(older.id)).toBe(expected)
})

test('the flags of the newer deployment do not matter', async () => {
  github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const newer = { environment: 'qa', production: true, transient: true }
  await post(github.store.seedDeployment(newer).id, { state: 'success' })
  expect(states()).toEqual(['inactive', 'success'])
})

test('a newer deployment stays active, and with auto_inactive false all do', async () => {
  const first = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const second = github.store.seedDeployment({ environment: 'qa' })
  await post(second.id, { state: 'success', auto_inactive: false })
  expect(states()).toEqual(['success', 'success'])
  await post(first.id, { state: 'success' })
  expect(states()).toEqual(['success', 'success'])
})

test('auto_inactive applies in the environment that the status moves its deployment to', async () => {
  const older = github.store.seedDeployment({ environment: 'stage', state: 'success' })
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  await post(id, { state: 'success', environment: 'stage' })
  expect(github.store.stateOf(older.id)).toBe('inactive')
})

test('an unknown deployment is a 404', async () => {
  expect(await post(42, { state: 'success' })).toMatchObject({
    status: 404,
    body: { message: 'Not Found', status: '404' }
  })
  expect(await client.rest('GET', '/deployments/42/statuses')).toMatchObject({ status: 404 })
  expect(github.problems).toEqual([])
})
