import { expect, test } from '@jest/globals'
import type { RequestRecord } from '../../simulator/github/types.ts'
import { act, TOKEN } from '../support/act.ts'
import { expectNoToken } from '../support/hostile.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const DEBUG = { env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' } }
const FORMS = [TOKEN, `token ${TOKEN}`, btoa(`x-access-token:${TOKEN}`)].join(' ')
/** A server, or a proxy before it, that gives back what it was sent. */
const echo = (status: number) => ({
  status,
  headers: { 'x-github-request-id': `id ${FORMS}`, 'x-accepted-github-permissions': TOKEN },
  body: { message: `Bad header: ${FORMS}`, errors: [FORMS] }
})

const isCreate = ({ path }: RequestRecord) => path.endsWith('/deployments')
const isStatus = ({ path }: RequestRecord) => path.endsWith('/statuses')
const isAny = () => true

test.each([
  ['the create', 403, isCreate, {}],
  ['the create', 422, isCreate, {}],
  ['the create', 202, isCreate, {}],
  ['a status', 500, isStatus, {}],
  ['a status, tolerated', 422, isStatus, { 'fail-on-error': 'false' }],
  ['finish', 404, isAny, { mode: 'finish', 'deployment-id': '7' }],
  ['deactivate', 403, isAny, { mode: 'deactivate' }],
  ['deactivate', 401, isAny, { mode: 'deactivate' }]
])('%s answered %i with the token in every text', async (_, status, isMeant, inputs) => {
  const github = await startGitHub()
  seed(github, { environment: 'qa' })
  github.intercept(request => (isMeant(request) ? echo(status) : undefined))
  const given = { environment: 'qa', timeout: '1', ...inputs }
  const run = await act(github, given, DEBUG)
  expectNoToken(run)
  const post = await act(github, given, { ...DEBUG, stage: 'post', state: run.state })
  expectNoToken(post)
  expect(post.exitCode).toBe(0)
})

test('an answer that is taken brings no token into outputs, state or summary', async () => {
  const github = await startGitHub()
  github.intercept(async (request, proceed) => {
    if (!isCreate(request)) return undefined
    const { status, headers, body } = await proceed()
    const texts = { task: FORMS, ref: FORMS, url: FORMS, payload: { a: FORMS } }
    return { status, headers, body: { ...Object(body), ...texts } }
  })
  const inputs = { environment: 'qa', ref: 'main', 'auto-finish': 'false' }
  const run = await act(github, inputs, DEBUG)
  expect(run.exitCode).toBe(0)
  expectNoToken(run)
})

test('text of a user that contains the token is not saved or logged', async () => {
  const github = await startGitHub()
  const inputs = { environment: 'qa', description: `with ${TOKEN}`, 'dry-run': 'true' }
  expectNoToken(await act(github, inputs, DEBUG))
  expectNoToken(await act(github, { ...inputs, 'dry-run': 'false' }, DEBUG))
})

test('a token that is given beside the own one is masked and goes to GitHub only', async () => {
  const github = await startGitHub({
    tokens: { ghp_mine: { kind: 'pat', permissions: { deployments: 'write' } } }
  })
  const inputs = { environment: 'qa', token: 'ghp_mine' }
  const run = await act(github, inputs, DEBUG)
  expect(run.exitCode).toBe(0)
  expectNoToken(run, 'ghp_mine')
  expectNoToken(run)
  expect(run.stdout).toContain('::add-mask::ghp_mine')
  expect(new Set(github.requests.map(request => request.token))).toEqual(new Set(['ghp_mine']))
  expect(JSON.stringify(github.requests.map(({ body, path }) => [body, path]))).not.toContain('ghp_')
})
