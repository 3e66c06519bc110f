import { expect, test } from '@jest/globals'
import { event, HEAD_SHA } from '../../simulator/events/index.ts'
import { act, annotationsOf, created, originOf } from '../support/act.ts'
import { expectHarmless, MANY_LINES, ONE_LINE } from '../support/hostile.ts'
import { ACTION, runJob, startGitHub } from '../support/scenario.ts'
import { ofBranch, seed } from '../support/seeds.ts'

const NAME = ONE_LINE.slice(0, 255)
const PULL = event('pull_request', {
  branch: `${ONE_LINE}\u202e`,
  payload: { pull_request: { title: MANY_LINES, body: MANY_LINES } }
})

test('untrusted names, texts and URLs in every mode', async () => {
  const github = await startGitHub()
  seed(github, { environment: NAME, environmentUrl: `https://example.com/${ONE_LINE}`, task: 'x' })
  const quoted = (text: string) => JSON.stringify(text)
  const job = await runJob(
    github,
    `
- uses: ${ACTION}
  with:
    environment: ${quoted(NAME)}
    description: ${quoted(MANY_LINES)}
    task: x
    payload: ${quoted(JSON.stringify({ [ONE_LINE]: MANY_LINES }))}
    environment-url: ${quoted('https://example.com/?a=%0A::error::pwned[x](y)<b>|`##[error]pwned')}
    auto-inactive: all
- run: echo deploying
`,
    { event: PULL }
  )
  expect(job.conclusion).toBe('success')
  const [main, , post] = job.steps
  for (const step of [main, post]) if (step) expectHarmless(step)
  const body = created(github)
  expect(body).toMatchObject({ environment: NAME, payload: { [ONE_LINE]: MANY_LINES } })
  expect(originOf(body['payload'])['ref']).toBe(`${ONE_LINE}\u202e`)
  expect(main?.outputs).toMatchObject({ environment: NAME, state: 'in_progress', task: 'x' })
  expect(JSON.parse(main?.outputs['payload'] ?? '')).toEqual(body['payload'])
  expect(post?.summary).toContain('Deployed to ')
})

test.each([
  ['start', {}],
  ['start, not sent', { 'dry-run': 'true' }],
  ['start, wrapped and not sent', { 'dry-run': 'true', run: MANY_LINES }],
  ['deactivate', { mode: 'deactivate' }],
  ['deactivate, not sent', { mode: 'deactivate', 'dry-run': 'true', delete: 'environment' }],
  ['deactivate, refused', { mode: 'deactivate', delete: 'environment' }]
])('%s', async (_, inputs) => {
  const github = await startGitHub()
  seed(github, { environment: NAME, task: MANY_LINES, creator: 'x' }, ofBranch(NAME, MANY_LINES))
  const run = await act(
    github,
    { environment: NAME, description: MANY_LINES, ...inputs },
    { event: PULL, job: 'a-job' }
  )
  expectHarmless(run)
  expect(run.exitCode).toBe(_.endsWith('refused') ? 1 : 0)
})

test.each([
  ['mode', MANY_LINES],
  ['environment', MANY_LINES],
  ['task', MANY_LINES],
  ['ref', MANY_LINES],
  ['environment-url', MANY_LINES],
  ['log-url', `x:${ONE_LINE}`],
  ['state', MANY_LINES],
  ['repository', MANY_LINES],
  ['timeout', ONE_LINE],
  ['payload', MANY_LINES],
  ['payload', `{${JSON.stringify(MANY_LINES)}: {"n": 1e999}}`],
  ['auto-merge', `##[error]pwned\n::error::pwned`],
  ['deployment-id', '1\n::error::pwned']
])('an input that is refused: %s', async (name, value) => {
  const github = await startGitHub()
  const run = await act(github, { environment: 'qa', [name]: value })
  expect([run.exitCode, github.requests, annotationsOf(run, 'error').length]).toEqual([1, [], 1])
  expectHarmless(run)
})

const ANSWERS = [
  { status: 422, body: { message: MANY_LINES, errors: [MANY_LINES, { message: MANY_LINES }] } },
  { status: 403, body: { message: MANY_LINES } },
  {
    status: 409,
    body: {
      message: `Conflict: Commit status checks failed for ${MANY_LINES}.`,
      errors: [{ contexts: [{ context: MANY_LINES, state: ONE_LINE }] }]
    }
  },
  { status: 202, body: { message: MANY_LINES } },
  { status: 404, body: MANY_LINES },
  {
    status: 401,
    headers: { 'x-github-request-id': ONE_LINE, 'x-accepted-github-permissions': ONE_LINE },
    body: { message: ONE_LINE }
  },
  { status: 302, headers: { location: 'https://evil.example/##[error]pwned' } },
  { status: 500, body: { message: MANY_LINES } }
]

test.each(ANSWERS)('text of the server is escaped: $status', async answer => {
  const scenarios = [
    [{ environment: 'qa' }, /\/deployments$/],
    [{ environment: 'qa' }, /\/statuses$/],
    [{ mode: 'deactivate', environment: 'qa' }, /\/(statuses|graphql)$/]
  ] as const
  for (const [inputs, pattern] of ANSWERS.indexOf(answer) < 3 ? scenarios : scenarios.slice(0, 1)) {
    const github = await startGitHub()
    seed(github, { environment: 'qa' })
    github.intercept(request => (pattern.test(request.path) ? answer : undefined))
    const run = await act(github, { ...inputs, timeout: '1' })
    expectHarmless(run)
    expect(annotationsOf(run, 'error').length).toBeLessThanOrEqual(1)
    if (Object.keys(run.state).length === 0) continue
    const post = await act(github, inputs, { stage: 'post', state: run.state })
    expectHarmless(post)
    expect([post.exitCode, annotationsOf(post, 'error')]).toEqual([0, []])
  }
})

test('an answer whose every text is hostile becomes outputs and state, nothing else', async () => {
  const github = await startGitHub()
  github.intercept(async (request, proceed) => {
    if (request.operation !== 'POST /repos/{owner}/{repo}/deployments') return undefined
    const { status, headers, body } = await proceed()
    const texts = { environment: NAME, task: MANY_LINES, ref: MANY_LINES, url: MANY_LINES }
    return { status, headers, body: { ...Object(body), ...texts, payload: MANY_LINES } }
  })
  const run = await act(github, { environment: 'qa', ref: HEAD_SHA })
  expect(run.exitCode).toBe(0)
  expectHarmless(run)
  expect(run.outputs).toMatchObject({ task: MANY_LINES, ref: MANY_LINES, state: 'in_progress' })
  const post = await act(github, {}, { stage: 'post', state: run.state })
  expectHarmless(post)
  expect(github.store.deployments()[0]?.statuses.at(-1)?.state).toBe('success')
})
