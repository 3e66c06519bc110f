import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, created, originOf, statesById } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

type Inputs = Record<string, string>

const HEADS = { 'refs/heads/main': 'ba5e'.repeat(10), 'refs/heads/topic': 'feed'.repeat(10) }

test.each<[Inputs, object]>([
  [{}, { auto_merge: false, required_contexts: [], task: 'deploy', transient_environment: false }],
  [{ task: 'deploy:api' }, { task: 'deploy:api' }],
  [{ description: '  Release 7  ' }, { description: 'Release 7' }],
  [{ ref: 'topic' }, { ref: 'topic', auto_merge: false }],
  [
    { ref: 'topic', 'auto-merge': 'True' },
    { ref: 'topic', auto_merge: true }
  ],
  [{ 'auto-merge': 'FALSE' }, { auto_merge: false }],
  [{ 'required-contexts': 'ci/test, lint\n\n build ' }, { required_contexts: [] }],
  [{ 'transient-environment': ' TRUE ' }, { transient_environment: true }],
  [{ 'production-environment': 'true' }, { production_environment: true }],
  [{ 'production-environment': 'False' }, { production_environment: false }],
  [{ environment: ' Production / EU ' }, { environment: 'Production / EU' }],
  [{ environment: 'e'.repeat(255) }, { environment: 'e'.repeat(255) }],
  [{ environment: '🚀'.repeat(255) }, { environment: '🚀'.repeat(255) }],
  [{ environment: 'de\u0301ploy/日本 a%2Fb' }, { environment: 'd\u00e9ploy/日本 a%2Fb' }],
  [{ environment: 'a;$(id)<b>x</b>|&{}%0A' }, { environment: 'a;$(id)<b>x</b>|&{}%0A' }]
])('start %j sends %j', async (inputs, expected) => {
  const github = await startGitHub({ refs: HEADS })
  const contexts = ['ci/test', 'lint', 'build'].map(context => ({ context, state: 'success' }))
  github.store.setContexts('feed'.repeat(10), contexts)
  const run = await act(github, { environment: 'qa', ...inputs })
  expect(run.exitCode).toBe(0)
  const wanted = inputs['required-contexts'] ? { required_contexts: ['ci/test', 'lint', 'build'] } : expected
  expect(created(github)).toMatchObject(wanted)
  if (!inputs['production-environment']) {
    expect(created(github)).not.toHaveProperty('production_environment')
  }
})

test("required-contexts: * requires all contexts, GitHub's default", async () => {
  const github = await startGitHub()
  const run = await act(github, { environment: 'qa', 'required-contexts': '*' })
  expect(run.exitCode).toBe(0)
  expect(created(github)).not.toHaveProperty('required_contexts')
})

test('an empty input counts as not given', async () => {
  const github = await startGitHub()
  const empty = Object.fromEntries(
    `mode repository deployment-id ref task description payload initial-state state cancelled-state
     log-url auto-merge required-contexts transient-environment production-environment auto-inactive
     auto-finish run shell working-directory delete keep timeout fail-on-error dry-run summary
     job-status check-run-id fallback-token environment-url artifacts`
      .split(/\s+/)
      .map(name => [name, ' '])
  )
  const run = await act(github, { ...empty, environment: 'qa' })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  const [deployment] = github.store.deployments()
  expect(deployment).toMatchObject({ environment: 'qa', task: 'deploy', transient: false })
  expect(deployment?.statuses.map(status => status.state)).toEqual(['in_progress'])
})

test("a user's payload keeps its own keys beside this action's key", async () => {
  const github = await startGitHub()
  const user = { version: '1.2', list: [1, { deep: null }], 'with space': -0.5, large: 2 ** 53 - 1 }
  const payload = `  ${JSON.stringify(user, null, 2)}\n`
  const options = { runId: 9, runAttempt: 2, job: 'ship' }
  const run = await act(github, { environment: 'qa', payload, 'auto-finish': 'false' }, options)
  const sent = Object(created(github)['payload'])
  expect(sent).toMatchObject(user)
  expect(originOf(sent)).toEqual({
    v: 1,
    run_id: 9,
    run_attempt: 2,
    transient: false,
    check_run_id: 4242,
    job: 'ship',
    ref: 'main',
    auto_finish: false,
    key: expect.stringMatching(/./)
  })
  expect(JSON.parse(run.outputs['payload'] ?? '')).toEqual(sent)
})

test('a payload of exactly 32 KiB is accepted, and each start has its own key', async () => {
  const github = await startGitHub()
  const payload = JSON.stringify({ a: 'x'.repeat(32 * 1024 - 8) })
  expect(Buffer.byteLength(payload)).toBe(32 * 1024)
  for (const _ of [1, 2]) {
    expect((await act(github, { environment: 'qa', payload })).exitCode).toBe(0)
  }
  const keys = github.store.deployments().map(each => originOf(each.payload)['key'])
  expect(new Set(keys).size).toBe(2)
})

test.each([
  ['in_progress', 'in_progress'],
  ['Queued', 'queued'],
  [' PENDING ', 'pending']
])('initial-state: %s', async (given, state) => {
  const github = await startGitHub()
  const run = await act(github, { environment: 'qa', 'initial-state': given, mode: ' START ' })
  expect(Object.values(statesById(github))).toEqual([state])
  expect(run.outputs['state']).toBe(state)
})

test('environment-url, log-url and description are sent with the status', async () => {
  const github = await startGitHub()
  const run = await act(github, {
    environment: 'qa',
    'environment-url': 'HTTP://exämple.com/a b'.replace(' b', '?q=1#top'),
    'log-url': 'https://ci.example.com/1',
    description: 'd'.repeat(150)
  })
  expect(run.exitCode).toBe(0)
  const [status] = github.store.deployments()[0]?.statuses ?? []
  expect(status).toMatchObject({
    environmentUrl: 'http://xn--exmple-cua.com/a?q=1#top',
    logUrl: 'https://ci.example.com/1',
    description: `${'d'.repeat(139)}…`
  })
  expect(run.outputs['environment-url']).toBe(status?.environmentUrl)
})

test('on a pull request, an explicit ref and environment are used', async () => {
  const github = await startGitHub({ refs: HEADS })
  const inputs = { environment: 'qa', ref: 'refs/heads/topic' }
  await act(github, inputs, { event: event('pull_request', { number: 5 }) })
  const body = created(github)
  expect(body).toMatchObject({
    ref: 'refs/heads/topic',
    environment: 'qa',
    transient_environment: false
  })
  expect(originOf(body['payload'])).toMatchObject({ ref: 'refs/heads/topic', pull_request: 5 })
})
