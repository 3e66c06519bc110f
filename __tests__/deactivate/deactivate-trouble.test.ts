import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, told } from '../support/act.ts'
import { refuseStatus } from '../support/refuse.ts'
import { seed, statesOf } from '../support/seeds.ts'
import { ACTION, runJob, startGitHub, states } from '../support/story.ts'

const DEACTIVATE = { mode: 'deactivate' }
const qa = { environment: 'qa' }

test('nothing beyond the first page is forgotten', async () => {
  const github = await startGitHub()
  const ids = seed(github, ...Array.from({ length: 103 }, () => qa))
  const run = await act(github, { ...DEACTIVATE, environment: 'qa' })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(new Set(statesOf(github, ids))).toEqual(new Set(['inactive']))
  expect(run.outputs['deactivated']).toBe('103')
  expect(JSON.parse(run.outputs['deployments'] ?? '')).toHaveLength(100)
})

test('by REST nothing beyond the first page is forgotten either', async () => {
  const github = await startGitHub({ graphql: 'off' })
  const over = Array.from({ length: 101 }, () => ({ ...qa, state: 'failure' as const }))
  const ids = seed(github, qa, ...over, qa)
  const run = await act(github, { ...DEACTIVATE, environment: 'qa' })
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '2'])
  expect([ids[0], ids.at(-1)].map(id => github.store.stateOf(id ?? 0))).toEqual([
    ...['inactive', 'inactive']
  ])
})

test.each(['off', 'forbidden'] as const)(
  'GraphQL %s: all is done by REST, which is said once',
  async graphql => {
    const github = await startGitHub({ graphql })
    const ids = seed(github, qa, { environment: 'qb' }, { environment: 'qc', state: 'failure' })
    const run = await act(github, { ...DEACTIVATE, environment: 'qa, qb, qc' })
    expect([run.exitCode, run.annotations]).toEqual([0, []])
    expect(statesOf(github, ids)).toEqual(['inactive', 'inactive', 'failure'])
    expect(run.stdout.split('\n').filter(line => line.includes('GraphQL'))).toHaveLength(1)
  }
)

test('GraphQL that is not let in at all (403): all is done by REST', async () => {
  const github = await startGitHub()
  github.intercept(({ path }) => {
    const body = { message: 'Resource not accessible by integration' }
    return path === '/graphql' ? { status: 403, body } : undefined
  })
  const ids = seed(github, qa, qa)
  const run = await act(github, { ...DEACTIVATE, environment: 'qa' })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(statesOf(github, ids)).toEqual(['inactive', 'inactive'])
})

test('one that cannot be retired does not stop the others, and is named at the end', async () => {
  const github = await startGitHub()
  const ids = seed(github, qa, qa, qa)
  const [, bad] = ids
  refuseStatus(github, bad ?? 0)
  const run = await act(github, { ...DEACTIVATE, environment: 'qa' })
  expect(run.exitCode).toBe(1)
  expect(statesOf(github, ids)).toEqual(['inactive', 'success', 'inactive'])
  expect(run.outputs['deactivated']).toBe('2')
  const [message = '', ...more] = told(run, 'error')
  expect(more).toEqual([])
  expect(message).toContain(String(bad))
  expect(message).toMatch(/422.*Validation Failed.*odd/)
  expect(message).toMatch(/2 deployments made inactive/)
  const listed = JSON.parse(run.outputs['deployments'] ?? '[]') as { id: number; state: string }[]
  expect(listed.filter(one => one.state === 'inactive').map(one => one.id)).toEqual([
    ...[ids[2], ids[0]]
  ])
})

/** One step, and as soon as it has begun a deployment, that one is made inactive by somebody else. */
async function retiredMeanwhile(inputs: string) {
  const github = await startGitHub()
  const job = await runJob(github, `- uses: ${ACTION}\n  with: ${inputs}\n- run: echo done`, {
    event: event('pull_request', { number: 5 }),
    onLine: ({ text }) => {
      const [deployment] = github.store.deployments()
      if (!text.startsWith('Started deployment') || !deployment) return
      github.store.seedStatus(deployment.id, { state: 'inactive' })
    }
  })
  return { job, states: states(github) }
}

test.each(['{}', '{ environment: review, transient-environment: true }'])(
  'a preview that is retired while its job runs stays so: %s',
  async inputs => {
    const { job, ...after } = await retiredMeanwhile(inputs)
    expect(job.conclusion).toBe('success')
    expect(after.states).toEqual(['in_progress', 'inactive'])
    expect(job.annotations.filter(each => each.level === 'error')).toEqual([])
  }
)

test.each(['{ environment: qa }', '{ transient-environment: false }'])(
  'of a lasting environment the final state is posted all the same: %s',
  async inputs => {
    const after = await retiredMeanwhile(inputs)
    expect(after.states).toEqual(['in_progress', 'inactive', 'success'])
  }
)

test('a preview that the same job retires stays so', async () => {
  const github = await startGitHub()
  const job = await runJob(
    github,
    `
- uses: ${ACTION}
- uses: ${ACTION}
  with: { mode: deactivate }
`,
    { event: event('pull_request', { number: 5 }) }
  )
  expect(job.conclusion).toBe('success')
  expect(states(github).at(-1)).toBe('inactive')
})
