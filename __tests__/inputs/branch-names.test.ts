import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed, statesOf } from '../support/seeds.ts'
import { errors, outputsOf, runAll, runSteps, use, warnings } from '../support/steps.ts'

const BRANCH = 'x,production'
const ENVIRONMENTS = [BRANCH, 'x', 'production']
const DEACTIVATE = { mode: 'deactivate', environment: BRANCH }
const SEPARATOR = 'a comma followed by a space'

const closedBy = (name: 'pull_request' | 'pull_request_target', branch: string) => ({
  event: event(name, {
    action: 'closed',
    number: 5,
    branch,
    fork: 'stranger/octo-repo',
    closedAt: '2099-01-01T00:00:00Z'
  })
})

for (const name of ['pull_request', 'pull_request_target'] as const) {
  for (const deletion of ['none', 'deployments']) {
    test(`${name}, delete: ${deletion}: a branch with a comma in its name is one environment`, async () => {
      const github = await startGitHub()
      const ids = seed(github, ...ENVIRONMENTS.map(environment => ({ environment })))
      const inputs = { ...DEACTIVATE, delete: deletion }
      const run = await act(github, inputs, closedBy(name, BRANCH))
      expect([run.exitCode, annotationsOf(run, 'warning')]).toEqual([0, []])
      const [own, ...others] = statesOf(github, ids)
      expect(own).toBe(deletion === 'none' ? 'inactive' : 'gone')
      expect(others).toEqual(['success', 'success'])
    })

    test(`${name}, delete: ${deletion}: without a deployment of that name nothing changes, and a warning shows the separator`, async () => {
      const github = await startGitHub()
      const ids = seed(github, { environment: 'x' }, { environment: 'production' })
      const inputs = { ...DEACTIVATE, delete: deletion }
      const run = await act(github, inputs, closedBy(name, BRANCH))
      expect(run.exitCode).toBe(0)
      expect(statesOf(github, ids)).toEqual(['success', 'success'])
      const [warning = '', ...more] = annotationsOf(run, 'warning')
      expect(more).toEqual([])
      expect(warning).toContain(`"${BRANCH}"`)
      expect(warning).toContain(SEPARATOR)
    })
  }
}

test('a bare comma warns only if a part of the name has deployments', async () => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'qa' })
  const run = await act(github, { mode: 'deactivate', environment: 'one,two' })
  expect([run.exitCode, annotationsOf(run, 'warning')]).toEqual([0, []])
  expect(statesOf(github, ids)).toEqual(['success'])
})

test.each([
  ['one name on each line', 'x\nproduction'],
  ['Windows line breaks', 'x\r\nproduction'],
  ['a comma and a blank', 'x, production'],
  ['a comma and a tab', 'x,\tproduction'],
  ['patterns', 'x*, prod*']
])('deactivate separates names by %s', async (_title, environment) => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'x' }, { environment: 'production' }, { environment: 'qa' })
  const run = await act(github, { mode: 'deactivate', environment })
  expect([run.exitCode, annotationsOf(run, 'warning')]).toEqual([0, []])
  expect(statesOf(github, ids)).toEqual(['inactive', 'inactive', 'success'])
})

test.each([
  ['at its end', 'production,'],
  ['at its beginning', ',production'],
  ['twice', 'x,,production'],
  ['and a space that Git allows', 'x,\u00a0production'],
  ['as a space at its end', 'production\u00a0'],
  ['as a wide space at its beginning', '\u3000production']
])('a branch name with a separator %s reaches no other environment', async (_title, branch) => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'production' }, { environment: 'x' })
  const inputs = { mode: 'deactivate', environment: branch, delete: 'deployments' }
  await act(github, inputs, closedBy('pull_request_target', branch))
  expect(statesOf(github, ids)).toEqual(['success', 'success'])
})

test('a pattern with a bare comma is one pattern', async () => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'x,qa' }, { environment: 'x' }, { environment: 'qa' })
  const run = await act(github, { mode: 'deactivate', environment: 'x,q*' })
  expect([run.exitCode, annotationsOf(run, 'warning')]).toEqual([0, []])
  expect(statesOf(github, ids)).toEqual(['inactive', 'success', 'success'])
})

for (const name of ['pull_request', 'pull_request_target'] as const) {
  test(`${name}: finish reads a branch with a comma in its name as one environment`, async () => {
    const github = await startGitHub()
    const job = await runSteps(
      github,
      [
        use({ environment: 'production', task: 'other' }),
        use({ environment: BRANCH }, { id: 'start' }),
        use({ mode: 'finish', environment: BRANCH }, { id: 'finish' })
      ],
      { event: event(name, { branch: BRANCH }) }
    )
    expect([job.conclusion, warnings(job)]).toEqual(['success', []])
    expect(outputsOf(job, 'finish')).toMatchObject({ environment: BRANCH, state: 'success' })
    expect(outputsOf(job, 'finish')['deployments']).toBeUndefined()
  })
}

test('finish warns about the separator if only the parts of a name match', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'x' }),
    use({ mode: 'finish', environment: 'x,production', state: 'success' }, { id: 'finish' })
  ])
  expect(job.conclusion).toBe('failure')
  expect(warnings(job).filter(text => text.includes(SEPARATOR))).toHaveLength(1)
})

test('finish in another job warns about the separator too, and its error lists the deployments', async () => {
  const github = await startGitHub()
  const start = use({ environment: 'x', 'auto-finish': 'false' })
  const finish = use({ mode: 'finish', environment: 'x,production', state: 'success' })
  const run = await runAll(github, {
    deploy: { 'runs-on': 'ubuntu-latest', steps: [start] },
    report: { 'runs-on': 'ubuntu-latest', needs: 'deploy', steps: [finish] }
  })
  const report = run.jobs['report']
  expect(report?.conclusion).toBe('failure')
  expect(warnings(report).filter(text => text.includes(SEPARATOR))).toHaveLength(1)
  expect(errors(report).join()).toContain('"x" (task deploy')
})

test('finish separates names by a comma and a blank', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'x' }),
    use({ environment: 'production' }),
    use({ mode: 'finish', environment: 'x, production' }, { id: 'finish' })
  ])
  expect(job.conclusion).toBe('success')
  expect(outputsOf(job, 'finish')['environment']?.split('\n').sort()).toEqual(['production', 'x'])
})

test('the results in `state` are separated by a comma, with or without a blank', async () => {
  const github = await startGitHub()
  for (const state of ['success,failure', 'success, failure', 'success\nfailure']) {
    const job = await runSteps(github, [use({ environment: 'qa' }), use({ mode: 'finish', state }, { id: 'finish' })])
    expect([job.conclusion, outputsOf(job, 'finish')['state']]).toEqual(['success', 'failure'])
  }
})
