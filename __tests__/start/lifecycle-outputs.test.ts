import { expect, test } from '@jest/globals'
import { HEAD_SHA } from '../../simulator/events/index.ts'
import { apiUrl, CHECK_RUN, logUrl, startGitHub, states } from '../support/scenario.ts'
import { needs } from '../support/server.ts'
import { checkRunHere } from '../support/server-kind.ts'
import { lastStatus, outputsOf, runAll, runSteps, sh, use, warnings } from '../support/steps.ts'

const START = use({ environment: 'qa' }, { id: 'status' })
const OLD = 'aaaa'.repeat(10)

test('start sets all outputs of its deployment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use(
      {
        environment: 'qa',
        'environment-url': 'https://qa.example.com',
        task: 'deploy:web',
        payload: '{"build": 7}'
      },
      { id: 'status' }
    )
  ])
  const [deployment] = github.store.deployments()
  const outputs = outputsOf(job, 'status')
  expect(outputs).toMatchObject({
    'deployment-id': String(deployment?.id),
    'deployment-url': apiUrl(github, deployment?.id),
    'status-id': String(deployment?.statuses[0]?.id),
    state: 'in_progress',
    environment: 'qa',
    'environment-url': 'https://qa.example.com',
    'log-url': deployment?.statuses[0]?.logUrl,
    ref: HEAD_SHA,
    sha: HEAD_SHA,
    task: 'deploy:web'
  })
  expect(JSON.parse(outputs['payload'] ?? '')).toEqual(deployment?.payload)
  expect(deployment?.payload).toMatchObject({ build: 7 })
})

test('the payload names the run, the job and the ref', async () => {
  const github = await startGitHub()
  await runSteps(github, [START], { runId: 77, runAttempt: 2 })
  expect(github.store.deployments()[0]?.payload).toEqual({
    'deploy-status-action': {
      v: 1,
      run_id: 77,
      run_attempt: 2,
      transient: false,
      check_run_id: checkRunHere(CHECK_RUN),
      job: 'deploy',
      ref: 'main',
      auto_finish: true,
      key: expect.stringMatching(/^[\w-]{16,}$/)
    }
  })
})

test('previous-* is the newest success of the same environment and task', async () => {
  const github = await startGitHub()
  const seed = (seed: object) => github.store.seedDeployment({ environment: 'qa', autoInactive: false, ...seed })
  seed({ sha: 'bbbb'.repeat(10), state: 'success' })
  const previous = seed({ sha: OLD, state: 'success' })
  seed({ sha: 'cccc'.repeat(10), state: 'failure' })
  seed({ sha: 'dddd'.repeat(10), state: 'inactive' })
  seed({ sha: 'dddd'.repeat(10), state: 'in_progress' })
  seed({ sha: 'eeee'.repeat(10), state: 'success', task: 'migrate' })
  seed({ sha: 'eeee'.repeat(10), state: 'success', environment: 'staging' })
  const outputs = outputsOf(await runSteps(github, [START]), 'status')
  expect(outputs).toMatchObject({
    'previous-deployment-id': String(previous.id),
    'previous-sha': OLD,
    'compare-url': `${github.env().GITHUB_SERVER_URL}/octo-org/octo-repo/compare/${OLD}...${HEAD_SHA}`
  })
})

test('a deployment that is newer than the reused one is not its previous one', async () => {
  const github = await startGitHub()
  const old = github.store.seedDeployment({ environment: 'qa', sha: OLD, state: 'success' })
  const ours = github.store.seedDeployment({ environment: 'qa', sha: HEAD_SHA })
  github.store.seedDeployment({
    environment: 'qa',
    sha: 'bbbb'.repeat(10),
    state: 'success',
    autoInactive: false
  })
  const step = use({ 'deployment-id': String(ours.id) }, { id: 'status' })
  const outputs = outputsOf(await runSteps(github, [step]), 'status')
  expect(outputs['previous-deployment-id']).toBe(String(old.id))
})

test('without a previous deployment, previous-* and compare-url are empty', async () => {
  const github = await startGitHub()
  const outputs = outputsOf(await runSteps(github, [START]), 'status')
  for (const name of ['previous-deployment-id', 'previous-sha', 'compare-url']) {
    expect(outputs[name] ?? '').toBe('')
  }
})

