import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { runMain } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { ofBranch, seed, statesOf } from '../support/seeds.ts'

const DEACTIVATE = { mode: 'deactivate', environment: 'preview' }
const PREVIEW = { environment: 'preview' }
const TAG = {
  event: event('push', { tag: 'v1' }),
  env: { GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag' }
}
const BRANCH = { event: event('push', { branch: 'v1' }), env: { GITHUB_REF_NAME: 'v1' } }

const DELETIONS = [
  ['delete', { branch: 'v1' }, ['inactive', 'success']],
  ['delete', { tag: 'v1' }, ['success', 'inactive']],
  ['push', { deleted: true, branch: 'v1' }, ['inactive', 'success']],
  ['push', { deleted: true, tag: 'v1' }, ['success', 'inactive']]
] as const

test.each(DELETIONS)(
  'deactivate on %s %j leaves the deployments of a ref of the other type with the same name',
  async (name, options, expected) => {
    const github = await startGitHub()
    const settings = { ...PREVIEW, 'auto-inactive': 'false' }
    for (const options of [BRANCH, TAG]) {
      const start = await runMain(github, { ...settings, run: 'true' }, options)
      expect(failureOf(start)).toBeUndefined()
    }
    const run = await runMain(github, DEACTIVATE, { event: event(name, options) })
    const ids = github.store.deployments().map(({ id }) => id)
    expect([failureOf(run), statesOf(github, ids)]).toEqual([undefined, expected])
  }
)

test.each(DELETIONS)(
  'deactivate on %s %j leaves deployments that were created with the full name of a ref of the other type',
  async (name, options, expected) => {
    const refs = { 'refs/heads/main': 'ba5e'.repeat(10), 'refs/heads/v1': 'feed'.repeat(10) }
    const github = await startGitHub({ refs })
    const [branch = 0] = seed(github, { ...PREVIEW, ref: 'v1' })
    github.store.setRef('refs/heads/v1', undefined)
    github.store.setRef('refs/tags/v1', 'cafe'.repeat(10))
    const [tag = 0] = seed(github, { ...PREVIEW, ref: 'v1' })
    const isTag = JSON.stringify(options).includes('tag')
    if (isTag) github.store.setRef('refs/heads/v1', 'feed'.repeat(10))
    github.store.setRef(isTag ? 'refs/tags/v1' : 'refs/heads/v1', undefined)
    const run = await runMain(github, DEACTIVATE, { event: event(name, options) })
    expect([failureOf(run), statesOf(github, [branch, tag])]).toEqual([undefined, expected])
  }
)

test('ref: * on a delete event selects deployments of all refs', async () => {
  const github = await startGitHub()
  const ids = seed(github, ofBranch('preview', 'a'), ofBranch('preview', 'b'), PREVIEW)
  const run = await runMain(github, { ...DEACTIVATE, ref: '*' }, { event: event('delete', { branch: 'a' }) })
  expect([failureOf(run), statesOf(github, ids)]).toEqual([undefined, ['inactive', 'inactive', 'inactive']])
})

test.each([
  [1, '1 live deployment of preview belongs to another ref.'],
  [2, '2 live deployments of preview belong to other refs.']
])('a ref filter that leaves %i live deployments logs a notice', async (count, notice) => {
  const github = await startGitHub()
  const others = Array.from({ length: count }, () => ofBranch('preview', 'other'))
  seed(github, ofBranch('preview', 'gone'), ofBranch('preview', 'x', { state: 'inactive' }), ...others)
  const run = await act(github, DEACTIVATE, { event: event('delete', { branch: 'gone' }) })
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '1'])
  expect(annotationsOf(run, 'notice')).toEqual([notice])
})

test('a task filter and the time of the closing log a notice about the live deployments that they leave', async () => {
  const github = await startGitHub()
  const closedAt = '2026-01-02T03:04:05Z'
  const at = (seconds: number) => ({ createdAt: Date.parse(closedAt) + seconds * 1000 })
  seed(
    github,
    { ...PREVIEW, task: 'web', ...at(-60) },
    { ...PREVIEW, task: 'web', ...at(60) },
    { ...PREVIEW, task: 'api', ...at(-60) },
    { ...PREVIEW, task: 'cli', ...at(-60) }
  )
  const closed = event('pull_request', { action: 'closed', number: 5, closedAt })
  const run = await act(github, { ...DEACTIVATE, task: 'web' }, { event: closed })
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '1'])
  expect(annotationsOf(run, 'notice').sort()).toEqual([
    '1 live deployment of preview is newer than the closing of the pull request.',
    '2 live deployments of preview have other tasks.'
  ])
})

test('environments that match a pattern get no notice about filters', async () => {
  const github = await startGitHub()
  seed(github, ofBranch('preview', 'gone'), ofBranch('preview', 'other'))
  const inputs = { ...DEACTIVATE, environment: 'pre*' }
  const run = await act(github, inputs, { event: event('delete', { branch: 'gone' }) })
  expect([run.exitCode, run.annotations, run.outputs['deactivated']]).toEqual([0, [], '1'])
})
