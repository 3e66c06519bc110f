import { describe, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'
import {
  answerWith,
  errors,
  lastStatus,
  outputsOf,
  READ_ONLY,
  runAll,
  runSteps,
  sh,
  use,
  warnings
} from '../support/steps.ts'

const DOWN = { status: 500, body: { message: 'Server Error' } }
const FORGIVING = { environment: 'qa', 'fail-on-error': 'false', timeout: '2' }

describe('fail-on-error: false', () => {
  test('a create that GitHub rejects is a warning, and later steps do nothing', async () => {
    const github = await startGitHub()
    answerWith(github, DOWN)
    const job = await runSteps(github, [
      use(FORGIVING, { id: 'status' }),
      sh('echo deployed'),
      use({ mode: 'finish' }, { id: 'finish' })
    ])
    expect(job.conclusion).toBe('success')
    expect(outputsOf(job, 'status')['deployment-id'] ?? '').toBe('')
    expect(outputsOf(job, 'finish')['deployment-id'] ?? '').toBe('')
    expect(github.store.deployments()).toEqual([])
    expect(writes(github).filter(write => write.includes('statuses'))).toEqual([])
    expect(warnings(job)[0]).toContain('Server Error')
  })

  test('a first status that GitHub rejects is a warning, the id is set, and the post step finishes the deployment', async () => {
    const github = await startGitHub()
    answerWith(github, DOWN, 'in_progress')
    const job = await runSteps(github, [use(FORGIVING, { id: 'status' }), sh('echo deployed')])
    expect(job.conclusion).toBe('success')
    expect(outputsOf(job, 'status')['deployment-id']).toBe(String(github.store.deployments()[0]?.id))
    expect(warnings(job)).toHaveLength(1)
    expect(states(github)).toEqual(['success'])
  })

  test('an input error still fails the step', async () => {
    const github = await startGitHub()
    const job = await runSteps(github, [use({ ...FORGIVING, 'environment-url': 'ftp://x' })])
    expect(job.conclusion).toBe('failure')
    expect(github.requests).toEqual([])
  })
})

test('by default, a rejected request fails the step, and no deployment is left open', async () => {
  const github = await startGitHub()
  answerWith(github, DOWN, 'in_progress')
  const job = await runSteps(github, [use({ environment: 'qa', timeout: '2' }), sh('echo never')])
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['failure'])
  expect(errors(job)[0]).toMatch(/in_progress.*500.*Server Error/s)
})

const RESTRICTED = [
  ['a fork', event('pull_request', { fork: 'stranger/octo-repo' })],
  ['Dependabot', event('pull_request', { sender: 'dependabot[bot]' })],
  ['Dependabot on a push', event('push', { sender: 'dependabot[bot]', branch: 'dependabot/x' })]
] as const

describe.each(RESTRICTED)('the read-only token of %s', (_, restricted) => {
  test('start logs one warning, succeeds, and creates no deployment', async () => {
    const github = await startGitHub(READ_ONLY)
    const job = await runSteps(
      github,
      [use({ environment: 'qa' }, { id: 'status' }), sh('echo deployed'), use({ mode: 'finish' }, { id: 'finish' })],
      { event: restricted }
    )
    expect(job.conclusion).toBe('success')
    expect(warnings(job)).toHaveLength(1)
    expect(errors(job)).toEqual([])
    expect(outputsOf(job, 'status')['deployment-id'] ?? '').toBe('')
    expect(writes(github)).toEqual(['POST deployments'])
    expect(job.log).toContain('deployed')
  })

  test('finish in another job succeeds without a warning', async () => {
    const github = await startGitHub(READ_ONLY)
    const { conclusion, jobs } = await runAll(
      github,
      {
        deploy: { steps: [use({ environment: 'qa', 'auto-finish': 'false' })] },
        report: {
          needs: 'deploy',
          if: 'always()',
          steps: [use({ mode: 'finish', state: '${{ needs.deploy.result }}' })]
        }
      },
      { event: restricted }
    )
    expect(conclusion).toBe('success')
    expect(warnings(jobs['report'])).toEqual([])
  })

  test('finish with the empty id of start succeeds without a warning', async () => {
    const github = await startGitHub(READ_ONLY)
    const { conclusion } = await runAll(
      github,
      {
        begin: {
          outputs: { id: '${{ steps.status.outputs.deployment-id }}' },
          steps: [use({ environment: 'qa', 'auto-finish': 'false' }, { id: 'status' })]
        },
        deploy: {
          needs: 'begin',
          steps: [sh('echo deployed'), use({ mode: 'finish', 'deployment-id': '${{ needs.begin.outputs.id }}' })]
        }
      },
      { event: restricted }
    )
    expect(conclusion).toBe('success')
  })
})

test('a fork whose token can write gets a deployment', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({})], { event: RESTRICTED[0][1] })
  expect(warnings(job)).toEqual([])
  expect(github.store.deployments()[0]?.environment).toBe('pr-2')
  expect(lastStatus(github)?.state).toBe('success')
})

test('a missing permission on another run is an error with the YAML to paste', async () => {
  const github = await startGitHub(READ_ONLY)
  const job = await runSteps(github, [use({ environment: 'qa' })])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toMatch(/permissions:\n\s+contents: read\n\s+deployments: write/)
  expect(errors(job)[0]).toContain('Resource not accessible by integration')
  expect(writes(github)).toEqual(['POST deployments'])
})

test('another 403 on a fork is an error', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 403, body: { message: 'Repository was archived so is read-only.' } })
  const job = await runSteps(github, [use({ environment: 'qa' })], { event: RESTRICTED[0][1] })
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toContain('archived')
})

test('the post step finishes a start whose first status was rejected', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 422, body: { message: 'Validation Failed' } }, 'in_progress')
  const step = use({ environment: 'qa', 'auto-finish': 'false' }, { id: 'status' })
  const job = await runSteps(github, [step])
  expect(job.conclusion).toBe('failure')
  expect(outputsOf(job, 'status')['deployment-id']).toBe(String(github.store.deployments()[0]?.id))
  expect(states(github)).toEqual(['failure'])
})

test('a start that failed never becomes success although the job continues', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 422, body: { message: 'Validation Failed' } }, 'in_progress')
  const job = await runSteps(github, [
    use({ environment: 'qa', 'auto-finish': 'false' }, { 'continue-on-error': true })
  ])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['error'])
})
