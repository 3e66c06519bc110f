import { expect, test } from '@jest/globals'
import { startGitHub, writes } from '../support/scenario.ts'
import { errors, outputsOf, runSteps, sh, use } from '../support/steps.ts'

const startOf = (environment: string, more: Record<string, string> = {}) => use({ environment, ...more })
const THREE = ['eu/one', 'eu/two', 'us/one'].map(name => startOf(name))

const statesOf = (github: Awaited<ReturnType<typeof startGitHub>>) =>
  github.store.deployments().map(each => `${each.environment}: ${each.statuses.map(status => status.state).join(' ')}`)

test('one finish finishes all deployments that the job started', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [...THREE, use({ mode: 'finish' }, { id: 'finish' })])
  expect(statesOf(github)).toEqual([
    'eu/one: in_progress success',
    'eu/two: in_progress success',
    'us/one: in_progress success'
  ])
  const outputs = outputsOf(job, 'finish')
  const ids = github.store.deployments().map(each => each.id)
  expect(outputs['deployment-id']).toBe(String(ids[2]))
  expect(outputs['environment']?.split('\n').sort()).toEqual(['eu/one', 'eu/two', 'us/one'])
  const listed: { id: number; state: string }[] = JSON.parse(outputs['deployments'] ?? '')
  expect(listed.map(each => each.id).sort()).toEqual(ids)
  expect(listed.every(each => each.state === 'success')).toBe(true)
  expect(job.summaries).toHaveLength(1)
})

test('without a finish, each post step finishes its own deployment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [...THREE, sh('exit 1')])
  expect(statesOf(github)).toEqual([
    'eu/one: in_progress failure',
    'eu/two: in_progress failure',
    'us/one: in_progress failure'
  ])
  expect(writes(github)).toHaveLength(9)
  expect(job.summaries).toHaveLength(3)
})

test('environment selects one deployment, and the post steps finish the others', async () => {
  const github = await startGitHub()
  const finish = use({ mode: 'finish', environment: 'EU/two', state: 'failure' })
  await runSteps(github, [...THREE, finish])
  expect(statesOf(github)).toEqual([
    'eu/one: in_progress success',
    'eu/two: in_progress failure',
    'us/one: in_progress success'
  ])
})

test('a pattern selects several deployments', async () => {
  const github = await startGitHub()
  await runSteps(github, [...THREE, use({ mode: 'finish', environment: 'eu/*', state: 'error' })])
  expect(statesOf(github)).toEqual([
    'eu/one: in_progress error',
    'eu/two: in_progress error',
    'us/one: in_progress success'
  ])
})

test('task selects one of several deployments in an environment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    startOf('qa', { task: 'web' }),
    startOf('qa', { task: 'api' }),
    use({ mode: 'finish', task: 'web', state: 'failure' }, { id: 'finish' })
  ])
  expect(outputsOf(job, 'finish')['task']).toBe('web')
  expect(statesOf(github)).toEqual(['qa: in_progress failure', 'qa: in_progress success'])
})

test('one environment-url for several deployments is an error', async () => {
  const github = await startGitHub()
  const finish = { mode: 'finish', 'environment-url': 'https://www.example.com' }
  const job = await runSteps(github, [...THREE, use(finish)])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toContain('environment-url')
  expect(statesOf(github).every(each => each.endsWith('in_progress failure'))).toBe(true)
})

test('a deployment that cannot be finished does not stop the others', async () => {
  const github = await startGitHub()
  github.intercept(request => {
    const [first] = github.store.deployments()
    const isFirst = request.path.endsWith(`/${first?.id}/statuses`)
    const isFinal = Object(request.body).state === 'success'
    return isFirst && isFinal ? { status: 422, body: { message: 'Validation Failed' } } : undefined
  })
  const job = await runSteps(github, [...THREE, use({ mode: 'finish' })])
  expect(job.conclusion).toBe('failure')
  expect(statesOf(github)).toEqual([
    'eu/one: in_progress failure',
    'eu/two: in_progress success',
    'us/one: in_progress success'
  ])
})

test('consecutive starts in one environment are finished one by one', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    startOf('qa'),
    use({ mode: 'finish' }, { id: 'one' }),
    startOf('qa'),
    use({ mode: 'finish' }, { id: 'two' })
  ])
  expect(writes(github)).toHaveLength(6)
  const [first, second] = github.store.deployments()
  expect(outputsOf(job, 'one')['deployment-id']).toBe(String(first?.id))
  expect(outputsOf(job, 'two')['deployment-id']).toBe(String(second?.id))
})
