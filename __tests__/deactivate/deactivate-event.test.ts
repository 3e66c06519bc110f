import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHubOptions } from '../../simulator/github/index.ts'
import { act, annotationsOf, writeCount } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { ofBranch, seed, statesOf } from '../support/seeds.ts'

const DEACTIVATE = { mode: 'deactivate' }
const CLOSED_AT = '2026-01-02T03:04:05Z'
const closed = (more: object = {}) => ({
  event: event('pull_request', { action: 'closed', number: 5, closedAt: CLOSED_AT, ...more })
})
const before = (seconds: number): number => Date.parse(CLOSED_AT) - seconds * 1000
const NAMES = ['pr-5', 'PR-5/web', 'pr-5/api/eu', 'pr-55', 'pr-5x', 'xpr-5', 'qa']
const PREVIEWS = NAMES.map(name => ({ environment: name, transient: true, createdAt: before(60) }))
const withPermissions = (permissions: Record<string, 'read' | 'write'>): LocalGitHubOptions => ({
  tokens: { ghs_local: { kind: 'github-token', permissions } }
})

test.each(['pull_request', 'pull_request_target'] as const)(
  'on a closed %s, deactivate selects pr-<number> and pr-<number>/*',
  async name => {
    for (const merged of [true, false]) {
      const github = await startGitHub()
      const ids = seed(github, ...PREVIEWS)
      const options = { action: 'closed', number: 5, closedAt: CLOSED_AT, merged }
      const run = await act(github, DEACTIVATE, { event: event(name, options) })
      expect([run.exitCode, run.annotations]).toEqual([0, []])
      expect(statesOf(github, ids).map(state => state === 'inactive')).toEqual([
        ...[true, true, true, false, false, false, false]
      ])
      expect(github.store.deploymentState(ids[0] ?? 0)).toBe('DESTROYED')
      expect(run.outputs['deactivated']).toBe('3')
    }
  }
)

test('without actions: read, the inferred pattern is skipped with one line of information', async () => {
  const github = await startGitHub(withPermissions({ deployments: 'write' }))
  const ids = seed(github, ...PREVIEWS)
  const run = await act(github, DEACTIVATE, closed())
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(statesOf(github, ids).slice(0, 2)).toEqual(['inactive', 'success'])
  const lines = run.stdout.split('\n').filter(line => line.includes('actions: read'))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('pr-5/*')
})

test('without actions: read, a given pattern is an error that names the permission', async () => {
  const github = await startGitHub(withPermissions({ deployments: 'write' }))
  const ids = seed(github, ...PREVIEWS)
  const run = await act(github, { ...DEACTIVATE, environment: 'pr-5/*' }, closed())
  expect(run.exitCode).toBe(1)
  const [message = ''] = annotationsOf(run, 'error')
  expect(message).toContain('actions: read')
  expect(message).toContain('permissions:')
  expect(message).toContain('Resource not accessible by integration')
  expect(statesOf(github, ids)).not.toContain('inactive')
})

test('deployments created after the pull request was closed stay as they are', async () => {
  const github = await startGitHub()
  const at = (seconds: number) => ({ environment: 'pr-5', createdAt: before(seconds) })
  const ids = seed(github, at(3600), at(1), at(0), at(-1), at(-3600))
  const run = await act(github, DEACTIVATE, closed())
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '2'])
  expect(statesOf(github, ids)).toEqual(['inactive', 'inactive', 'success', 'success', 'success'])
})

test('deployments created after the closing are neither made inactive nor deleted in a given environment', async () => {
  const github = await startGitHub()
  const at = (seconds: number) => ({ environment: 'preview', createdAt: before(seconds) })
  const ids = seed(github, at(60), at(-60))
  const inputs = { ...DEACTIVATE, environment: 'preview', delete: 'deployments' }
  expect((await act(github, inputs, closed())).exitCode).toBe(0)
  expect(statesOf(github, ids)).toEqual(['gone', 'success'])
})

