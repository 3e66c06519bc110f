import { expect, test } from '@jest/globals'
import { act, annotationsOf } from '../support/act.ts'
import { runMain, sentWrites } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed, statesOf } from '../support/seeds.ts'

const DELETE = { mode: 'deactivate', delete: 'deployments' }
const qa = (state: 'success' | 'failure' | 'inactive' | 'in_progress' | 'queued', task = 'deploy') => ({
  environment: 'qa',
  state,
  task
})

test('keep leaves the newest deployments of each environment and task as they are', async () => {
  const github = await startGitHub()
  const ids = seed(
    github,
    qa('success', 'web'),
    qa('success', 'api'),
    qa('success', 'web'),
    qa('success', 'api'),
    { environment: 'eu', state: 'success' },
    { environment: 'eu', state: 'success' }
  )
  const run = await runMain(github, { ...DELETE, environment: 'qa\neu', keep: '1' })
  expect(failureOf(run)).toBeUndefined()
  expect(statesOf(github, ids)).toEqual(['gone', 'gone', 'success', 'success', 'gone', 'success'])
  expect(run.outputs).toMatchObject({ deactivated: '3', deleted: '3' })
})

test.each([
  ['1', ['gone', 'success', 'gone', 'gone', 'failure']],
  ['2', ['gone', 'success', 'gone', 'failure', 'failure']],
  ['9', ['success', 'success', 'failure', 'failure', 'failure']]
])('keep: %s leaves the newest success of any age', async (keep, expected) => {
  const github = await startGitHub()
  const all = [qa('success'), qa('success'), qa('failure'), qa('failure'), qa('failure')]
  const ids = seed(github, ...all)
  const run = await runMain(github, { ...DELETE, environment: 'qa', keep })
  expect([failureOf(run), statesOf(github, ids)]).toEqual([undefined, expected])
})

test('keep leaves all unfinished deployments', async () => {
  const github = await startGitHub()
  const all = [qa('in_progress'), qa('queued'), qa('inactive'), qa('failure'), qa('success')]
  const ids = seed(github, ...all)
  const open = github.store.seedDeployment({ environment: 'qa' }).id
  const run = await runMain(github, { ...DELETE, environment: 'qa', keep: '1' })
  expect([failureOf(run), statesOf(github, [...ids, open])]).toEqual([
    undefined,
    ['in_progress', 'queued', 'gone', 'gone', 'success', 'none']
  ])
  expect(sentWrites(github).length).toBe(1)
})

test.each([[{}], [{ delete: 'none' }], [{ delete: 'environment' }]])(
  'keep without delete: deployments is an input error: %j',
  async inputs => {
    const github = await startGitHub()
    const run = await runMain(github, {
      mode: 'deactivate',
      environment: 'qa',
      keep: '3',
      ...inputs
    })
    expect(failureOf(run)).toMatch(/^keep: .*delete: deployments/)
    expect(github.requests).toEqual([])
  }
)

test.each(['*', '**', '?', '*?', 'qa, *', 'qa\n??'])(
  'deactivate rejects the pattern %j without a literal character before any request',
  async environment => {
    const github = await startGitHub()
    const run = await runMain(github, { mode: 'deactivate', environment })
    expect(failureOf(run)).toMatch(/^environment: /)
    expect(github.requests).toEqual([])
  }
)

test.each([
  ['nothing', ['environment: nothing matches "nothing".']],
  ['nothing/*', ['environment: nothing matches "nothing/*".']],
  ['qa\nnothing, no*', ['environment: nothing matches "no*".', 'environment: nothing matches "nothing".']]
])('deactivate: %j that matches nothing is a notice', async (environment, notices) => {
  const github = await startGitHub()
  seed(github, { environment: 'qa', state: 'inactive' })
  const run = await act(github, { mode: 'deactivate', environment })
  expect([run.exitCode, annotationsOf(run, 'notice').sort()]).toEqual([0, notices])
  expect([...annotationsOf(run, 'warning'), ...annotationsOf(run, 'error')]).toEqual([])
})
