import { expect, test } from '@jest/globals'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { answerWith, errors, lastStatus, outputsOf, runSteps, sh, use } from '../support/steps.ts'

const START = use({ environment: 'qa' }, { id: 'status' })
const FINISH = use({ mode: 'finish' }, { id: 'finish' })

test('finish in the same job needs no id, and the post step posts nothing', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    START,
    sh('echo "url=https://qa.example.com" >> "$GITHUB_OUTPUT"', { id: 'deploy' }),
    use({ mode: 'finish', 'environment-url': '${{ steps.deploy.outputs.url }}' }, { id: 'finish' })
  ])
  const [deployment] = github.store.deployments()
  expect(writes(github)).toEqual([
    'POST deployments',
    `POST ${deployment?.id}/statuses in_progress`,
    `POST ${deployment?.id}/statuses success`
  ])
  expect(outputsOf(job, 'finish')).toMatchObject({
    'deployment-id': String(deployment?.id),
    'status-id': String(deployment?.statuses[1]?.id),
    state: 'success',
    environment: 'qa',
    'environment-url': 'https://qa.example.com',
    'log-url': deployment?.statuses[1]?.logUrl,
    sha: deployment?.sha,
    task: 'deploy'
  })
  expect(JSON.parse(outputsOf(job, 'finish')['payload'] ?? '')).toEqual(deployment?.payload)
})

test('finish with if: always() posts the failure of the job', async () => {
  const github = await startGitHub()
  const last = use({ mode: 'finish' }, { id: 'finish', if: 'always()' })
  const job = await runSteps(github, [START, sh('exit 1'), last])
  expect(outputsOf(job, 'finish')['state']).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('the state that finish posted stays although a later step fails', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, FINISH, sh('exit 1')])
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a second finish sets the outputs again and posts nothing', async () => {
  const github = await startGitHub()
  const again = use({ mode: 'finish' }, { id: 'again' })
  const job = await runSteps(github, [START, FINISH, again])
  expect(job.conclusion).toBe('success')
  expect(writes(github)).toHaveLength(3)
  expect(outputsOf(job, 'again')).toMatchObject({
    'deployment-id': outputsOf(job, 'status')['deployment-id'],
    state: 'success',
    environment: 'qa'
  })
})

test('finish keeps the description, URL and cancelled-state that start was given', async () => {
  const github = await startGitHub()
  const start = use({
    environment: 'qa',
    'environment-url': 'https://qa.example.com',
    description: 'Nightly',
    'cancelled-state': 'error',
    'log-url': 'https://ci.example.com/9'
  })
  await runSteps(github, [start, use({ mode: 'finish', state: 'cancelled' })])
  expect(lastStatus(github)).toMatchObject({
    state: 'error',
    description: 'Canceled: Nightly',
    environmentUrl: 'https://qa.example.com',
    logUrl: 'https://ci.example.com/9'
  })
})

test('finish with an unfinished state leaves the deployment open, and the post step finishes it', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'initial-state': 'queued' }),
    use({ mode: 'finish', state: 'in_progress' }, { id: 'now' })
  ])
  expect(outputsOf(job, 'now')['state']).toBe('in_progress')
  expect(states(github)).toEqual(['queued', 'in_progress', 'success'])
})

test('finish fails if GitHub rejects the status, and the post step finishes the deployment', async () => {
  const github = await startGitHub()
  const refuse = { status: 422, body: { message: 'Validation Failed' } }
  answerWith(github, refuse, 'success')
  const job = await runSteps(github, [START, FINISH])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toContain('Validation Failed')
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('finish in a dry run sends no write, and the post step finishes the deployment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, use({ mode: 'finish', 'dry-run': 'true' })])
  expect(job.conclusion).toBe('success')
  expect(job.log).toMatch(/POST \S+\/deployments\/\d+\/statuses {"state":"success"/)
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('finish with the id of a deployment of this job sends no read', async () => {
  const github = await startGitHub()
  const id = '${{ steps.status.outputs.deployment-id }}'
  await runSteps(github, [START, use({ mode: 'finish', 'deployment-id': id, environment: 'QA' })])
  expect(writes(github)).toHaveLength(3)
  expect(github.requests.filter(request => request.method === 'GET')).toEqual([])
})

test("finish with the id of another tool's deployment uses the result of this job", async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({
    environment: 'qa',
    state: 'in_progress',
    environmentUrl: 'https://qa.example.com'
  })
  const finish = use({ mode: 'finish', 'deployment-id': String(id) }, { if: 'always()' })
  const job = await runSteps(github, [sh('exit 1'), finish])
  expect(job.conclusion).toBe('failure')
  expect(lastStatus(github)).toMatchObject({
    state: 'failure',
    description: 'Failed',
    environmentUrl: 'https://qa.example.com'
  })
})

test('deployment-id with an environment that does not match is an error before any write', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'in_progress' })
  const finish = { mode: 'finish', 'deployment-id': String(id), environment: 'production' }
  const job = await runSteps(github, [use(finish)])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toContain('"qa"')
  expect(writes(github)).toEqual([])
})

test("the id of this job's deployment with an environment that does not match is the same error", async () => {
  const github = await startGitHub()
  const id = '${{ steps.status.outputs.deployment-id }}'
  const finish = { mode: 'finish', 'deployment-id': id, environment: 'prod' }
  const job = await runSteps(github, [START, use(finish)])
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test.each(['0', '-1', '1.5', '1e3', '0x10', 'seven'])('deployment-id: %s is an input error', async id => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ mode: 'finish', 'deployment-id': id })])
  expect(errors(job)[0]).toContain('deployment-id')
  expect(github.requests).toEqual([])
})

test('deployment-id of a deployment that does not exist is an error that names it', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ mode: 'finish', 'deployment-id': '12345' })])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toMatch(/12345.*404/s)
  expect(writes(github)).toEqual([])
})
