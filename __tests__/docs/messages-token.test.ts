import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

const QA = { environment: 'qa' }
const READ_ONLY = {
  tokens: { ghs_local: { kind: 'github-token', permissions: { deployments: 'read' } } }
} as const

test('the error of a rejected status names the open deployment and the missing permission', async () => {
  const github = await startGitHub()
  github.intercept(({ operation }) =>
    operation.endsWith('/statuses')
      ? {
          status: 403,
          headers: { 'x-accepted-github-permissions': 'deployments=write' },
          body: { message: 'Resource not accessible by integration', status: '403' }
        }
      : undefined
  )
  const run = await act(github, QA)
  const [message = ''] = annotationsOf(run, 'error')
  const id = github.store.deployments()[0]?.id
  expect([run.exitCode, run.outputs['deployment-id']]).toEqual([1, String(id)])
  expect(message).toContain(`set deployment ${id} to in_progress`)
  expect(message).toContain('deployments: write')
  expect(message).toMatch(/request id [0-9A-F:]{10,}/)
})

test.each([
  ['a fork', { fork: 'someone/octo-repo' }],
  ['Dependabot', { sender: 'dependabot[bot]' }]
])('the read-only token of %s: one warning, an empty id, and the rest does nothing', async (_, more) => {
  const github = await startGitHub(READ_ONLY)
  const options = { event: event('pull_request', { number: 5, ...more }) }
  const run = await act(github, {}, options)
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning').length]).toEqual([0, [], 1])
  expect(run.outputs['deployment-id'] ?? '').toBe('')
  const sent = github.requests.length
  const post = await act(github, {}, { ...options, stage: 'post', state: run.state })
  expect([post.exitCode, post.annotations, github.requests.length]).toEqual([0, [], sent])
})
