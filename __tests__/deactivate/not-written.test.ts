import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { ofBranch, seed, statesOf } from '../support/seeds.ts'
import { startWithTokens } from '../support/tokens.ts'

const qa = { environment: 'qa' }
const QA = { mode: 'deactivate', ...qa }
const NOT_FOUND = { status: 404, body: { message: 'Not Found' } }
const closed = event('pull_request', { action: 'closed', number: 5, closedAt: '2100-01-01T00:00:00Z' })

test('a token that can read but not write, and gets a 404: the live deployment is an error', async () => {
  const github = await startWithTokens()
  const ids = seed(github, qa)
  github.intercept(({ method, path }) => (method === 'POST' && path.endsWith('/statuses') ? NOT_FOUND : undefined))
  const run = await act(github, QA)
  expect(statesOf(github, ids)).toEqual(['success'])
  expect(run.exitCode).toBe(1)
  expect(annotationsOf(run, 'error')[0]).toMatch(/404.*\n.*is still "success"/)
})

test('a deployment that a 404 kept from being deleted is not counted as deleted', async () => {
  const github = await startWithTokens()
  seed(github, { ...qa, state: 'inactive' })
  github.intercept(({ method }) => (method === 'DELETE' ? NOT_FOUND : undefined))
  const run = await act(github, { ...QA, delete: 'deployments' })
  expect([run.exitCode, run.outputs['deleted']]).toEqual([1, '0'])
})

test('Dependabot with a token that can write: an environment that is not deleted is an error', async () => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'pr-5' })
  const options = { event: closed, actor: 'dependabot[bot]' }
  const run = await act(github, { mode: 'deactivate', delete: 'environment' }, options)
  expect(statesOf(github, ids)).toEqual(['gone'])
  expect(run.stdout).not.toContain('Nothing was changed')
  expect(annotationsOf(run, 'error')).toEqual([expect.stringContaining('Administration: write')])
})

test('Dependabot without actions: read: the message names the permission', async () => {
  const github = await startGitHub({
    tokens: { ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } } }
  })
  const options = { event: closed, actor: 'dependabot[bot]' }
  const run = await act(github, { mode: 'deactivate', environment: 'preview/*' }, options)
  expect(run.stdout).toContain('actions: read')
  expect(run.stdout).not.toContain('read-only')
})

test('an environment that does not exist is not reported as deleted', async () => {
  const github = await startWithTokens()
  const run = await act(github, { ...QA, token: 'ghs_admin', environment: 'nope', delete: 'environment' })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).not.toContain('Deleted the environment')
  expect(run.summary).not.toContain('Environments deleted')
})

test('`ref` beside `deployment-id` must match, as `task` and `environment` must', async () => {
  const github = await startWithTokens()
  const ids = seed(github, ofBranch('qa', 'topic'))
  const run = await act(github, { mode: 'deactivate', 'deployment-id': String(ids[0]), ref: 'main' })
  expect([run.exitCode, ...statesOf(github, ids)]).toEqual([1, 'success'])
})
