import { expect, test } from '@jest/globals'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { errors, lastStatus, outputsOf, runAll, sh, use, warnings } from '../support/steps.ts'

const begin = (environment: string, more: Record<string, string> = {}) =>
  use({ environment, 'auto-finish': 'false', ...more })
const report = (inputs: Record<string, string>) => ({
  needs: 'deploy',
  if: 'always()',
  steps: [use({ mode: 'finish', ...inputs }, { id: 'finish' })]
})
const RESULT = '${{ needs.deploy.result }}'

const statesOf = (github: Awaited<ReturnType<typeof startGitHub>>) =>
  github.store.deployments().map(each => `${each.environment}: ${each.statuses.map(status => status.state).join(' ')}`)

test.each([
  ['true', 'success'],
  ['exit 1', 'failure']
])('the result of a job that runs "%s" is posted as %s', async (run, state) => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { steps: [begin('qa', { 'environment-url': 'https://qa.example.com' }), sh(run)] },
    report: report({ state: RESULT })
  })
  expect(jobs['report']?.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', state])
  // The address comes along from the status that start posted.
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
  expect(outputsOf(jobs['report'], 'finish')).toMatchObject({ state, environment: 'qa' })
})

test('the results of all needs are reduced to the worst one', async () => {
  const github = await startGitHub()
  await runAll(github, {
    deploy: { steps: [begin('qa')] },
    migrate: { needs: 'deploy', steps: [sh('exit 1')] },
    smoke: { needs: 'migrate', steps: [sh('true')] },
    report: { ...report({ state: '${{ join(needs.*.result) }}' }), needs: ['deploy', 'migrate', 'smoke'] }
  })
  expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Failed' })
})

test('without `state`, finishing the deployment of another job is an error that shows how to give it', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { steps: [begin('qa')] },
    report: report({})
  })
  expect(jobs['report']?.conclusion).toBe('failure')
  expect(errors(jobs['report'])[0]).toContain('needs.deploy.result')
  expect(statesOf(github)).toEqual(['qa: in_progress'])
})

test('several environments are an error that lists them, before any write', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { steps: [begin('qa'), begin('staging')] },
    report: report({ state: RESULT })
  })
  expect(jobs['report']?.conclusion).toBe('failure')
  expect(errors(jobs['report'])[0]).toMatch(/"staging".*"qa"|"qa".*"staging"/)
  expect(writes(github)).toHaveLength(4)
})

test('several tasks of one environment are an error that lists them, before any write', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { steps: [begin('qa', { task: 'web' }), begin('qa', { task: 'api' })] },
    report: report({ state: RESULT })
  })
  expect(errors(jobs['report'])[0]).toMatch(/web.*api|api.*web/)
  expect(writes(github)).toHaveLength(4)
})

test.each([
  ['a name', { environment: 'STAGING' }],
  ['a glob', { environment: 's*g' }],
  ['a task', { task: 'api' }]
])('%s selects one of several deployments', async (_, filter) => {
  const github = await startGitHub()
  const { conclusion } = await runAll(github, {
    deploy: { steps: [begin('qa'), begin('staging', { task: 'api' })] },
    report: report({ state: RESULT, ...filter })
  })
  expect(conclusion).toBe('success')
  expect(statesOf(github)).toEqual(['qa: in_progress', 'staging: in_progress success'])
})

test('a list of names selects several deployments, and one environment-url for them is an error', async () => {
  for (const url of ['', 'https://www.example.com']) {
    const github = await startGitHub()
    const filter = { environment: 'qa, staging', 'environment-url': url }
    const { jobs } = await runAll(github, {
      deploy: { steps: [begin('qa'), begin('staging'), begin('production')] },
      report: report({ state: RESULT, ...filter })
    })
    const end = url === '' ? ' success' : ''
    expect(statesOf(github)).toEqual([`qa: in_progress${end}`, `staging: in_progress${end}`, 'production: in_progress'])
    expect(errors(jobs['report']).join()).toContain(url === '' ? '' : 'environment-url')
  }
})

test('a filter that matches nothing is an error that lists the deployments of the run', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { steps: [begin('qa')] },
    report: report({ state: RESULT, environment: 'prod*' })
  })
  expect(jobs['report']?.conclusion).toBe('failure')
  expect(errors(jobs['report'])[0]).toContain('"qa"')
  expect(writes(github)).toHaveLength(2)
})

test('several deployments of one environment and task in one attempt are an error that lists them', async () => {
  const github = await startGitHub()
  const { jobs } = await runAll(github, {
    deploy: { steps: [begin('qa'), begin('QA')] },
    report: report({ state: RESULT, environment: 'qa' })
  })
  const [older, newer] = github.store.deployments()
  expect(jobs['report']?.conclusion).toBe('failure')
  const [error = ''] = errors(jobs['report'])
  for (const part of [String(older?.id), String(newer?.id), '`task`', '`deployment-id`']) {
    expect(error).toContain(part)
  }
  expect(statesOf(github)).toEqual(['qa: in_progress', 'QA: in_progress'])
})

test('a matrix of report jobs finishes a matrix of three environments', async () => {
  const github = await startGitHub()
  const matrix = { matrix: { environment: ['one', 'two', 'three'] } }
  const { conclusion } = await runAll(github, {
    deploy: { strategy: matrix, steps: [begin('${{ matrix.environment }}')] },
    report: {
      ...report({ state: RESULT, environment: '${{ matrix.environment }}' }),
      strategy: matrix
    }
  })
  expect(conclusion).toBe('success')
  const done = ['one', 'two', 'three'].map(name => `${name}: in_progress success`)
  expect(statesOf(github)).toEqual(done)
})

test('one finish that names all environments finishes the same matrix', async () => {
  const github = await startGitHub()
  const matrix = { matrix: { environment: ['one', 'two', 'three'] } }
  const { conclusion, jobs } = await runAll(github, {
    deploy: { strategy: matrix, steps: [begin('${{ matrix.environment }}')] },
    report: report({ state: RESULT, environment: '*' })
  })
  expect(conclusion).toBe('success')
  expect(statesOf(github).every(each => each.endsWith('in_progress success'))).toBe(true)
  const { deployments = '[]' } = outputsOf(jobs['report'], 'finish')
  expect(JSON.parse(deployments)).toHaveLength(3)
  expect(warnings(jobs['report'])).toEqual([])
})
