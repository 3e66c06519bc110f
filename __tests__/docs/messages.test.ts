import { expect, test } from '@jest/globals'
import { HEAD_SHA } from '../../simulator/events/index.ts'
import type { LocalGitHubOptions, Scripted } from '../../simulator/github/types.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const QA = { environment: 'qa' }
const TOPIC = { 'refs/heads/main': 'ba5e'.repeat(10), 'refs/heads/topic': HEAD_SHA }
const REQUEST_ID = /[0-9A-F]+:[0-9A-F]+:[0-9A-F]+:[0-9A-F]+:[0-9A-F]+/

type Scenario = {
  options?: LocalGitHubOptions
  inputs?: Record<string, string>
  arrange?: (github: Awaited<ReturnType<typeof startGitHub>>) => void
  /** What GitHub says to the create. */
  answer?: Scripted
}

/** The one error of a start that GitHub says no to, which leaves no deployment behind. */
async function refusal({ options, inputs, arrange, answer }: Scenario) {
  const github = await startGitHub(options)
  arrange?.(github)
  if (answer) {
    github.intercept(request => (request.operation === 'POST /repos/{owner}/{repo}/deployments' ? answer : undefined))
  }
  const run = await act(github, { ...QA, ...inputs })
  const [message = '', ...more] = annotationsOf(run, 'error')
  expect([run.exitCode, more]).toEqual([1, []])
  expect(message).toMatch(/create the deployment of "qa" at "\S+" in octo-org\/octo-repo/)
  expect(message).toMatch(REQUEST_ID)
  expect(message).not.toMatch(/[<>]/)
  expect(github.store.deployments()).toEqual([])
  expect(run.outputs['deployment-id'] ?? '').toBe('')
  const creates = github.requests.filter(each => each.operation.endsWith('{repo}/deployments'))
  const post = await act(github, { ...QA, ...inputs }, { stage: 'post', state: run.state })
  expect([post.exitCode, annotationsOf(post, 'error'), annotationsOf(post, 'warning')]).toEqual([0, [], []])
  return { message, sent: creates.length }
}

const readOnly = (kind: 'github-token' | 'fine-grained'): LocalGitHubOptions => ({
  tokens: { ghs_local: { kind, permissions: { deployments: 'read', contents: 'read' } } }
})

test.each<[string, Scenario, ...(string | RegExp)[]]>([
  [
    '403',
    { options: readOnly('github-token') },
    '403',
    'Resource not accessible by integration',
    /permissions:\n {2}contents: read\n {2}deployments: write/
  ],
  [
    '403 of a personal token',
    { options: readOnly('fine-grained') },
    '403',
    'Resource not accessible by personal access token',
    'deployments: write'
  ],
  ['401', { inputs: { token: 'ghs_other' } }, '401', 'Bad credentials', /token/i],
  [
    '404',
    { options: { tokens: { ghs_local: { permissions: {}, repositories: ['a/b'] } } } },
    '404',
    'Not Found',
    /does not exist|cannot see/
  ],
  [
    '409, checks that are not green',
    {
      options: { refs: TOPIC },
      inputs: { ref: 'topic', 'required-contexts': 'ci/test\nlint, docs' },
      arrange: github =>
        github.store.setContexts(HEAD_SHA, [
          { context: 'ci/test', state: 'failure' },
          { context: 'lint', state: 'success' }
        ])
    },
    '409',
    'Commit status checks failed for topic',
    'ci/test',
    'docs',
    'required-contexts',
    /[Nn]o deployment/
  ],
  [
    '409, a merge conflict',
    {
      options: { refs: TOPIC },
      inputs: { ref: 'topic', 'auto-merge': 'true' },
      arrange: github => github.store.setMerge('topic', 'conflict')
    },
    '409',
    'Conflict merging main into topic',
    'auto-merge',
    /[Nn]o deployment/
  ],
  ['422, no such ref', { inputs: { ref: 'feature/gone' } }, '422', 'No ref found for: feature/gone', 'feature/gone'],
  [
    '422, the ref tried is named even where GitHub does not',
    {
      inputs: { ref: 'feature/gone' },
      answer: { status: 422, body: { message: 'No ref found', status: '422' } }
    },
    '422',
    'feature/gone'
  ],
  [
    '422 with details',
    {
      answer: {
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [{ resource: 'Deployment', field: 'task', code: 'too_long' }, 'second']
        }
      }
    },
    '422',
    'Validation Failed',
    'task',
    'second'
  ]
])('%s', async (_, scenario, ...says) => {
  const { message, sent } = await refusal(scenario)
  for (const text of says) {
    if (typeof text === 'string') expect(message).toContain(text)
    else expect(message).toMatch(text)
  }
  // The rejection is permanent, so it is not retried.
  expect(sent).toBe(1)
})

test('of checks only those that are not green are named', async () => {
  const { message } = await refusal({
    options: { refs: TOPIC },
    inputs: { ref: 'topic', 'required-contexts': '*' },
    arrange: github =>
      github.store.setContexts(HEAD_SHA, [
        { context: 'is-green', state: 'success' },
        { context: 'is-red', state: 'error' }
      ])
  })
  expect(message).toContain('is-red')
  expect(message).not.toContain('is-green')
})

test('202: GitHub merged instead, and there is no deployment', async () => {
  const { message, sent } = await refusal({
    options: { refs: TOPIC },
    inputs: { ref: 'topic', 'auto-merge': 'true' },
    arrange: github => github.store.setMerge('topic', 'behind')
  })
  expect(message).toContain('202')
  expect(message).toContain('Auto-merged main into topic on deployment.')
  expect(message).toMatch(/no deployment/i)
  expect(sent).toBe(1)
})

test('a 5xx page in HTML brings no tag into the log', async () => {
  const github = await startGitHub()
  seed(github, QA)
  const body = '<html><head><title>502</title></head><body onload="x()">Bad Gateway</body></html>'
  github.intercept(request => (request.isWrite ? { status: 502, body } : undefined))
  const run = await act(github, { ...QA, timeout: '1' })
  const [message = '', ...more] = annotationsOf(run, 'error')
  expect([run.exitCode, more]).toEqual([1, []])
  expect(message).toContain('502')
  expect(run.stdout + run.stderr + run.summary).not.toMatch(/<html|<body|onload/)
})
