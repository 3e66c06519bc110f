import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { created, originOf } from '../support/act.ts'
import { runBoth, runMain } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed, statesOf } from '../support/seeds.ts'

const QA = { environment: 'qa' }
const NFC = 'd\u00e9ploy'
const NFD = 'de\u0301ploy'

test.each([
  ['HTTPS://Example.com/A?b=C#D', 'https://Example.com/A?b=C#D'],
  ['Http://example.com', 'http://example.com'],
  ['HTTPS://ex\u00e4mple.com/\u00fc', 'https://xn--exmple-cua.com/%C3%BC']
])('the scheme of a URL is sent in lower case: %s', async (url, sent) => {
  const github = await startGitHub()
  const inputs = { ...QA, 'environment-url': url, 'log-url': url }
  const { main } = await runBoth(github, inputs, 'success')
  expect(failureOf(main)).toBeUndefined()
  const statuses = github.store.deployments()[0]?.statuses ?? []
  expect(statuses.map(each => [each.environmentUrl, each.logUrl])).toEqual([
    [sent, sent],
    [sent, sent]
  ])
})

test('a late URL with an upper case scheme is sent in lower case', async () => {
  const github = await startGitHub()
  const { main } = await runBoth(github, { ...QA, 'auto-finish': 'false' }, 'success')
  expect(failureOf(main)).toBeUndefined()
  const [id] = seed(github, { ...QA, state: 'in_progress' })
  const inputs = { mode: 'finish', 'deployment-id': String(id), state: 'success' }
  await runMain(github, { ...inputs, 'environment-url': 'HTTPS://a.example' })
  expect(github.store.statuses(id ?? 0).at(-1)?.environmentUrl).toBe('https://a.example')
})

test.each([
  [NFC, NFD],
  [NFD, NFC],
  [NFD.toUpperCase(), NFC],
  [NFC.toUpperCase(), NFD],
  ['\u212a8s', 'k8s'],
  ['d\u00e9*', NFD],
  ['DE\u0301PLO?', NFC]
])('deactivate: the name %j selects the environment %j', async (environment, existing) => {
  const github = await startGitHub()
  const ids = seed(github, { environment: existing }, { environment: 'deploy' })
  const run = await runMain(github, { mode: 'deactivate', environment })
  expect([failureOf(run), statesOf(github, ids)]).toEqual([undefined, ['inactive', 'success']])
})

test.each([
  [NFC, NFD],
  [NFD.toUpperCase(), NFC]
])('finish: the name %j selects the deployment of %j by id', async (environment, existing) => {
  const github = await startGitHub()
  const [id = 0] = seed(github, { environment: existing, state: 'in_progress' })
  const inputs = { mode: 'finish', 'deployment-id': String(id), state: 'success', environment }
  const run = await runMain(github, inputs)
  expect([failureOf(run), statesOf(github, [id])]).toEqual([undefined, ['success']])
})

test('start: the previous deployment is found under another normalization of the name', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: NFD, sha: 'abcd'.repeat(10) })
  const run = await runMain(github, { environment: NFC })
  expect(run.outputs['previous-deployment-id']).toBe(String(id))
})

test('a deployment event reuses its deployment under another normalization of the name', async () => {
  const github = await startGitHub()
  const [id = 0] = seed(github, { environment: NFD, state: 'queued' })
  const { sha } = github.store.deployments()[0] ?? {}
  const deployment = { id, environment: NFD, sha, ref: sha, task: 'deploy' }
  const options = { event: event('deployment', { deployment }) }
  const run = await runMain(github, { environment: NFC }, options)
  expect([failureOf(run), run.outputs['deployment-id']]).toEqual([undefined, String(id)])
})

const HIDDEN = [0x3164, 0x115f, 0x1160, 0x2800, 0x34f, 0xe0000, 0xe0041, 0xe007f, 0x200b, 0x202e]

test.each(HIDDEN.map(code => [code.toString(16).toUpperCase().padStart(4, '0')]))(
  'the invisible character U+%s in a name is an input error',
  async code => {
    const github = await startGitHub()
    const value = `pro${String.fromCodePoint(Number.parseInt(code, 16))}d`
    const cases = [{ environment: value }, { ...QA, task: value }, { ...QA, ref: value }]
    const deactivate = { mode: 'deactivate', environment: `qa\n${value}` }
    for (const inputs of [...cases, { mode: 'finish', environment: value }, deactivate]) {
      const failure = failureOf(await runMain(github, inputs))
      expect(failure).toContain(`U+${code}`)
      expect(failure).not.toContain(value)
    }
    expect(github.requests).toEqual([])
  }
)

test.each([
  [event('pull_request', { number: 5 }), {}, true],
  [event('push'), QA, false],
  [event('push'), { ...QA, 'transient-environment': 'true' }, true],
  [event('pull_request', { number: 5 }), { 'transient-environment': 'false' }, false]
])('the payload names whether the environment is transient', async (of, inputs, transient) => {
  const github = await startGitHub()
  await runMain(github, inputs, { event: of })
  expect(originOf(created(github)['payload'])['transient']).toBe(transient)
})

test("this action's key in a user's payload is dropped with a warning", async () => {
  const github = await startGitHub()
  const payload = JSON.stringify({ a: 1, 'deploy-status-action': { key: 'x', run_id: 7 }, b: 2 })
  const run = await runMain(github, { ...QA, payload }, { runId: 9 })
  expect([failureOf(run), warningsOf(run).length]).toEqual([undefined, 1])
  expect(warningsOf(run)[0]).toMatch(/^payload: .*"deploy-status-action"/)
  const sent = Object(created(github)['payload'])
  expect(sent).toMatchObject({ a: 1, b: 2 })
  expect(originOf(sent)).toMatchObject({ v: 1, run_id: 9 })
  expect(originOf(sent)['key']).not.toBe('x')
})