test('if the list is rejected, the missing previous-* is a warning, and the deploy continues', async () => {
  const github = await startGitHub({ graphql: 'forbidden' })
  const job = await runSteps(github, [START, sh('true')])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toEqual([expect.stringContaining('`previous-sha`')])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('if GraphQL answers 502, the missing previous-* is a warning, and the deploy continues', async () => {
  const github = await startGitHub()
  github.intercept(request => (request.path === '/graphql' ? { status: 502 } : undefined))
  const step = use({ environment: 'qa', timeout: '2' })
  const job = await runSteps(github, [step, sh('true')])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toEqual([expect.stringContaining('`previous-sha`')])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test("a second deployment by the job's own environment: key is a warning that shows how to avoid it", async () => {
  const github = await startGitHub()
  const page = logUrl(github, 77)
  github.store.seedDeployment({ environment: 'qa', state: 'in_progress', logUrl: page })
  const job = await runSteps(github, [START], { runId: 77 })
  expect(warnings(job).join()).toMatch(/environment: .*qa.*deployment: false/)
})

test('without a check run, the warning names any job of the run', async () => {
  const github = await startGitHub()
  const logUrl = `${github.env().GITHUB_SERVER_URL}/octo-org/octo-repo/actions/runs/77`
  github.store.seedDeployment({ environment: 'qa', state: 'in_progress', logUrl })
  const job = await runSteps(github, [START], { runId: 77, checkRunId: () => undefined })
  expect(warnings(job).join()).toContain('The `environment:` key of a job of this run created a second')
})

needs('check runs')('deployments that the environment: key of other jobs created cause no warning', async () => {
  const github = await startGitHub()
  const page = logUrl(github, 77, 4241)
  github.store.seedDeployment({ environment: 'qa', state: 'success', logUrl: page })
  const job = await runSteps(github, [START], { runId: 77 })
  expect(warnings(job)).toEqual([])
})

test('one summary has the commit, the changes, the duration and the links', async () => {
  const github = await startGitHub()
  github.store.seedDeployment({ environment: 'qa', sha: OLD, state: 'success' })
  const job = await runSteps(github, [
    use({ environment: 'qa', 'environment-url': '${{ steps.go.outputs.url }}' }),
    sh('echo "url=https://qa.example.com/app" >> "$GITHUB_OUTPUT"', { id: 'go' })
  ])
  expect(job.summaries).toHaveLength(1)
  const [summary = ''] = job.summaries
  const server = github.env().GITHUB_SERVER_URL
  expect(summary).toContain('✅ Deployed to ')
  expect(summary).toContain('](https://qa.example.com/app)')
  expect(summary).toContain(`${server}/octo-org/octo-repo/commit/${HEAD_SHA}`)
  expect(summary).toContain('main')
  expect(summary).toContain(`${server}/octo-org/octo-repo/compare/${OLD}...${HEAD_SHA}`)
  expect(summary).toContain(String(github.store.deployments().at(-1)?.id))
  expect(summary).toContain(lastStatus(github)?.logUrl)
  expect(summary).toMatch(/\| Duration \|[\s\S]+\| \d+ s \|/)
})

test('finish writes the summary, and the post step writes none', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, use({ mode: 'finish' })])
  expect(job.summaries).toHaveLength(1)
})

test('summary: false writes none', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', summary: 'false' })])
  expect(job.summaries).toEqual([])
})

test('names from outside stay text in the summary', async () => {
  const github = await startGitHub()
  const environment = 'qa <img src=x> [a](b) @octocat'
  const job = await runSteps(github, [use({ environment, description: '# **Big**' }), sh('exit 1')])
  const [summary = ''] = job.summaries
  expect(summary).not.toMatch(/<img|@octocat|\*\*Big|\]\(b\)/)
})

test('the outputs of start reach another job', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { outputs: { id: '${{ steps.status.outputs.deployment-id }}' }, steps: [START] },
    after: { needs: 'deploy', steps: [sh('echo "id ${{ needs.deploy.outputs.id }}"')] }
  })
  expect(jobs['after']?.log).toContain(`id ${github.store.deployments()[0]?.id}`)
})
