import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { inOneJob, runMain } from '../support/one-job.ts'
import { failureOf, logOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const QA = { environment: 'qa' }
const BIG = '12345678901234567890'
const USER = `{"build":{"id":${BIG},"ids":[-9007199254740993,${BIG}1]},"text":"${BIG}","n":1.50}`

test('integers beyond 2^53 keep their digits from the input to the outputs', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const start = await job.main({ ...QA, payload: USER })
    const finish = await job.main({ mode: 'finish' })
    for (const step of [start, finish]) {
      expect(failureOf(step)).toBeUndefined()
      const payload = step.outputs['payload'] ?? ''
      expect(payload).toContain(`"build":{"id":${BIG},"ids":[-9007199254740993,${BIG}1]}`)
      expect(payload).toContain(`"text":"${BIG}"`)
      expect(JSON.parse(payload)['deploy-status-action']).toMatchObject({ v: 1, job: 'deploy' })
    }
  })
})

test('a payload of a reused deployment keeps its digits', async () => {
  const github = await startGitHub()
  const start = await runMain(github, { ...QA, payload: USER, 'auto-finish': 'false' })
  const id = start.outputs['deployment-id'] ?? ''
  const reused = await runMain(github, { 'deployment-id': id }, { job: 'other', checkRunId: 5 })
  expect(reused.outputs['payload']).toBe(start.outputs['payload'])
  const options = { job: 'report', checkRunId: 6 }
  const finish = await runMain(github, { mode: 'finish', state: 'success', ...QA }, options)
  expect(finish.outputs['payload']).toBe(start.outputs['payload'])
})

test('a dry run logs the payload with all digits', async () => {
  const github = await startGitHub()
  const run = await runMain(github, { ...QA, payload: USER, 'dry-run': 'true' })
  expect(logOf(run).join('\n')).toContain(`"payload":{"build":{"id":${BIG},`)
})

const DEPTH = 100_000
const deep = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`

test('a deeply nested payload is an input error', async () => {
  const github = await startGitHub({ time: virtualTime() })
  for (const levels of [21, 2_000, 8_000]) {
    const lists = `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const run = await runMain(github, { ...QA, payload: lists })
    expect(failureOf(run)).toContain('payload: expected at most 20 levels\n')
  }
  expect(failureOf(await runMain(github, { ...QA, payload: deep }))).toMatch(/^payload: .*32768/)
  expect(github.requests).toEqual([])
})

test('a deeply nested payload of another system does no harm', async () => {
  const github = await startGitHub()
  const [id = 0] = seed(github, { ...QA, state: 'queued' })
  github.intercept(async (request, proceed) => {
    const answer = await proceed()
    if (request.method !== 'GET' || !request.path.endsWith(`/deployments/${id}`)) return answer
    const text = JSON.stringify(answer.body).replace('"payload":{}', `"payload":${deep}`)
    return { ...answer, headers: { 'content-type': 'application/json' }, body: text }
  })
  await inOneJob(github, {}, async job => {
    const start = await job.main({ 'deployment-id': String(id) })
    expect(failureOf(start)).toBeUndefined()
    expect(start.outputs['payload']).toBe(deep)
    const finish = await job.main({ mode: 'finish' })
    expect(failureOf(finish)).toBeUndefined()
  })
  expect(states(github)).toEqual(['queued', 'in_progress', 'success'])
})

test("a deployment event's payload keeps its digits and its depth", async () => {
  const github = await startGitHub()
  const [id = 0] = seed(github, { ...QA, state: 'queued' })
  const { sha } = github.store.deployments()[0] ?? {}
  const of = event('deployment', { deployment: { id, environment: 'qa', sha, ref: sha } })
  for (const payload of [`{"id":${BIG}}`, deep]) {
    const eventText = JSON.stringify({
      ...of.payload,
      deployment: { ...Object(of.payload)['deployment'], payload: '<payload>' }
    }).replace('"<payload>"', payload)
    const run = await runMain(github, {}, { event: of, eventText })
    expect([failureOf(run), run.outputs['payload']]).toEqual([undefined, payload])
  }
})
