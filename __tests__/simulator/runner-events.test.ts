import { expect, test } from '@jest/globals'
import {
  BASE_SHA,
  type EventName,
  type EventOptions,
  event,
  HEAD_SHA,
  MERGE_SHA,
  NO_SHA
} from '../../simulator/events/index.ts'
import { eventFacts, field } from '../../simulator/runner/event-facts.ts'

const MAIN = 'refs/heads/main'

const CASES: [EventName, EventOptions, sha: string, ref: string][] = [
  ['push', {}, HEAD_SHA, MAIN],
  ['push', { branch: 'x' }, HEAD_SHA, 'refs/heads/x'],
  ['push', { tag: 'v1' }, HEAD_SHA, 'refs/tags/v1'],
  ['push', { branch: 'x', deleted: true }, BASE_SHA, MAIN],
  ['pull_request', { number: 7 }, MERGE_SHA, 'refs/pull/7/merge'],
  ['pull_request', { action: 'synchronize' }, MERGE_SHA, 'refs/pull/2/merge'],
  ['pull_request', { action: 'closed' }, MERGE_SHA, 'refs/pull/2/merge'],
  ['pull_request', { action: 'closed', merged: true }, MERGE_SHA, MAIN],
  ['pull_request_target', {}, BASE_SHA, MAIN],
  ['pull_request_review', {}, MERGE_SHA, 'refs/pull/2/merge'],
  ['release', { tag: 'v2' }, HEAD_SHA, 'refs/tags/v2'],
  ['workflow_run', {}, BASE_SHA, MAIN],
  ['merge_group', {}, HEAD_SHA, `refs/heads/gh-readonly-queue/main/pr-2-${BASE_SHA}`],
  ['deployment', {}, HEAD_SHA, MAIN],
  ['deployment', { deployment: { ref: HEAD_SHA } }, HEAD_SHA, ''],
  ['deployment_status', { state: 'failure' }, HEAD_SHA, MAIN],
  ['delete', { branch: 'x' }, BASE_SHA, MAIN],
  ['issue_comment', {}, BASE_SHA, MAIN],
  ['check_run', {}, BASE_SHA, MAIN],
  ['check_suite', {}, BASE_SHA, MAIN],
  ['status', {}, BASE_SHA, MAIN],
  ['schedule', {}, BASE_SHA, MAIN],
  ['repository_dispatch', {}, BASE_SHA, MAIN],
  ['workflow_dispatch', {}, BASE_SHA, MAIN],
  ['workflow_dispatch', { branch: 'x' }, HEAD_SHA, 'refs/heads/x']
]

test.each(CASES)('%s %j has the sha and ref of GitHub', (name, options, sha, ref) => {
  const repository = 'acme/shop'
  const made = event(name, { ...options, repository })
  expect(eventFacts(made)).toMatchObject({ sha, ref, repository })
  const text = JSON.stringify(made.payload)
  expect(text).not.toMatch(/Codertocat\/Hello-World|octo-org\/octo-repo/)
  expect(field(made.payload, 'repository', 'owner', 'login')).toBe('acme')
})

test('pull requests of a fork, of a bot, and merged', () => {
  const { payload } = event('pull_request', { fork: 'someone/shop', sha: BASE_SHA, branch: 'x' })
  expect(field(payload, 'pull_request', 'head')).toMatchObject({
    ...{ sha: BASE_SHA, ref: 'x', label: 'someone:x' },
    repo: { full_name: 'someone/shop', fork: true }
  })
  expect(field(payload, 'pull_request', 'base', 'repo', 'full_name')).toBe('octo-org/octo-repo')
  const bot = event('pull_request', { sender: 'dependabot[bot]' }).payload
  expect(bot).toMatchObject({
    sender: { login: 'dependabot[bot]', type: 'Bot' },
    pull_request: {
      user: { login: 'dependabot[bot]' },
      head: { ref: expect.stringMatching(/^dependabot/) }
    }
  })
  const closed = event('pull_request', {
    action: 'closed',
    merged: true,
    closedAt: '2026-01-02T03:04:05Z'
  })
  expect(closed.payload).toMatchObject({
    pull_request: { state: 'closed', merged: true, merged_at: '2026-01-02T03:04:05Z' }
  })
})

test('the fields of each event', () => {
  expect(event('push', { tag: 'v1', deleted: true }).payload).toMatchObject({
    ...{ ref: 'refs/tags/v1', deleted: true, after: NO_SHA }
  })
  expect(event('delete', { tag: 'v1' }).payload).toMatchObject({ ref: 'v1', ref_type: 'tag' })
  expect(event('workflow_run', { runId: 9, conclusion: 'failure', fork: 'a/b' }).payload).toMatchObject({
    action: 'completed',
    workflow_run: {
      id: 9,
      conclusion: 'failure',
      head_sha: HEAD_SHA,
      head_repository: { full_name: 'a/b' }
    }
  })
  expect(field(event('issue_comment').payload, 'issue', 'pull_request')).toBeUndefined()
  expect(event('issue_comment', { onPullRequest: true, number: 4 }).payload).toMatchObject({
    issue: {
      number: 4,
      pull_request: { url: 'https://api.github.com/repos/octo-org/octo-repo/pulls/4' }
    }
  })
  expect(
    event('deployment', { deployment: { id: 5, environment: 'qa' }, payload: { action: 'x' } }).payload
  ).toMatchObject({
    action: 'x',
    deployment: { id: 5, environment: 'qa', sha: HEAD_SHA }
  })
  expect(event('deployment_status', { state: 'error' }).payload).toMatchObject({
    deployment_status: { state: 'error' }
  })
  expect(event('repository_dispatch', { action: 'go', clientPayload: { a: 1 } }).payload).toMatchObject({
    ...{ action: 'go', client_payload: { a: 1 } }
  })
})

test('each call returns its own copy', () => {
  const { payload } = event('push')
  Object.assign(payload, { ref: 'changed' })
  expect(field(event('push').payload, 'ref')).toBe(MAIN)
})
