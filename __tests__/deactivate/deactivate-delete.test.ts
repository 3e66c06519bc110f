import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, annotationsOf, writeCount } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed, statesOf } from '../support/seeds.ts'

const QA = { mode: 'deactivate', environment: 'qa' }
const ADMIN = {
  ghs_admin: {
    kind: 'app',
    permissions: { deployments: 'write', administration: 'write', actions: 'read' }
  }
} as const
const qa = { environment: 'qa' }
const names = (github: { store: { environments(): readonly { name: string }[] } }) =>
  github.store.environments().map(each => each.name)

test('delete: deployments makes deployments of any state inactive, then deletes them', async () => {
  const github = await startGitHub()
  const states = ['success', 'in_progress', 'failure', 'error', 'inactive', 'queued'] as const
  const ids = seed(github, ...states.map(state => ({ ...qa, state })))
  const [other] = seed(github, { environment: 'qa2' })
  const inactive: number[] = []
  github.intercept(({ operation, body }) => {
    if (operation !== 'graphql mutation DeleteDeployments') return undefined
    const asked = JSON.stringify(Object(body).variables)
    for (const { id, nodeId } of github.store.deployments()) {
      if (asked.includes(nodeId) && github.store.stateOf(id) !== 'success') inactive.push(id)
    }
    return undefined
  })
  const run = await act(github, { ...QA, delete: 'deployments' })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(statesOf(github, [...ids, other ?? 0])).toEqual([...ids.map(() => 'gone'), 'success'])
  expect(inactive.sort()).toEqual([...ids].sort())
  expect(run.outputs).toMatchObject({ deactivated: '3', deleted: '6', environment: 'qa' })
  expect(names(github)).toContain('qa')
})

test('with deployment-id, only this deployment is deleted', async () => {
  const github = await startGitHub()
  const ids = seed(github, qa, qa)
  const inputs = { mode: 'deactivate', 'deployment-id': String(ids[0]), delete: 'deployments' }
  const run = await act(github, inputs)
  expect([run.exitCode, statesOf(github, ids)]).toEqual([0, ['gone', 'success']])
  expect(run.outputs).toMatchObject({ deactivated: '1', deleted: '1' })
})

test('with a token that has Administration: write, the environments are deleted too, without a hint', async () => {
  const github = await startGitHub({ tokens: ADMIN })
  const ids = seed(github, { environment: 'pr-5' }, { environment: 'pr-5/a b' }, qa)
  const run = await act(
    github,
    { mode: 'deactivate', token: 'ghs_admin', delete: 'environment' },
    {
      event: event('pull_request', {
        ...{ action: 'closed', number: 5, closedAt: '2100-01-01T00:00:00Z' }
      })
    }
  )
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(statesOf(github, ids)).toEqual(['gone', 'gone', 'success'])
  expect(names(github)).toEqual(['qa'])
  expect(run.outputs).toMatchObject({ deactivated: '2', deleted: '2' })
  expect(run.summary).toContain('pr-5')
  expect(run.stdout).not.toContain('Administration')
})

test('deleting an environment that does not exist succeeds', async () => {
  const github = await startGitHub({ tokens: ADMIN })
  const run = await act(github, { ...QA, token: 'ghs_admin', delete: 'environment' })
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning')]).toEqual([0, [], []])
  expect(run.outputs).toMatchObject({ deactivated: '0', deleted: '0' })
})

test('with GITHUB_TOKEN, deployments are deleted, and the step fails because the environment is not', async () => {
  const github = await startGitHub()
  const ids = seed(github, qa, qa, { environment: 'qb' })
  const run = await act(github, { ...QA, environment: 'qa, qb', delete: 'environment' })
  expect(run.exitCode).toBe(1)
  expect(statesOf(github, ids)).toEqual(['gone', 'gone', 'gone'])
  expect(names(github)).toEqual(['qa', 'qb'])
  expect(run.outputs).toMatchObject({ deactivated: '3', deleted: '3' })
  const [message = '', ...more] = annotationsOf(run, 'error')
  expect(more).toEqual([])
  expect(message).toMatch(/delete the environment "qa".*403.*request id/)
  expect(message).toMatch(/Administration: write/)
  expect(message).toMatch(/3 deployments made inactive, 3 deleted/)
  expect(run.summary).toContain('deleted')
})

test('with fail-on-error: false, an environment that cannot be deleted is a warning', async () => {
  const github = await startGitHub()
  const ids = seed(github, qa)
  const run = await act(github, { ...QA, delete: 'environment', 'fail-on-error': 'false' })
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning').length]).toEqual([0, [], 1])
  expect(statesOf(github, ids)).toEqual(['gone'])
  expect(annotationsOf(run, 'warning')[0]).toContain('Administration: write')
})

test('an environment with deployments that the inputs do not select is not deleted', async () => {
  const github = await startGitHub({ tokens: ADMIN })
  const ids = seed(github, { ...qa, task: 'web' }, { ...qa, task: 'api' })
  const inputs = { ...QA, token: 'ghs_admin', task: 'web', delete: 'environment' }
  const run = await act(github, inputs)
  expect(statesOf(github, ids)).toEqual(['gone', 'success'])
  expect(names(github)).toEqual(['qa'])
  expect([...annotationsOf(run, 'warning'), ...annotationsOf(run, 'error')]).toHaveLength(1)
})

test('a deployment that was deleted in the meantime is not a failure', async () => {
  const github = await startGitHub()
  const ids = seed(github, qa, qa)
  github.intercept(async (request, proceed) => {
    if (request.method !== 'DELETE') return undefined
    await proceed()
    return { status: 404, body: { message: 'Not Found', status: '404' } }
  })
  const run = await act(github, { ...QA, delete: 'deployments' })
  expect([run.exitCode, annotationsOf(run, 'error'), statesOf(github, ids)]).toEqual([...[0, [], ['gone', 'gone']]])
})

test.each(['none', 'deployments', 'environment'])(
  'a dry run with delete: %s sends nothing and logs each write',
  async deletion => {
    const github = await startGitHub({ tokens: ADMIN })
    const ids = seed(github, qa, { ...qa, state: 'failure' })
    const inputs = { ...QA, token: 'ghs_admin', delete: deletion, 'dry-run': 'true' }
    const run = await act(github, inputs)
    expect([run.exitCode, run.annotations, writeCount(github)]).toEqual([0, [], 0])
    expect(statesOf(github, ids)).toEqual(['success', 'failure'])
    expect(run.outputs).toMatchObject({ deactivated: '0', deleted: '0' })
    expect(run.summary).toMatch(/dry run/i)
    expect(run.summary).toMatch(new RegExp(`\\| ${ids[0]} \\| qa \\| success \\| inactive`))
    const path = '/repos/octo-org/octo-repo'
    expect(run.stdout).toContain(`POST ${path}/deployments/${ids[0]}/statuses {"state":"inactive"`)
    const deletes = run.stdout.includes(`DELETE ${path}/deployments/${ids[1]}`)
    expect(deletes).toBe(deletion !== 'none')
    const deletesEnvironment = run.stdout.includes(`DELETE ${path}/environments/qa`)
    expect(deletesEnvironment).toBe(deletion === 'environment')
  }
)
