import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, annotationsOf, writeCount } from '../support/act.ts'
import { rejectStatus } from '../support/reject-status.ts'
import { ACTION, runJob, startGitHub, states } from '../support/scenario.ts'
import { seed, statesOf } from '../support/seeds.ts'

const DEACTIVATE = { mode: 'deactivate' }
const qa = { environment: 'qa' }

test('deployments beyond the first page are made inactive', async () => {
  const github = await startGitHub()
  const ids = seed(github, ...Array.from({ length: 103 }, () => qa))
  const run = await act(github, { ...DEACTIVATE, environment: 'qa' })
  expect([run.exitCode, run.annotations]).toEqual([0, []])
  expect(new Set(statesOf(github, ids))).toEqual(new Set(['inactive']))
  expect(run.outputs['deactivated']).toBe('103')
  expect(JSON.parse(run.outputs['deployments'] ?? '')).toHaveLength(100)
})

const refusal = { status: 403, body: { message: 'Resource not accessible by integration' } }

test.each([
  ['forbids the fields', { graphql: 'forbidden' }, undefined],
  ['refuses the request', {}, refusal],
  ['has no GraphQL', {}, { status: 404, body: { message: 'Not Found' } }],
  ['is out of order', {}, { status: 503 }]
] as const)('a list that GitHub %s is an error, and nothing is changed', async (_, options, answer) => {
  const github = await startGitHub(options)
  github.intercept(({ path }) => (path === '/graphql' ? answer : undefined))
  const ids = seed(github, qa, qa)
  const run = await act(github, { ...DEACTIVATE, environment: 'qa', timeout: '1' })
  expect([run.exitCode, writeCount(github)]).toEqual([1, 0])
  expect(statesOf(github, ids)).toEqual(['success', 'success'])
  expect(annotationsOf(run, 'error')[0]).toMatch(/^Could not list the deployments in octo-org\/octo-repo: /)
  if (answer?.status !== 503) expect(annotationsOf(run, 'error')[0]).toContain('deployments: write')
})

test('a deployment that cannot be made inactive does not stop the others, and the error names it', async () => {
  const github = await startGitHub()
  const ids = seed(github, qa, qa, qa)
  const [, bad] = ids
  rejectStatus(github, bad ?? 0)
  const run = await act(github, { ...DEACTIVATE, environment: 'qa' })
  expect(run.exitCode).toBe(1)
  expect(statesOf(github, ids)).toEqual(['inactive', 'success', 'inactive'])
  expect(run.outputs['deactivated']).toBe('2')
  const [message = '', ...more] = annotationsOf(run, 'error')
  expect(more).toEqual([])
  expect(message).toContain(String(bad))
  expect(message).toMatch(/422.*Validation Failed.*odd/)
  expect(message).toMatch(/2 deployments made inactive/)
  const listed = JSON.parse(run.outputs['deployments'] ?? '[]') as { id: number; state: string }[]
  expect(listed.filter(one => one.state === 'inactive').map(one => one.id)).toEqual([...[ids[2], ids[0]]])
})

/** Runs one step. Another client makes its deployment inactive as soon as it exists. */
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
  'a transient deployment that was made inactive while its job runs stays inactive: %s',
  async inputs => {
    const { job, ...after } = await retiredMeanwhile(inputs)
    expect(job.conclusion).toBe('success')
    expect(after.states).toEqual(['in_progress', 'inactive'])
    expect(job.annotations.filter(each => each.level === 'error')).toEqual([])
  }
)

test.each(['{ environment: qa }', '{ transient-environment: false }'])(
  'a deployment that is not transient gets its final state although it was made inactive: %s',
  async inputs => {
    const after = await retiredMeanwhile(inputs)
    expect(after.states).toEqual(['in_progress', 'inactive', 'success'])
  }
)

test('a transient deployment that its own job makes inactive stays inactive', async () => {
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
