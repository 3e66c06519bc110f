import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Client, createClient, idsOf, type LocalGitHub, startLocalGitHub } from '../../simulator/github/index.ts'

let github: LocalGitHub
let client: Client

const HEAD = '3'.repeat(40)
const ADMIN = { kind: 'pat', permissions: { administration: 'write', actions: 'read' } } as const
const RUNNER = {
  permissions: { deployments: 'write', actions: 'read', 'pull-requests': 'read' }
} as const

beforeEach(async () => {
  github = await startLocalGitHub({
    checkAnswers: true,
    tokens: { ghs_local: RUNNER, ghp_admin: ADMIN }
  })
  client = createClient(github)
})

afterEach(async () => {
  await github.close()
})

const seed = (count: number, environment = 'qa') =>
  Array.from({ length: count }, () => github.store.seedDeployment({ environment }).id)

test('101 deployments are two pages, newest first, with Link headers', async () => {
  const newestFirst = seed(101).reverse()
  const first = await client.rest('GET', '/deployments?environment=qa&per_page=100')
  expect(idsOf(first)).toEqual(newestFirst.slice(0, 100))
  const link = String(first.headers.get('link'))
  expect(link).toMatch(/^<(\S+)[?&]page=2>; rel="next", <(\S+)[?&]page=2>; rel="last"$/)
  const next = /<([^>]+)>; rel="next"/.exec(link)?.[1] ?? ''
  expect(next).toContain('environment=qa&per_page=100&page=2')
  const second = await client.fetch(next)
  expect(idsOf(second)).toEqual(newestFirst.slice(100))
  expect(second.headers.get('link')).toMatch(/rel="prev", .*rel="first"$/)
  expect(github.requests.map(each => each.operation)).toEqual([
    'GET /repos/{owner}/{repo}/deployments',
    'GET /repos/{owner}/{repo}/deployments'
  ])
  expect(github.problems).toEqual([])
})

test('a page has 30 items by default and at most 100; a larger per_page is a problem', async () => {
  seed(101)
  expect(idsOf(await client.rest('GET', '/deployments'))).toHaveLength(30)
  expect(idsOf(await client.rest('GET', '/deployments?per_page=101'))).toHaveLength(100)
  expect(github.problems).toEqual([expect.stringContaining('per_page')])
})

test('a single page has no Link header', async () => {
  seed(3)
  expect((await client.rest('GET', '/deployments')).headers.get('link')).toBeNull()
})

test('all filters must match; the ref matches as stored, the environment case-insensitively', async () => {
  const [plain] = seed(1)
  const full = github.store.seedDeployment({ environment: 'qa', ref: 'refs/heads/main' })
  const other = github.store.seedDeployment({ environment: 'stage', ref: 'refs/heads/main' })
  const task = github.store.seedDeployment({ environment: 'qa', task: 'migrate', sha: HEAD })
  const list = async (query: string) => idsOf(await client.rest('GET', `/deployments?${query}`))
  expect(await list('environment=QA')).toEqual([task.id, full.id, plain])
  expect(await list('ref=refs%2Fheads%2Fmain')).toEqual([other.id, full.id])
  expect(await list('ref=refs%2Fheads%2Fmain&environment=qa')).toEqual([full.id])
  expect(await list(`sha=${HEAD}&task=migrate`)).toEqual([task.id])
  expect(await list('task=none')).toHaveLength(4)
})

test('statuses are listed newest first', async () => {
  const { id } = github.store.seedDeployment({ state: 'queued' })
  github.store.seedStatus(id, { state: 'success' })
  const { body } = await client.rest('GET', `/deployments/${id}/statuses`)
  expect(body).toMatchObject([{ state: 'success' }, { state: 'queued' }])
})

