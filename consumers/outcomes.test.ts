import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT, startGitHub } from '../__tests__/support/scenario.ts'
import { runSteps, sh, use } from '../__tests__/support/steps.ts'
import { event } from '../simulator/events/index.ts'
import { createClient, type GitHubEvent } from '../simulator/github/index.ts'
import { BACKSTAGE_QUERY } from './readers/backstage.ts'
import { DEVLAKE_QUERY, devLakeResult } from './readers/devlake.ts'
import { deployedCommits } from './readers/four-keys.ts'
import { readByJira } from './readers/jira.ts'
import { slackMessage } from './readers/slack.ts'

/**
 * How each system interprets each result, as a table in docs/consumers.md. After a change of the table:
 * `UPDATE_CONSUMERS=1 npm run test:consumers -- outcomes`.
 */
const PAGE = join(ROOT, 'docs', 'consumers.md')
const TABLE = /(<!-- outcomes -->\n)[\s\S]*?(<!-- \/outcomes -->)/
const isUpdate = process.env['UPDATE_CONSUMERS'] !== undefined

const REPOSITORY = { owner: 'octo-org', name: 'octo-repo' }
const deploy = (inputs: Record<string, string> = {}) => use({ environment: 'staging', ...inputs })
const preview = (inputs: Record<string, string> = {}) => use(inputs)
const PULL_REQUEST = { event: event('pull_request') }
const CANCELED = { cancelWhen: (line: { text: string }) => line.text === 'Deploying' }
const WAITING = sh('echo Deploying; exec sleep 20')

type Scenario = readonly [steps: Parameters<typeof runSteps>[1], options?: object]

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'In progress': [[deploy({ 'auto-finish': 'false' })]],
  Success: [[deploy()]],
  Failure: [[deploy(), sh('exit 1')]],
  'Error (`state: error`)': [[deploy({ state: 'error' })]],
  Canceled: [[deploy(), WAITING], CANCELED],
  'Canceled preview': [[preview(), WAITING], { ...PULL_REQUEST, ...CANCELED }],
  'Skipped (`state: skipped`)': [[deploy({ state: 'skipped' })]],
  'Skipped preview': [[preview({ state: 'skipped' })], PULL_REQUEST]
}

/** One row of the table: the result, GitHub's state, and what each reader shows. */
async function row(name: string, [steps, options]: Scenario): Promise<readonly string[]> {
  const github = await startGitHub()
  await runSteps(github, steps, options)
  const [deployment] = github.store.deployments()
  const id = deployment?.id ?? 0
  const { events } = github
  const client = createClient(github)
  const devLake = await nodeOf(client.graphql(DEVLAKE_QUERY, REPOSITORY))
  const backstage = await nodeOf(client.graphql(BACKSTAGE_QUERY, { ...REPOSITORY, last: 10 }))
  expect([github.problems, devLake['databaseId']]).toEqual([[], id])
  return [
    name,
    `\`${github.store.stateOf(id)}\``,
    jiraState(events),
    devLakeResult(String(devLake['state'])) || 'none',
    deployedCommits(events).length > 0 ? 'counted' : 'not counted',
    slackMessage(statesIn(events)),
    String(backstage['state'])
  ]
}

async function nodeOf(answer: Promise<unknown>): Promise<Record<string, unknown>> {
  const { data } = Object(await answer)
  const [node, ...more] = data.repository.deployments.nodes
  expect(more).toEqual([])
  return node
}

const statesIn = (events: readonly GitHubEvent[]): readonly string[] =>
  events.filter(each => each.name === 'deployment_status').map(each => String(each.deployment_status?.['state']))

/** Jira's state after the last event of a deployment whose commit message has an issue key. */
function jiraState(events: readonly GitHubEvent[]): string {
  const last = events.findLast(each => each.name === 'deployment_status')
  return readByJira(last?.payload(), ['JRA-7 Ship it'])?.state ?? 'nothing'
}

const HEAD = [
  '| Result of the job | State on GitHub | Jira | DevLake | Four Keys | Slack message | Backstage |',
  '| --- | --- | --- | --- | --- | --- | --- |'
]

test('docs/consumers.md shows how each system interprets each result', async () => {
  const rows: string[] = []
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    rows.push(`| ${(await row(name, scenario)).join(' | ')} |`)
  }
  const page = readFileSync(PAGE, 'utf8')
  const expected = page.replace(TABLE, `$1${[...HEAD, ...rows].join('\n')}\n$2`)
  if (isUpdate) writeFileSync(PAGE, expected)
  expect(page).toMatch(TABLE)
  expect(isUpdate ? expected : page).toBe(expected)
})

test('no reader counts a canceled deploy as a success, or leaves it in progress', async () => {
  const [, state, jira, devLake, fourKeys, slack, backstage] = await row('', [[deploy(), WAITING], CANCELED])
  expect([state, jira, devLake, fourKeys, slack, backstage]).toEqual([
    '`failure`',
    'failed',
    'FAILURE',
    'not counted',
    'failed',
    'FAILURE'
  ])
})

test('we fail the reader: with `cancelled-state: inactive` DevLake counts a success, and Jira never hears of the end', async () => {
  const steps = [deploy({ 'cancelled-state': 'inactive' }), WAITING]
  const [, , jira, devLake] = await row('', [steps, CANCELED])
  expect([jira, devLake]).toEqual(['in_progress', 'SUCCESS'])
})
