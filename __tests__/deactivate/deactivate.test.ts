import { expect, test } from '@jest/globals'
import { act, annotationsOf, writeCount } from '../support/act.ts'
import { logUrl, startGitHub } from '../support/scenario.ts'
import { ofBranch, seed, statesOf } from '../support/seeds.ts'

const DEACTIVATE = { mode: 'deactivate' }
const LIVE = ['success', 'in_progress', 'queued', 'pending', undefined] as const
const OVER = ['inactive', 'failure', 'error'] as const

test('only live deployments are made inactive, and the outputs count them', async () => {
  const github = await startGitHub()
  const withState = (state: (typeof LIVE)[number] | (typeof OVER)[number]) => ({
    environment: 'qa',
    ...(state === undefined ? { state } : { state, environmentUrl: `https://${state}.example.com` })
  })
  const live = LIVE.map(state => {
    const { state: _, ...none } = withState(state)
    return state === undefined ? github.store.seedDeployment(none).id : (seed(github, { ...none, state })[0] ?? 0)
  })
  const over = seed(github, ...OVER.map(state => ({ environment: 'qa', state })))
  const others = seed(github, { environment: 'qa2' }, { environment: 'q' }, { environment: 'a/qa' })
  const inputs = { ...DEACTIVATE, environment: 'QA', description: 'Old' }
  const run = await act(github, inputs, { runId: 77 })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(statesOf(github, live)).toEqual(LIVE.map(() => 'inactive'))
  expect(statesOf(github, over)).toEqual([...OVER])
  expect(statesOf(github, others)).toEqual(['success', 'success', 'success'])
  expect(over.flatMap(id => github.store.statuses(id))).toHaveLength(3)
  expect(run.outputs).toMatchObject({ deactivated: '5', deleted: '0', environment: 'qa' })
  expect(JSON.parse(run.outputs['deployments'] ?? '')).toEqual(
    [...live].reverse().map(id => ({ id, environment: 'qa', state: 'inactive' }))
  )
  const last = github.store.statuses(live[0] ?? 0).at(-1)
  expect(last).toMatchObject({ environmentUrl: 'https://success.example.com' })
  expect(last?.description).toContain('Old')
  expect(last?.logUrl).toBe(logUrl(github, 77))
  for (const id of live) expect(run.summary).toContain(String(id))
})

test.each([
  ['production', ['production']],
  ['PRODUCTION', ['production']],
  ['qa\nStaging', ['qa', 'staging']],
  ['qa, , staging', ['qa', 'staging']],
  ['QA, qa', ['qa']],
  ['pr-1/*', ['pr-1/web', 'pr-1/api']],
  ['PR-1*', ['pr-1', 'pr-1/web', 'pr-1/api', 'pr-12']],
  ['pr-?', ['pr-1']],
  ['*/web, qa', ['qa', 'pr-1/web']],
  ['*r*', ['production', 'pr-1', 'pr-1/web', 'pr-1/api', 'pr-12']],
  ['pr-[1]', []],
  ['nothing', []],
  ['nothing*', []]
])('environment: %j selects %j', async (environment, expected) => {
  const github = await startGitHub()
  const names = ['production', 'qa', 'staging', 'pr-1', 'pr-1/web', 'pr-1/api', 'pr-12']
  const ids = seed(github, ...names.map(name => ({ environment: name })))
  const run = await act(github, { ...DEACTIVATE, environment })
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning')]).toEqual([0, [], []])
  const deactivated = names.filter((_, index) => github.store.stateOf(ids[index] ?? 0) === 'inactive')
  expect(deactivated).toEqual(expected)
  expect(run.outputs).toMatchObject({ deactivated: String(expected.length), deleted: '0' })
  if (expected.length > 0) return
  expect(run.outputs).toMatchObject({ deployments: '[]' })
  expect(writeCount(github)).toBe(0)
})

test('the case of an environment name does not matter', async () => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'Production' }, { environment: 'Production' })
  const run = await act(github, { ...DEACTIVATE, environment: 'pRODUCTION' })
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '2'])
  expect(statesOf(github, ids)).toEqual(['inactive', 'inactive'])
})

test('with deployment-id, only this deployment is made inactive', async () => {
  const github = await startGitHub()
  const [one = 0, other = 0] = seed(github, { environment: 'qa' }, { environment: 'qa' })
  const run = await act(github, { ...DEACTIVATE, 'deployment-id': String(one) })
  expect([run.exitCode, statesOf(github, [one, other])]).toEqual([0, ['inactive', 'success']])
  expect(run.outputs).toMatchObject({ deactivated: '1', environment: 'qa' })
  const again = await act(github, { ...DEACTIVATE, 'deployment-id': String(one) })
  expect([again.exitCode, again.outputs['deactivated'], writeCount(github)]).toEqual([0, '0', 1])
  const missing = await act(github, { ...DEACTIVATE, 'deployment-id': '1' })
  expect(missing.exitCode).toBe(1)
  expect(annotationsOf(missing, 'error')[0]).toMatch(/deployment 1 .*404/)
})

test('with task, only deployments of this task are made inactive', async () => {
  const github = await startGitHub()
  const tasks = ['deploy', 'deploy:api', 'deploy:web']
  const ids = seed(github, ...tasks.map(task => ({ environment: 'qa', task })))
  const run = await act(github, { ...DEACTIVATE, environment: 'qa', task: 'deploy:api' })
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '1'])
  expect(statesOf(github, ids)).toEqual(['success', 'inactive', 'success'])
})

const TOPIC_SHA = 'feed'.repeat(10)

test.each([
  ['topic', [0, 1, 2, 3]],
  ['refs/heads/topic', [0, 1, 2, 3]],
  [TOPIC_SHA, [0, 4]],
  [TOPIC_SHA.toUpperCase(), [0, 4]],
  ['v1', [5]],
  ['refs/tags/v1', [5]],
  ['gone', [6]],
  ['refs/heads/gone', [6]],
  ['top', []]
])('ref: %s selects the deployments of this ref', async (ref, expected) => {
  const refs = {
    'refs/heads/main': 'ba5e'.repeat(10),
    'refs/heads/topic': TOPIC_SHA,
    'refs/heads/gone': 'cafe'.repeat(10),
    'refs/tags/v1': 'beef'.repeat(10)
  }
  const github = await startGitHub({ refs })
  const ids = seed(
    github,
    { environment: 'qa', ref: 'topic' },
    { environment: 'qa', ref: 'topic', sha: 'abcd'.repeat(10) },
    ofBranch('qa', 'topic'),
    ofBranch('qa', 'refs/heads/topic'),
    { environment: 'qa', sha: TOPIC_SHA },
    { environment: 'qa', ref: 'v1' },
    { environment: 'qa', ref: 'gone' },
    { environment: 'qa', ref: 'main' },
    ofBranch('qa', 'topic2')
  )
  github.store.setRef('refs/heads/gone', undefined)
  const run = await act(github, { ...DEACTIVATE, environment: 'qa', ref })
  expect([run.exitCode, annotationsOf(run, 'error'), annotationsOf(run, 'warning')]).toEqual([0, [], []])
  const deactivated = ids.flatMap((id, index) => (github.store.stateOf(id) === 'inactive' ? [index] : []))
  expect(deactivated).toEqual(expected)
})