test('an active deployment can be deleted only if it is the only one in its environment', async () => {
  const active = github.store.seedDeployment({ environment: 'qa', state: 'success' })
  const remove = () => client.rest('DELETE', `/deployments/${active.id}`)
  const second = github.store.seedDeployment({ environment: 'QA' })
  expect(await remove()).toMatchObject({
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: ['We cannot delete an active deployment unless it is the only deployment in a given environment.'],
      status: '422'
    }
  })
  expect(await client.rest('DELETE', `/deployments/${second.id}`)).toMatchObject({ status: 204 })
  github.store.seedDeployment({ environment: 'stage' })
  const gone = await remove()
  expect(gone).toMatchObject({ status: 204, body: '' })
  expect(gone.headers.get('content-type')).toBeNull()
  expect(await remove()).toMatchObject({ status: 404 })
  expect(github.problems).toEqual([])
})

test('an inactive deployment can always be deleted', async () => {
  const [, id = 0] = seed(2)
  github.store.seedStatus(id, { state: 'success' })
  await client.rest('POST', `/deployments/${id}/statuses`, { state: 'inactive' })
  expect(await client.rest('DELETE', `/deployments/${id}`)).toMatchObject({ status: 204 })
})

test('environments are listed and found case-insensitively by URL-encoded names', async () => {
  github.store.seedDeployment({ environment: 'review/a b' })
  expect(await client.rest('GET', '/environments')).toMatchObject({
    body: { total_count: 1, environments: [{ name: 'review/a b', protection_rules: [] }] }
  })
  const found = await client.rest('GET', '/environments/Review%2FA%20B')
  expect(found).toMatchObject({ status: 200, body: { name: 'review/a b' } })
  expect(await client.rest('GET', '/environments/gone')).toMatchObject({ status: 404 })
  expect(github.problems).toEqual([])
})

test('an administrator can delete an environment, GITHUB_TOKEN cannot', async () => {
  github.store.seedDeployment({ environment: 'qa' })
  const refused = await client.rest('DELETE', '/environments/qa')
  expect(refused).toMatchObject({
    status: 403,
    body: { message: 'Resource not accessible by integration' }
  })
  expect(refused.headers.get('x-accepted-github-permissions')).toBe('administration=write')
  const admin = createClient(github, { token: 'ghp_admin' })
  expect(await admin.rest('DELETE', '/environments/QA')).toMatchObject({ status: 204 })
  expect(await admin.rest('PUT', '/environments/new')).toMatchObject({ status: 200 })
  expect(github.store.environments().map(each => each.name)).toEqual(['new'])
  expect(github.store.deployments()).toHaveLength(1)
})

test('runs, attempts, jobs and pull requests return what was set', async () => {
  const job = { id: 9, name: 'deploy', status: 'in_progress', conclusion: null }
  github.store.setRun(7, 1, { status: 'completed', conclusion: 'cancelled', jobs: [job] })
  github.store.setRun(7, 2, { status: 'in_progress' })
  const run = await client.rest('GET', '/actions/runs/7')
  expect(run.body).toMatchObject({ run_attempt: 2, status: 'in_progress', conclusion: null })
  const attempt = await client.rest('GET', '/actions/runs/7/attempts/1')
  expect(attempt.body).toMatchObject({ run_attempt: 1, conclusion: 'cancelled' })
  const jobs = await client.rest('GET', '/actions/runs/7/attempts/1/jobs')
  expect(jobs.body).toMatchObject({ total_count: 1, jobs: [{ id: 9, name: 'deploy' }] })
  expect(await client.rest('GET', '/actions/runs/8')).toMatchObject({ status: 404 })
  github.store.setPull({
    number: 5,
    state: 'open',
    headSha: HEAD,
    headRef: 'topic',
    headRepository: 'someone/fork',
    baseRef: 'main'
  })
  const pull = await client.rest('GET', '/pulls/5')
  expect(pull.body).toMatchObject({ head: { sha: HEAD, repo: { fork: true } } })
  expect(await client.rest('GET', '')).toMatchObject({ body: { default_branch: 'main' } })
  expect(github.problems).toEqual([])
})
