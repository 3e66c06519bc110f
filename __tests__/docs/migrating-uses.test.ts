import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { migrationsIn } from '../../scripts/migrating.ts'
import type { WorkflowResult } from '../../simulator/runner/index.ts'
import { GITHUB, type Left, openDesk, runRows, sideOf, type Workflow } from '../support/migrate.ts'
import { PEER_NAMES } from '../support/migrate-peers.ts'
import { ACTION, ROOT, startGitHub } from '../support/scenario.ts'

// What happens to the workflows of docs/migrating.md if only `uses:` is replaced: the beginning of the page.

const desk = openDesk()
afterAll(() => rmSync(desk.folder, { recursive: true, force: true }))
const page = readFileSync(join(ROOT, 'docs', 'migrating.md'), 'utf8')
const migrations = migrationsIn(page)
const ROWS = ['succeeds', 'fails', 'is canceled']

/** The old workflow of a diff, with this action in every `uses:` of the other one. */
function replaced(title: string): Workflow {
  const migration = migrations.find(each => each.title === title)
  if (migration === undefined) throw new Error(`no such diff: ${title}`)
  const { text, files } = sideOf(migration, 'before')
  const others = PEER_NAMES.filter(name => !name.startsWith('actions/'))
  return { text: others.reduce((all, name) => all.replaceAll(`uses: ${name}\n`, `uses: ${ACTION}\n`), text), files }
}

async function runReplaced(workflow: Workflow, environment: string): Promise<Map<string, Left>> {
  const github = await startGitHub(GITHUB)
  const ref = workflow.text.startsWith('on: delete') ? { ref: 'changes' } : {}
  return runRows(desk, github, workflow, ROWS, { environment, ...ref })
}

const errorsOf = ({ jobs }: WorkflowResult): string[] =>
  Object.values(jobs)
    .flatMap(job => job.annotations)
    .filter(({ level, message }) => level === 'error' && !/^Process completed|^The operation was/.test(message))
    .map(({ message }) => message)

/** No deployment is unfinished or a success, and the active deployment is still active. */
function expectNothingWrong([when, { made, previous }]: [string, Left]): void {
  expect([when, made.filter(state => !['failure', 'inactive'].includes(state)), previous]).toEqual([
    when,
    [],
    ['success']
  ])
}

const OCTION = `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - id: deployment
        uses: ${ACTION}
        with:
          token: \${{ github.token }}
          ref: \${{ github.sha }}
          environment: staging
          required_contexts: <<EMPTY>>
      - run: ./deploy.sh
      - uses: ${ACTION}
        with:
          token: \${{ github.token }}
          deployment_id: \${{ steps.deployment.outputs.id }}
          state: success
`

test.each([
  ['If steps follow the finish step', 'staging', /"env" is "environment".*Migration guide/],
  ['Deploy with bobheadxi/deployments', 'production', /"env" is "environment".*Migration guide/],
  ['Preview pull requests with bobheadxi/deployments', 'preview-12', /`mode: finish` instead of `step: finish`/],
  ['Deploy in one job', 'staging', /Did you mean `mode: finish`/],
  ['int128/deployment-action', 'pr-12', /There is no deployment to report on/],
  ['Set the status with qoomon/actions--create-deployment/status', 'staging', /^state: expected .* got "queued"/],
  ['Deploy with avakar/create-deployment', 'staging', /Did you mean `mode: finish`/],
  ['maxkomarychev/oction-create-deployment', 'staging', /Did you mean `mode: finish`/],
  ['Delete the deployments of a deleted branch', 'preview', /No ref found for: changes/]
])('%s: with only `uses:` replaced, no run is green', async (title, environment, message) => {
  const text = title.startsWith('maxkomarychev') ? OCTION : undefined
  const rows = await runReplaced(text === undefined ? replaced(title) : { text, files: {} }, environment)
  expect([...rows.values()].map(({ result }) => result.conclusion)).not.toContain('success')
  for (const row of rows) expectNothingWrong(row)
  const result = rows.get('succeeds')?.result
  const errors = result && errorsOf(result).join('\n')
  expect(errors).toMatch(message)
})

test.each([
  ['Deploy in one job, report in another', 'staging'],
  ['Record a deploy that has succeeded', 'staging'],
  ['Deploy with qoomon/actions--create-deployment', 'staging']
])('%s: with only `uses:` replaced, the states are those of the deploy', async (title, environment) => {
  const { succeeds, ...others } = Object.fromEntries(await runReplaced(replaced(title), environment))
  expect([succeeds?.result.conclusion, succeeds?.made, succeeds?.previous]).toEqual([
    'success',
    ['success'],
    ['inactive']
  ])
  for (const row of Object.entries(others)) expectNothingWrong(row)
})

const OTHER_JOB = `on: pull_request
jobs:
  deploy:
    runs-on: ubuntu-latest
    outputs:
      id: \${{ steps.deployment.outputs.deployment_id }}
    steps:
      - id: deployment
        uses: ${ACTION}
        with:
          environment: staging
      - run: ./deploy.sh
  report:
    needs: deploy
    if: always()
    runs-on: ubuntu-latest
    steps:
      - uses: ${ACTION}
        with:
          deployment_id: \${{ needs.deploy.outputs.id }}
          state: \${{ needs.deploy.result }}
`

test('a status step in another job creates another deployment on a pull request, and fails elsewhere', async () => {
  const rows = await runReplaced({ text: OTHER_JOB, files: {} }, 'staging')
  expect([...rows.values()].map(({ made }) => made)).toEqual([
    ['failure', 'failure'],
    ['failure', 'inactive'],
    ['success', 'success']
  ])
  const elsewhere = await runReplaced({ text: OTHER_JOB.replace('pull_request', 'push'), files: {} }, 'staging')
  expect([...elsewhere.values()].map(({ result }) => result.jobs['report']?.conclusion)).not.toContain('success')
  expect(elsewhere.get('succeeds')?.made).toEqual(['success'])
})

test('avakar/set-deployment-status: `state: in_progress` is rejected, and the deployment becomes a failure', async () => {
  const rows = await runReplaced(replaced('Carry out a deployment with avakar/set-deployment-status'), 'production')
  const seen = [...rows.values()].map(({ made, previous, result }) => [result.conclusion, made, previous])
  expect(seen).toEqual(ROWS.map(() => ['failure', [], ['failure']]))
})

test('strumwolf/delete-deployment-environment: on a closed pull request, only the state changes', async () => {
  const rows = await runReplaced(replaced('Delete the environment of a pull request'), 'pr-12')
  expect([rows.get('succeeds')?.made, rows.get('succeeds')?.previous]).toEqual([[], ['inactive']])
  expectNothingWrong(['fails', rows.get('fails') as Left])
})

test('strumwolf/delete-deployment-environment: on another event a deployment is created, as the page warns', async () => {
  const rows = await runReplaced(replaced('Make deployments inactive'), 'preview')
  expect(rows.get('succeeds')?.made).toEqual(['success'])
  expect(page).toContain('**On any other event, the step creates a deployment.**')
})
