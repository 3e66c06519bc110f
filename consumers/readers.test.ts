import { expect, test } from '@jest/globals'
import { logUrl, startGitHub } from '../__tests__/support/scenario.ts'
import { runSteps, use } from '../__tests__/support/steps.ts'
import { event, HEAD_SHA } from '../simulator/events/index.ts'
import { createClient, type LocalGitHub } from '../simulator/github/index.ts'
import { BACKSTAGE_QUERY } from './readers/backstage.ts'
import { previewUrl } from './readers/decap.ts'
import { DEVLAKE_QUERY } from './readers/devlake.ts'
import { readByJira } from './readers/jira.ts'

const REPOSITORY = { owner: 'octo-org', name: 'octo-repo' }
const BRANCH = 'JRA-7-new-login'

/** What Jira stores for the newest deployment. */
function jira(github: LocalGitHub, messages: readonly string[]) {
  const last = github.events.findLast(each => each.name === 'deployment_status')
  return readByJira(last?.payload(), messages)
}

const push = (branch: string) => ({ event: event('push', { branch }), runId: 77 })

test('Jira finds the issue key in the commit message, and links to the log', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'prod-eu' })], push('main'))
  expect(jira(github, ['JRA-7 Add a login'])).toEqual({
    issueKeys: ['JRA-7'],
    state: 'successful',
    environmentType: 'production',
    pipeline: 'deploy',
    url: logUrl(github, 77)
  })
})

test('we fail the reader: Jira does not find a key that is only in the branch, because `ref` is a SHA', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa' })], push(BRANCH))
  expect(jira(github, ['Add a login'])).toBeUndefined()
})

test('with the branch as `ref`, Jira finds its key', async () => {
  const github = await startGitHub({ refs: { [`refs/heads/${BRANCH}`]: HEAD_SHA } })
  const ref = '${{ github.head_ref || github.ref_name }}'
  await runSteps(github, [use({ environment: 'qa', ref })], push(BRANCH))
  expect(jira(github, ['Add a login'])?.issueKeys).toEqual(['JRA-7'])
})

test('Jira has no type for the environment of a pull request', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({})], { event: event('pull_request', { number: 12 }) })
  expect(jira(github, ['JRA-7'])?.environmentType).toBe('unmapped')
})

test('DevLake gets the commit, the environment and the task, and no branch', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa', task: 'deploy:api' })], push('main'))
  const answer = await createClient(github).graphql(DEVLAKE_QUERY, REPOSITORY)
  expect(Object(answer).data.repository.deployments.nodes).toMatchObject([
    { commitOid: HEAD_SHA, environment: 'qa', task: 'deploy:api', ref: null, state: 'ACTIVE' }
  ])
  expect(github.problems).toEqual([])
})

test('Backstage gets the state, the commit, the log and the creator', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa' })], push('main'))
  const variables = { ...REPOSITORY, environments: ['qa'], last: 10 }
  const answer = await createClient(github).graphql(BACKSTAGE_QUERY, variables)
  expect(Object(answer).data.repository.deployments.nodes).toMatchObject([
    {
      state: 'ACTIVE',
      environment: 'qa',
      commit: { abbreviatedOid: HEAD_SHA.slice(0, 7) },
      creator: { login: 'github-actions' },
      statuses: { nodes: [{ logUrl: logUrl(github, 77) }] },
      repository: { nameWithOwner: 'octo-org/octo-repo' }
    }
  ])
  expect(github.problems).toEqual([])
})

test('Decap CMS finds the preview of a commit, but not one with another task', async () => {
  const github = await startGitHub()
  const client = createClient(github)
  const url = { 'environment-url': 'https://pr-2.example.com' }
  const trigger = { event: event('pull_request') }
  await runSteps(github, [use({ ...url, task: 'docs' })], trigger)
  expect(await previewUrl(client, HEAD_SHA)).toBeUndefined()
  await runSteps(github, [use(url)], trigger)
  expect(await previewUrl(client, HEAD_SHA)).toBe('https://pr-2.example.com')
})

test.each([
  ['production', true],
  ['prod', false]
])('a reader of `production_environment` sees %s as %s', async (environment, isProduction) => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment })], push('main'))
  expect(github.events[0]?.deployment['production_environment']).toBe(isProduction)
})
