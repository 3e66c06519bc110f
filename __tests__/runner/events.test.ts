import { expect, test } from '@jest/globals'
import {
  BASE_SHA,
  type EventName,
  type EventOptions,
  event,
  HEAD_SHA,
  MERGE_SHA
} from '../../simulator/events/index.ts'
import { act, annotationsOf, created, originOf, writeCount } from '../support/act.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'

interface Expected {
  sha: string
  name: string
  environment?: string
  pull?: number
}

const QA = { environment: 'qa' }
const DEPLOYED = { id: 77, environment: 'staging', ref: 'release/2', sha: MERGE_SHA }
const ON_FORK: EventOptions = { number: 7, fork: 'someone/octo-repo', branch: 'patch-1' }

test.each<[EventName, EventOptions, Record<string, string>, Expected]>([
  ['pull_request', { number: 5 }, {}, { sha: HEAD_SHA, name: 'changes', pull: 5 }],
  ['pull_request', ON_FORK, {}, { sha: HEAD_SHA, name: 'patch-1', pull: 7 }],
  ['pull_request', { action: 'synchronize', sha: MERGE_SHA }, {}, { sha: MERGE_SHA, name: 'changes', pull: 2 }],
  ['pull_request', { number: 5 }, QA, { sha: HEAD_SHA, name: 'changes', pull: 5, ...QA }],
  ['pull_request_target', { number: 6 }, {}, { sha: HEAD_SHA, name: 'changes', pull: 6 }],
  ['pull_request_target', ON_FORK, {}, { sha: HEAD_SHA, name: 'patch-1', pull: 7 }],
  ['pull_request_review', { number: 8 }, {}, { sha: HEAD_SHA, name: 'changes', pull: 8 }],
  ['pull_request', { action: 'closed', merged: true, number: 9 }, QA, { sha: MERGE_SHA, name: 'main', pull: 9, ...QA }],
  ['pull_request_target', { action: 'closed', merged: true }, QA, { sha: MERGE_SHA, name: 'main', pull: 2, ...QA }],
  [
    'pull_request',
    {
      action: 'closed',
      merged: true,
      number: 9,
      payload: { pull_request: { merge_commit_sha: null } }
    },
    QA,
    { sha: MERGE_SHA, name: 'main', pull: 9, ...QA }
  ],
  [
    'pull_request_review',
    {
      number: 9,
      payload: { pull_request: { state: 'closed', merged_at: '2026-11-22T12:00:00Z' } }
    },
    QA,
    { sha: MERGE_SHA, name: 'main', pull: 9, ...QA }
  ],
  ['push', {}, QA, { sha: HEAD_SHA, name: 'main', ...QA }],
  ['push', { branch: 'feature/a b' }, QA, { sha: HEAD_SHA, name: 'feature/a b', ...QA }],
  ['push', { tag: 'v1.0.0' }, QA, { sha: HEAD_SHA, name: 'v1.0.0', ...QA }],
  ['release', { tag: 'v2.0.0' }, QA, { sha: HEAD_SHA, name: 'v2.0.0', ...QA }],
  ['workflow_run', { branch: 'topic', sha: MERGE_SHA }, QA, { sha: MERGE_SHA, name: 'topic', ...QA }],
  ['workflow_run', { fork: 'someone/octo-repo', branch: 'main' }, QA, { sha: HEAD_SHA, name: 'main', ...QA }],
  [
    'merge_group',
    { number: 3 },
    QA,
    { sha: HEAD_SHA, name: `refs/heads/gh-readonly-queue/main/pr-3-${BASE_SHA}`, ...QA }
  ],
  ['deployment', { deployment: DEPLOYED }, QA, { sha: MERGE_SHA, name: 'release/2', ...QA }],
  ['deployment_status', { deployment: DEPLOYED }, QA, { sha: MERGE_SHA, name: 'release/2', ...QA }],
  ['check_run', { branch: 'topic' }, QA, { sha: HEAD_SHA, name: 'topic', ...QA }],
  ['check_suite', { branch: 'topic' }, QA, { sha: HEAD_SHA, name: 'topic', ...QA }],
  ['status', { sha: MERGE_SHA }, QA, { sha: MERGE_SHA, name: '', ...QA }],
  ['issue_comment', {}, QA, { sha: BASE_SHA, name: 'main', ...QA }],
  ['schedule', {}, QA, { sha: BASE_SHA, name: 'main', ...QA }],
  ['repository_dispatch', {}, QA, { sha: BASE_SHA, name: 'main', ...QA }],
  ['workflow_dispatch', { branch: 'topic' }, QA, { sha: HEAD_SHA, name: 'topic', ...QA }]
])('%s %j with %j', async (name, options, inputs, expected) => {
  const github = await startGitHub()
  const run = await act(github, inputs, { event: event(name, options) })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  const { sha, environment = `pr-${expected.pull}` } = expected
  const body = created(github)
  expect(body).toMatchObject({ ref: sha, environment })
  const isInferred = expected.environment === undefined
  expect(body['transient_environment']).toBe(isInferred)
  const origin = originOf(body['payload'])
  expect([origin['ref'], origin['pull_request']]).toEqual([expected.name, expected.pull])
  expect(run.outputs).toMatchObject({ sha, environment, state: 'in_progress' })
  expect(states(github)).toEqual(['in_progress'])
})

