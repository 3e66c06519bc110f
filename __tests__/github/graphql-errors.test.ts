import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub, RequestRecord } from '../../simulator/github/index.ts'
import { statesById } from '../support/act.ts'
import { inOneJob, runMain } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'

// GraphQL says with status 200 what REST says with another one.

const DEACTIVATE = { mode: 'deactivate', environment: 'qa' }
const ACTIONS = {
  tokens: { ghs_local: { kind: 'github-token', permissions: { deployments: 'write', actions: 'read' } } }
} as const

const failed = (message: string) => ({ status: 200, body: { data: null, errors: [{ message }] } })
const isGraphql = ({ path }: RequestRecord) => path.endsWith('graphql')
const isDocument = (request: RequestRecord) => JSON.stringify(request.body).includes('mutation SetStatuses')

const seedThree = (github: LocalGitHub) => {
  for (let count = 0; count < 3; count++) {
    github.store.seedDeployment({ environment: 'qa', state: 'success', autoInactive: false })
  }
}

test.each([
  'Something went wrong while executing your query. Please include `1:2` when reporting this issue.',
  "We couldn't respond to your request in time. Sorry about that."
])('a query that GitHub could not complete is sent again: %s', async message => {
  for (const isProcessed of [false, true]) {
    const github = await startGitHub()
    seedThree(github)
    const left = new Set(['list', 'document'])
    github.intercept(async (request, proceed) => {
      if (!isGraphql(request) || !left.delete(isDocument(request) ? 'document' : 'list')) return undefined
      if (isProcessed) await proceed()
      return failed(message)
    })
    const run = await runMain(github, DEACTIVATE)
    expect([failureOf(run), warningsOf(run), left.size]).toEqual([undefined, [], 0])
    const seen = github.store.deployments().map(one => one.statuses.map(({ state }) => state).join(' '))
    expect(new Set(seen)).toEqual(new Set(['success inactive']))
  }
})

test('a list without the statuses that GraphQL could not read closes nothing', async () => {
  const github = await startGitHub(ACTIONS)
  const payload = { 'deploy-status-action': { v: 1, run_id: 90, run_attempt: 1, auto_finish: true, key: 'k' } }
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'success', payload })
  github.store.setRun(90, 1, { status: 'completed', conclusion: 'failure' })
  github.intercept(async (request, proceed) => {
    if (!isGraphql(request)) return undefined
    const text = JSON.stringify((await proceed()).body).replace(/"latestStatus":\{[^}]*\}/, '"latestStatus":null')
    const errors = [{ type: 'FORBIDDEN', path: ['latestStatus'], message: 'Resource not accessible' }]
    return { status: 200, body: { ...JSON.parse(text), errors } }
  })
  const run = await inOneJob(github, { event: event('schedule') }, job => job.main({ mode: 'finish' }))
  expect(failureOf(run)).toContain('Resource not accessible')
  expect(statesById(github)).toEqual({ [id]: 'success' })
})

test('a list that names a next page without its cursor is an error, not the end', async () => {
  const github = await startGitHub()
  seedThree(github)
  const deployments = { pageInfo: { hasNextPage: true, endCursor: null }, nodes: [] }
  github.intercept(request =>
    isGraphql(request) ? { status: 200, body: { data: { repository: { deployments } } } } : undefined
  )
  const run = await runMain(github, { ...DEACTIVATE, timeout: '5' })
  expect(failureOf(run)).toContain('not in the format of its API')
  expect(states(github)).toEqual(['success'])
})