test('on an open pull request, all deployments are selected', async () => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'pr-5' })
  const run = await act(github, DEACTIVATE, { event: event('pull_request', { number: 5 }) })
  expect([run.exitCode, statesOf(github, ids)]).toEqual([0, ['inactive']])
})

test('on a deleted branch, the branch is the ref, and environment is required', async () => {
  const github = await startGitHub()
  const deleted = { event: event('delete', { branch: 'release/2' }) }
  const refused = await act(github, DEACTIVATE, deleted)
  expect(refused.exitCode).toBe(1)
  expect(annotationsOf(refused, 'error')[0]).toMatch(/^environment: .*preview\/\*/)
  expect(github.requests).toEqual([])

  const ids = seed(
    github,
    ofBranch('production', 'release/2'),
    ofBranch('preview/web', 'release/2'),
    ofBranch('preview/web', 'release/22'),
    ofBranch('preview/api', 'release/2')
  )
  const run = await act(github, { ...DEACTIVATE, environment: 'preview/*' }, deleted)
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '2'])
  expect(statesOf(github, ids)).toEqual(['success', 'inactive', 'success', 'inactive'])
})

test('on a deleted tag, the tag is the ref unless ref is given', async () => {
  const github = await startGitHub()
  const ids = seed(github, ofBranch('qa', 'v1'), ofBranch('qa', 'v2'))
  const deleted = { event: event('delete', { tag: 'v1' }) }
  await act(github, { ...DEACTIVATE, environment: 'qa', ref: 'v2' }, deleted)
  expect(statesOf(github, ids)).toEqual(['success', 'inactive'])
  await act(github, { ...DEACTIVATE, environment: 'qa' }, deleted)
  expect(statesOf(github, ids)).toEqual(['inactive', 'inactive'])
})

test.each([
  ['push', {}],
  ['push', { deleted: true }],
  ['workflow_dispatch', {}],
  ['schedule', {}],
  ['issue_comment', { onPullRequest: true }],
  ['deployment_status', {}]
] as const)('%s %j needs an environment', async (name, options) => {
  const github = await startGitHub()
  const run = await act(github, DEACTIVATE, { event: event(name, options) })
  expect([run.exitCode, github.requests]).toEqual([1, []])
  expect(annotationsOf(run, 'error')[0]).toMatch(/^environment: /)
})

test.each([
  ['a fork', { fork: 'someone/octo-repo' }],
  ['Dependabot', { sender: 'dependabot[bot]' }]
])('the read-only token of %s: one warning, and the step succeeds', async (_, more) => {
  const github = await startGitHub(withPermissions({ deployments: 'read', actions: 'read' }))
  const ids = seed(github, { environment: 'pr-5', createdAt: before(60) }, ...PREVIEWS)
  const run = await act(github, DEACTIVATE, closed(more))
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning').length]).toEqual([0, [], 1])
  expect(statesOf(github, ids)).not.toContain('inactive')
  expect(run.outputs['deactivated'] ?? '0').toBe('0')
  expect(writeCount(github)).toBeLessThanOrEqual(2)
})

test('a 403 on another run fails the step', async () => {
  const github = await startGitHub(withPermissions({ deployments: 'read', actions: 'read' }))
  seed(github, ...PREVIEWS)
  const run = await act(github, DEACTIVATE, closed())
  expect(run.exitCode).toBe(1)
  expect(annotationsOf(run, 'error')[0]).toContain('deployments: write')
})

test('deactivate succeeds if there is nothing to do', async () => {
  const github = await startGitHub()
  const run = await act(github, DEACTIVATE, closed())
  expect([run.exitCode, run.annotations, writeCount(github)]).toEqual([0, [], 0])
  expect(run.outputs).toMatchObject({ deactivated: '0', deleted: '0', deployments: '[]' })
})