test.each<[EventName, EventOptions, Record<string, string>, RegExp]>([
  ['delete', {}, {}, /^environment: /],
  ['deployment_status', {}, {}, /^environment: /],
  ['issue_comment', { onPullRequest: true }, QA, /^ref: [\s\S]*headRefOid[\s\S]*actions\/checkout/],
  ['issue_comment', {}, {}, /^environment: /],
  ['push', {}, {}, /^environment: /],
  ['workflow_run', {}, {}, /^environment: /],
  ['schedule', {}, {}, /^environment: /]
])('refuses %s %j with %j before anything is sent', async (name, options, inputs, message) => {
  const github = await startGitHub()
  const run = await act(github, inputs, { event: event(name, options) })
  expect(github.requests.map(request => request.operation)).toEqual([])
  expect(run.exitCode).toBe(1)
  expect(run.annotations).toHaveLength(1)
  expect(annotationsOf(run, 'error')[0]).toMatch(message)
})

test('a comment on a pull request deploys the ref it is given', async () => {
  const github = await startGitHub({ refs: { 'refs/heads/changes': HEAD_SHA } })
  const comment = { event: event('issue_comment', { onPullRequest: true, number: 5 }) }
  const bySha = await act(github, { ...QA, ref: HEAD_SHA }, comment)
  const byName = await act(github, { ...QA, ref: 'changes' }, comment)
  expect([bySha.exitCode, byName.exitCode]).toEqual([0, 0])
  expect(github.store.deployments().map(each => [each.ref, each.sha])).toEqual([
    [HEAD_SHA, HEAD_SHA],
    ['changes', HEAD_SHA]
  ])
})

test.each([[''], ['staging'], ['STAGING']])(
  'the deployment of a deployment event is taken over with environment "%s"',
  async environment => {
    const github = await startGitHub()
    const seed = { environment: 'staging', sha: MERGE_SHA, task: 'deploy:api', payload: { a: 1 } }
    const { id } = github.store.seedDeployment({ ...seed, state: 'queued' })
    github.store.seedDeployment({ environment: 'staging', state: 'success' })
    const deployment = { ...seed, id, ref: MERGE_SHA }
    const run = await act(github, { environment }, { event: event('deployment', { deployment }) })
    expect([run.exitCode, run.annotations]).toEqual([0, []])
    expect(github.store.deployments()).toHaveLength(2)
    expect(github.store.statuses(id).map(each => [each.state, each.environment])).toEqual([
      ['queued', 'staging'],
      ['in_progress', 'staging']
    ])
    expect(run.outputs).toMatchObject({
      'deployment-id': String(id),
      sha: MERGE_SHA,
      task: 'deploy:api',
      environment: 'staging'
    })
  }
)

test('a deployment of another commit is an error, and is made inactive and deleted', async () => {
  const github = await startGitHub()
  github.intercept(async (request, proceed) => {
    if (request.operation !== 'POST /repos/{owner}/{repo}/deployments') return undefined
    const answer = await proceed()
    const [made] = github.store.deployments()
    if (made) made.sha = MERGE_SHA
    return { ...answer, body: { ...Object(answer.body), sha: MERGE_SHA } }
  })
  const inputs = { environment: 'qa' }
  const main = await act(github, inputs)
  expect(main.exitCode).toBe(1)
  const [message = ''] = annotationsOf(main, 'error')
  expect(message).toContain(MERGE_SHA)
  expect(message).toContain(HEAD_SHA)
  expect(writes(github).map(write => write.replace(/\d{5,}/, 'ID'))).toEqual([
    'POST deployments',
    'POST ID/statuses inactive',
    'DELETE ID'
  ])
  expect(github.store.deployments()).toEqual([])
  const post = await act(github, inputs, {
    stage: 'post',
    state: main.state,
    contexts: { jobStatus: 'failure' }
  })
  expect([post.exitCode, annotationsOf(post, 'warning')]).toEqual([0, []])
  expect(writeCount(github)).toBe(3)
})
