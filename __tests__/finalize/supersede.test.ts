import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { runSteps, sh, use } from '../support/steps.ts'

/** Earlier deployments of every kind that matters, by name. */
function seedEarlier(github: LocalGitHub) {
  const seed = (more: object) =>
    github.store.seedDeployment({
      environment: 'staging',
      state: 'success',
      autoInactive: false,
      ...more
    }).id
  return {
    plain: seed({}),
    production: seed({ production: true }),
    transient: seed({ transient: true }),
    api: seed({ task: 'api' }),
    apiTransient: seed({ task: 'api', transient: true }),
    running: seed({ state: 'in_progress' }),
    failed: seed({ state: 'failure' }),
    elsewhere: seed({ environment: 'qa' })
  }
}

/** Which of the earlier ones are inactive after a deployment with these inputs. */
async function retiredBy(inputs: Record<string, string>, command = 'true'): Promise<string[]> {
  const github = await startGitHub()
  const earlier = seedEarlier(github)
  await runSteps(github, [use({ environment: 'staging', ...inputs }), sh(command)])
  expect(states(github)).toEqual(['in_progress', command === 'true' ? 'success' : 'failure'])
  const names = Object.entries(earlier)
  return names.filter(([, id]) => github.store.stateOf(id) === 'inactive').map(([name]) => name)
}

test.each([
  ["true follows GitHub's rule", { 'auto-inactive': 'true' }, ['plain', 'api']],
  ['false leaves all', { 'auto-inactive': 'false' }, []],
  [
    'all deactivates production and transient ones as well',
    { 'auto-inactive': 'all' },
    ['plain', 'production', 'transient', 'api', 'apiTransient']
  ],
  [
    'task deactivates deployments of the same task, production and transient ones included',
    { 'auto-inactive': 'task' },
    ['plain', 'production', 'transient']
  ],
  ["GitHub's rule is the usual one", {}, ['plain', 'api']],
  ['where a task is given it is the task that separates', { task: 'api' }, ['api', 'apiTransient']],
  ['a task does not hinder true', { task: 'api', 'auto-inactive': 'true' }, ['plain', 'api']]
] as const)('%s', async (_, inputs, expected) => {
  expect(await retiredBy(inputs)).toEqual(expected)
})

test.each(['true', 'all', 'task'])('a failure deactivates nothing, also with %s', async rule => {
  expect(await retiredBy({ 'auto-inactive': rule }, 'exit 1')).toEqual([])
})

test('a finish uses its own `auto-inactive`, or else that of start', async () => {
  for (const [inputs, deactivated] of [
    [{}, 'inactive'],
    [{ 'auto-inactive': 'false' }, 'success']
  ] as const) {
    const github = await startGitHub()
    const { production } = seedEarlier(github)
    const start = use({ environment: 'staging', 'auto-inactive': 'all' })
    await runSteps(github, [start, use({ mode: 'finish', ...inputs })])
    expect(github.store.stateOf(production)).toBe(deactivated)
  }
})

test('each push to a pull request leaves one active preview', async () => {
  const github = await startGitHub()
  const options = { event: event('pull_request', { number: 12 }) }
  for (let push = 0; push < 3; push++) await runSteps(github, [use({})], options)
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['inactive', 'inactive', 'success'])
  expect(github.store.deployments()[0]).toMatchObject({ environment: 'pr-12', transient: true })
})

test('previews of several services in one pull request do not affect each other', async () => {
  const github = await startGitHub()
  const options = { event: event('pull_request', { number: 12 }) }
  await runSteps(github, [use({ task: 'web' }), use({ task: 'api' })], options)
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['success', 'success'])
})

test('other deployments change only after the success is confirmed', async () => {
  const github = await startGitHub()
  const { plain } = seedEarlier(github)
  await runSteps(github, [use({ environment: 'staging', 'auto-inactive': 'task' })])
  const sent = github.requests.filter(each => each.isWrite)
  const own = github.store.deployments().at(-1)?.id
  const isSuccess = (each: { body: unknown }) => Object(each.body).state === 'success'
  const success = sent.findIndex(isSuccess)
  expect(sent[success]?.path).toMatch(new RegExp(`/${own}/statuses$`))
  const others = sent.flatMap((each, index) => (/INACTIVE/.test(JSON.stringify(each.body)) ? index : []))
  expect(others).toEqual([success + 1])
  expect(github.store.stateOf(plain)).toBe('inactive')
})

test('a success that GitHub rejects deactivates nothing', async () => {
  const github = await startGitHub()
  const earlier = seedEarlier(github)
  github.intercept(request =>
    Object(request.body).state === 'success' ? { status: 422, body: { message: 'No' } } : undefined
  )
  const step = use({ environment: 'staging', 'auto-inactive': 'all' })
  const job = await runSteps(github, [step])
  expect(job.conclusion).toBe('success')
  expect(github.store.stateOf(earlier.plain)).toBe('success')
  expect(writes(github).filter(write => write.endsWith('inactive'))).toEqual([])
})

test('a deactivated deployment keeps its link, and its description names its successor', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({
    environment: 'Staging',
    state: 'success',
    environmentUrl: 'https://old.example.com'
  })
  await runSteps(github, [use({ environment: 'staging', 'auto-inactive': 'task' })])
  expect(github.store.statuses(id).at(-1)).toMatchObject({
    state: 'inactive',
    description: `Superseded by ${github.store.deployments().at(-1)?.id}`,
    environmentUrl: 'https://old.example.com'
  })
})

test('deployments beyond the first hundred are deactivated too', async () => {
  const github = await startGitHub()
  const old = { environment: 'staging', transient: true, autoInactive: false }
  const first = github.store.seedDeployment({ ...old, state: 'success' })
  for (let more = 0; more < 110; more++) {
    github.store.seedDeployment({ ...old, state: 'inactive' })
  }
  await runSteps(github, [use({ environment: 'staging', 'auto-inactive': 'all' })])
  expect(github.store.stateOf(first.id)).toBe('inactive')
})
