import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { ACTION, runJob, runJobs, startGitHub } from '../support/scenario.ts'

// The points of docs/migrating.md, "Check your workflow", that no diff of the page shows.

const READ_ONLY = { ghs_local: { kind: 'github-token', permissions: { deployments: 'read' } } } as const

test('outputs: the old names work, and on a fork a condition on the id skips its step', async () => {
  const steps = `
    - id: deployment
      uses: ${ACTION}
      with: { environment: qa, environment-url: https://qa.example.com }
    - if: steps.deployment.outputs.deployment_id
      run: echo "ran for $URL"
      env:
        URL: \${{ steps.deployment.outputs.deployment_url }} \${{ steps.deployment.outputs.environment_url }}
  `
  const ours = await runJob(await startGitHub(), steps)
  expect(ours.log).toMatch(/^ran for http\S+\/deployments\/\d+ https:\/\/qa\.example\.com$/m)
  const fork = { event: event('pull_request', { number: 12, fork: 'someone/octo-repo' }) }
  const theirs = await runJob(await startGitHub({ tokens: READ_ONLY }), steps, fork)
  expect([theirs.conclusion, theirs.log.includes('ran for')]).toEqual(['success', false])
})

test.each([
  ['if: always()', 'failure'],
  ["if: always() && github.ref == 'refs/heads/release'", 'success']
])('conditions: a finish step with %s, after a skipped start, is a %s', async (condition, conclusion) => {
  const job = await runJob(
    await startGitHub(),
    `
    - uses: ${ACTION}
      if: github.ref == 'refs/heads/release'
      with: { environment: qa }
    - uses: ${ACTION}
      ${condition}
      with: { mode: finish }
    `
  )
  expect(job.conclusion).toBe(conclusion)
})

test.each([
  ['steps.deploy.outcome', 'exit 1', 'failure'],
  ["steps.deploy.outcome == 'success' && 'success' || 'failure'", 'true', 'success'],
  ['env.STATE', 'echo "STATE=error" >> "$GITHUB_ENV"', 'error']
])('results: the state can come from %s, in a job that succeeds', async (expression, command, state) => {
  const github = await startGitHub()
  const job = await runJob(
    github,
    `
    - uses: ${ACTION}
      with:
        environment: qa
        state: \${{ ${expression} }}
    - id: deploy
      run: ${command}
      continue-on-error: true
    `
  )
  const [id = 0] = github.store.deployments().map(each => each.id)
  expect([job.conclusion, github.store.stateOf(id)]).toEqual(['success', state])
})

test.each([
  ['https://${{ steps.deploy.outputs.host }}', 'failure', []],
  [
    "${{ steps.deploy.outputs.host && format('https://{0}', steps.deploy.outputs.host) }}",
    'success',
    ['', 'https://a.example.com']
  ]
])('URLs: %s makes the step a %s', async (url, conclusion, urls) => {
  const github = await startGitHub()
  const steps = `
    - uses: ${ACTION}
      with:
        environment: qa
        environment-url: ${url}
    - id: deploy
      run: echo "host=a.example.com" >> "$GITHUB_OUTPUT"
  `
  const job = await runJob(github, steps)
  const sent = github.store.deployments().flatMap(each => each.statuses.map(status => status.environmentUrl ?? ''))
  expect([job.conclusion, sent]).toEqual([conclusion, urls])
})

test('matrix: jobs of one environment with a task each stay active', async () => {
  const github = await startGitHub()
  const jobs = `
    deploy:
      runs-on: ubuntu-latest
      strategy: { matrix: { region: [eu, us] } }
      steps:
        - uses: ${ACTION}
          with: { environment: qa, task: "deploy:\${{ matrix.region }}" }
  `
  await runJobs(github, jobs)
  await runJobs(github, jobs)
  expect(github.store.deployments().map(({ id }) => github.store.stateOf(id))).toEqual([
    'inactive',
    'inactive',
    'success',
    'success'
  ])
})

test('another workflow, and open deployments: a finish step with an id and a state', async () => {
  const github = await startGitHub()
  await runJob(github, `- uses: ${ACTION}\n  with: { environment: qa, auto-finish: false }`, { runId: 1 })
  github.store.seedDeployment({ environment: 'old', state: 'pending' })
  const ids = github.store.deployments().map(({ id }) => id)
  const finish = (id: number | undefined, state: string) =>
    `- uses: ${ACTION}\n  with: { mode: finish, deployment-id: ${id}, state: ${state} }\n`
  const job = await runJob(github, finish(ids[0], 'success') + finish(ids[1], 'error'), { runId: 2 })
  expect([job.conclusion, ...ids.map(id => github.store.stateOf(id))]).toEqual(['success', 'success', 'error'])
})

test.each([
  ['without an id fails and changes nothing', '', 'failure', 'in_progress'],
  ['with an id reports', 'deployment-id: ID, ', 'success', 'success']
])('another action: a finish step for its deployment %s', async (_, id, conclusion, state) => {
  const github = await startGitHub()
  const { id: theirs } = github.store.seedDeployment({ environment: 'qa', state: 'in_progress' })
  const inputs = `mode: finish, ${id.replace('ID', String(theirs))}state: success`
  const job = await runJob(github, `- uses: ${ACTION}\n  with: { ${inputs} }`)
  expect([job.conclusion, github.store.deployments().length]).toEqual([conclusion, 1])
  expect(github.store.stateOf(theirs)).toBe(state)
})

test("Fly.io's template: a last step deletes the environment when the pull request is closed", async () => {
  const own = { kind: 'github-token', permissions: { deployments: 'write' } } as const
  const admin = { kind: 'app', permissions: { deployments: 'write', administration: 'write' } } as const
  const github = await startGitHub({ tokens: { ghs_local: own, ghs_admin: admin } })
  const steps = `
    - uses: ${ACTION}
      with:
        mode: \${{ github.event.action == 'closed' && 'deactivate' || 'start' }}
    - if: github.event.action == 'closed'
      uses: ${ACTION}
      with: { mode: deactivate, token: ghs_admin, delete: environment }
  `
  await runJob(github, steps, { event: event('pull_request', { number: 12 }) })
  expect(github.store.deployments().map(({ id }) => github.store.stateOf(id))).toEqual(['success'])
  const closed = event('pull_request', { number: 12, action: 'closed', closedAt: '2100-01-01T00:00:00Z' })
  const job = await runJob(github, steps, { event: closed })
  expect([job.conclusion, github.store.deployments()]).toEqual(['success', []])
})
