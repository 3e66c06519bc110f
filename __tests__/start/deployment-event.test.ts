import { expect, test } from '@jest/globals'
import { event, HEAD_SHA } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { apiUrl, startGitHub, states, writes } from '../support/scenario.ts'
import { errors, lastStatus, outputsOf, runSteps, sh, use } from '../support/steps.ts'

/** A deployment that another client created, and its event, which starts the workflow that performs it. */
function deploymentEvent(github: LocalGitHub, seed: object = {}) {
  const made = github.store.seedDeployment({
    environment: 'production',
    task: 'deploy:web',
    ref: 'main',
    sha: HEAD_SHA,
    payload: { version: '1.2' },
    creator: 'octocat',
    ...seed
  })
  const { id, environment, task, payload, ref, sha, transient } = made
  const url = apiUrl(github, id)
  const deployment = { id, environment, task, payload, ref, sha, url }
  return {
    id,
    event: event('deployment', {
      deployment: { ...deployment, transient_environment: transient }
    })
  }
}

const START = use({}, { id: 'status' })

test('start reuses the deployment of the event and creates no other', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github)
  const job = await runSteps(github, [START, sh('true')], { event })
  expect(job.conclusion).toBe('success')
  expect(writes(github)).toEqual([`POST ${id}/statuses in_progress`, `POST ${id}/statuses success`])
  expect(outputsOf(job, 'status')).toMatchObject({
    'deployment-id': String(id),
    'deployment-url': apiUrl(github, id),
    environment: 'production',
    task: 'deploy:web',
    ref: 'main',
    sha: HEAD_SHA
  })
  expect(JSON.parse(outputsOf(job, 'status')['payload'] ?? '')).toEqual({ version: '1.2' })
})

test('the case of the environment does not matter', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github)
  await runSteps(github, [use({ environment: 'Production' })], { event })
  expect(github.store.deployments()).toHaveLength(1)
  expect(github.store.deployments()[0]?.environment).toBe('production')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github, id)?.state).toBe('success')
})

test('another environment creates a new deployment of the same commit', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github)
  await runSteps(github, [use({ environment: 'canary' })], { event })
  const [given, made] = github.store.deployments()
  expect(given?.statuses).toEqual([])
  expect(made).toMatchObject({ environment: 'canary', sha: HEAD_SHA, ref: HEAD_SHA })
  expect(made?.payload).toMatchObject({ 'deploy-status-action': { ref: 'main' } })
  expect(made?.id).not.toBe(id)
})

test('a failed job makes the deployment of the event a failure', async () => {
  const github = await startGitHub()
  const { event } = deploymentEvent(github)
  await runSteps(github, [START, sh('exit 1')], { event })
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('a deployment of a SHA is reused although the run has no ref', async () => {
  const github = await startGitHub()
  const { event } = deploymentEvent(github, { ref: HEAD_SHA })
  const job = await runSteps(github, [START], { event })
  expect(job.conclusion).toBe('success')
  expect(outputsOf(job, 'status')['ref']).toBe(HEAD_SHA)
})

test('finish without start finishes the deployment of the event', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github)
  const finish = use({ mode: 'finish' }, { id: 'finish', if: 'always()' })
  const job = await runSteps(github, [sh('exit 1'), finish], { event })
  expect(writes(github)).toEqual([`POST ${id}/statuses failure`])
  expect(outputsOf(job, 'finish')).toMatchObject({
    'deployment-id': String(id),
    state: 'failure',
    task: 'deploy:web'
  })
})

test('finish after start posts the final state once', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github)
  await runSteps(github, [START, use({ mode: 'finish' }), use({ mode: 'finish' })], { event })
  expect(writes(github)).toEqual([`POST ${id}/statuses in_progress`, `POST ${id}/statuses success`])
})

test('a reused deployment keeps its environment URL', async () => {
  const github = await startGitHub()
  const environmentUrl = 'https://www.example.com'
  const { event } = deploymentEvent(github, { state: 'queued', environmentUrl })
  await runSteps(github, [START, sh('exit 1')], { event })
  const seen = github.store.deployments()[0]?.statuses.map(each => each.environmentUrl)
  expect(seen).toEqual([environmentUrl, environmentUrl, environmentUrl])
})

test('run works with the deployment of the event', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github)
  await runSteps(github, [use({ run: 'echo deployed' })], { event })
  expect(writes(github)).toEqual([`POST ${id}/statuses in_progress`, `POST ${id}/statuses success`])
})

test('a transient deployment that was made inactive in the meantime stays inactive', async () => {
  const github = await startGitHub()
  const { id, event } = deploymentEvent(github, { transient: true })
  await runSteps(github, [START, sh('echo deploying')], {
    event,
    onLine: line => {
      if (line.text === 'deploying') github.store.seedStatus(id, { state: 'inactive' })
    }
  })
  expect(states(github)).toEqual(['in_progress', 'inactive'])
})

test('deployment-id takes precedence over the deployment of the event', async () => {
  const github = await startGitHub()
  const other = github.store.seedDeployment({ environment: 'qa' })
  const { id, event } = deploymentEvent(github)
  await runSteps(github, [use({ 'deployment-id': String(other.id) })], { event })
  expect(github.store.stateOf(id)).toBe('none')
  expect(github.store.stateOf(other.id)).toBe('success')
})

test('a deployment reused by id keeps its environment unless environment names another one', async () => {
  for (const [environment, expected] of [
    ['', 'qa'],
    ['staging', 'staging']
  ]) {
    const github = await startGitHub()
    const { id } = github.store.seedDeployment({ environment: 'qa' })
    const inputs = { 'deployment-id': String(id), environment: String(environment) }
    const job = await runSteps(github, [use(inputs, { id: 'status' })])
    expect(outputsOf(job, 'status')['environment']).toBe(expected)
    expect(github.store.deployments()).toHaveLength(1)
    expect(github.store.deployments()[0]).toMatchObject({ environment: expected })
    expect(states(github)).toEqual(['in_progress', 'success'])
  }
})

test('deployment-id of a deployment that does not exist is an error, and no deployment is created', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ 'deployment-id': '12345' })])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toMatch(/12345.*404/s)
  expect(writes(github)).toEqual([])
})

test('a deployment_status event creates a new deployment, and environment is required', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', sha: HEAD_SHA, state: 'success' })
  const options = {
    event: event('deployment_status', { deployment: { id, environment: 'qa', sha: HEAD_SHA } })
  }
  const refused = await runSteps(github, [use({})], options)
  expect(errors(refused)[0]).toContain('environment')
  expect(github.requests).toEqual([])
  await runSteps(github, [use({ environment: 'smoke' })], options)
  expect(github.store.deployments().at(-1)).toMatchObject({ environment: 'smoke', sha: HEAD_SHA })
  expect(github.store.stateOf(id)).toBe('success')
})
