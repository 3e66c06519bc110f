import { expect, test } from '@jest/globals'
import type { RequestRecord } from '../../simulator/github/types.ts'
import { parseCommands } from '../../simulator/runner/index.ts'
import { act } from '../support/act.ts'
import { isStatus } from '../support/catalogue.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const DEBUG = { env: { RUNNER_DEBUG: '1' } }

const debugLines = (stdout: string): string[] =>
  parseCommands(stdout)
    .filter(({ name }) => name === 'debug')
    .map(({ data }) => data)

/** A line without the duration, which only the action knows. */
const steady = (line: string): string => line.replace(/ in \d+ ms/, '')

/** The expected line about a request, from the simulated GitHub's record of it. */
function lineOf({ method, path, query, status, requestId, operation }: RequestRecord): string {
  const page = query['page'] === undefined ? '' : `?page=${query['page']}`
  const name = /^graphql (.+)/.exec(operation)?.[1]
  const what = `${method} ${path}${page}${name === undefined ? '' : ` (${name})`}`
  return `${what}: ${status}, request id ${requestId}, `
}

test('with debug logging each request is one line, redirects and retries among them', async () => {
  const github = await startGitHub()
  const secret = { environment: 'qa', task: 'hush-hush' }
  seed(github, secret, { ...secret, sha: 'abcd'.repeat(10) })
  let reads = 0
  github.intercept(request => {
    if (request.method !== 'GET' || reads++ > 0) return undefined
    const location = `${request.path}?environment=qa&page=1&per_page=100&task=hush-hush`
    return { status: 307, headers: { location } }
  })
  const run = await act(github, { mode: 'deactivate', environment: 'qa', ref: 'main' }, DEBUG)
  expect(run.exitCode).toBe(0)
  const lines = debugLines(run.stdout)
  // The list by GraphQL, the redirect, three lists by REST for the ref, the write.
  expect(github.requests.length).toBeGreaterThan(5)
  expect(lines).toHaveLength(github.requests.length)
  for (const [index, request] of github.requests.entries()) {
    if (request.status === 307) expect(lines[index]).toMatch(/\?page=1: 307 in \d+ ms/)
    else expect(steady(lines[index] ?? '')).toContain(lineOf(request))
  }
  expect(lines.at(-1)).toMatch(/, \d+ of \d+ left until 20\d\d-\S+Z$/)
  expect(run.stdout).not.toContain('hush')
})

test('the debug log has the name of a GraphQL document and a request without a response', async () => {
  const github = await startGitHub()
  let lost = 0
  github.intercept(request => (isStatus(request) && lost++ === 0 ? { reset: true, after: true } : undefined))
  const run = await act(github, { environment: 'qa' }, DEBUG)
  expect(run.exitCode).toBe(0)
  const lines = debugLines(run.stdout)
  expect(lines).toHaveLength(github.requests.length)
  expect(lines.map(line => line.replace(/:.*/, ''))).toEqual(
    expect.arrayContaining(['POST /graphql (query Deployments)'])
  )
  expect(lines.filter(line => /\/statuses: no answer \(ECONNRESET\) in \d+ ms$/.test(line))).toHaveLength(1)
})

test('headers of a server stay text, and without debug logging nothing is logged', async () => {
  const github = await startGitHub()
  const headers = {
    'x-github-request-id': 'A##[error]b ::warning::c',
    'x-ratelimit-remaining': '1; drop',
    'x-ratelimit-reset': '9'.repeat(30)
  }
  github.intercept(request => (isStatus(request) ? { status: 422, headers, body: {} } : undefined))
  const run = await act(github, { environment: 'qa' }, DEBUG)
  const line = debugLines(run.stdout).find(each => each.includes('/statuses'))
  expect(line).toMatch(/statuses: 422 in \d+ ms, request id A## \[error\]b ::warning::c$/)
  const quiet = await act(github, { environment: 'qa' })
  expect(debugLines(quiet.stdout)).toEqual([])
})
