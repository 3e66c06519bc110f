import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { runAction } from '../../simulator/runner/index.ts'
import { probeRepository, seenBy } from '../../simulator/runner/probe.ts'

const repository = probeRepository({
  'loud/action.yml': 'runs: { using: node24, main: main.js }',
  'loud/main.js': `
    const { appendFileSync } = require('node:fs')
    console.log('::error title=T::first%0Asecond')
    console.error('::warning::from stderr')
    console.log('::set-env name=A::1')
    console.log('half'); process.stdout.write('no break at the end')
    appendFileSync(process.env.GITHUB_OUTPUT, 'nonsense')
    appendFileSync(process.env.GITHUB_ENV, 'B=2')
    appendFileSync(process.env.GITHUB_ENV, '\\nNODE_OPTIONS=--inspect')
  `,
  'env/action.yml': 'runs: { using: node24, main: main.js }',
  'env/main.js': 'console.log(JSON.stringify({ ...process.env }))'
})
const probe = `${repository.root}/probe`
afterAll(repository.remove)

test('evaluates defaults and keeps given inputs, even an empty one', async () => {
  const run = await runAction({
    root: probe,
    stage: 'main',
    inputs: { LABEL: 'x', 'check-run-id': '', odd: '1', old: '2' },
    contexts: { checkRunId: 51_000_000_001, jobStatus: 'failure' },
    event: event('release')
  })
  expect(seenBy(run).inputs).toMatchObject({
    LABEL: 'x',
    'CHECK-RUN-ID': '',
    'JOB-STATUS': 'failure',
    A_NAME: 'release',
    URL: '',
    ODD: '1'
  })
  expect(run.annotations.map(each => each.message)).toEqual([
    "Input 'old' has been deprecated with message: use label",
    expect.stringContaining("Unexpected input(s) 'odd', valid inputs are ['label', 'url', ")
  ])
})

test('passes state in, and returns outputs, state, environment and summary', async () => {
  const run = await runAction({
    root: probe,
    stage: 'post',
    inputs: { label: 'y', output: 'url=u', state: 'a<<E\n1\n2\nE', env: 'X=1', 'exit-post': '3' },
    state: { id: '7' },
    event: event('push')
  })
  expect(seenBy(run)).toMatchObject({ stage: 'post', state: { id: '7' } })
  expect(run).toMatchObject({
    exitCode: 3,
    signal: null,
    outputs: { url: 'u' },
    state: { a: '1\n2' },
    exportedEnv: { X: '1' },
    summary: 'post y\n',
    interrupted: false
  })
})

test('returns annotations, and reports malformed files and disabled commands as problems', async () => {
  const run = await runAction({
    root: `${repository.root}/loud`,
    stage: 'main',
    event: event('push')
  })
  expect(run.annotations).toEqual([
    { level: 'error', message: 'first\nsecond', properties: { title: 'T' } },
    { level: 'warning', message: 'from stderr', properties: {} },
    {
      level: 'error',
      message: expect.stringContaining("Can't store NODE_OPTIONS"),
      properties: {}
    }
  ])
  expect(run.stdout).toMatch(/half\nno break at the end\n$/)
  expect(run.exportedEnv).toEqual({ B: '2' })
  expect(run.problems).toEqual([
    "Unable to process command '::set-env name=A::1' successfully.",
    expect.stringContaining('The `set-env` command is disabled'),
    "Unable to process file command 'output' successfully.",
    "Invalid format 'nonsense'"
  ])
})

test('passes only a few variables of the host', async () => {
  process.env['LOCAL_RUNNER_SECRET'] = 'x'
  const run = await runAction({
    root: `${repository.root}/env`,
    stage: 'main',
    env: { GITHUB_SERVER_URL: 'http://127.0.0.1:1', MINE: '1' },
    contexts: { token: 'ghs_1' },
    ...{ event: event('pull_request', { number: 7 }), runId: 5, runAttempt: 2 }
  })
  const seen: Record<string, string> = JSON.parse(run.stdout)
  expect(seen).toMatchObject({
    ...{ GITHUB_SERVER_URL: 'http://127.0.0.1:1', MINE: '1', GITHUB_RUN_ID: '5' },
    ...{ GITHUB_RUN_ATTEMPT: '2', GITHUB_REF: 'refs/pull/7/merge', GITHUB_REF_NAME: '7/merge' },
    ...{ GITHUB_HEAD_REF: 'changes', GITHUB_BASE_REF: 'main', CI: 'true', GITHUB_ACTIONS: 'true' }
  })
  expect(Object.keys(seen)).not.toContain('LOCAL_RUNNER_SECRET')
  expect(Object.keys(seen)).not.toContain('GITHUB_TOKEN')
  expect(run.stdout).not.toContain('ghs_1')
})

test('an action that ignores SIGINT and SIGTERM is killed, and its state is kept', async () => {
  const run = await runAction({
    root: probe,
    stage: 'main',
    inputs: { wait: 'stubborn', state: 'id=7' },
    event: event('push'),
    cancelWhen: line => line.text === 'waiting',
    signalTimings: { interruptMs: 150, terminateMs: 150 }
  })
  expect(run.stdout).toMatch(/waiting\ngot SIGINT\ngot SIGTERM\n$/)
  expect(run).toMatchObject({
    exitCode: null,
    signal: 'SIGKILL',
    interrupted: true,
    state: { id: '7' }
  })
})
