import { expect, test } from '@jest/globals'
import { outcomeOf, parseResults, worstResult } from '../../src/deployment/outcome.ts'
import { description } from '../../src/lib/text.ts'
import { act, annotationsOf } from '../support/act.ts'
import { runJobs, startGitHub, states } from '../support/scenario.ts'

const stateFor = (result: string | undefined, job = 'success') =>
  outcomeOf({
    results: result === undefined ? [] : [result],
    jobStatus: job,
    cancelledState: 'error'
  }).state

test.each([
  ['success', 'success'],
  ['failure', 'failure'],
  ['timed_out', 'failure'],
  ['error', 'error'],
  ['startup_failure', 'error'],
  ['action_required', 'error'],
  ['stale', 'error'],
  ['inactive', 'inactive'],
  ['queued', 'queued'],
  ['pending', 'pending'],
  ['in_progress', 'in_progress']
])('%s becomes %s, whatever the job says', (result, state) => {
  for (const job of ['success', 'failure', 'cancelled', '']) {
    expect(stateFor(result, job)).toBe(state)
  }
})

test.each(['inactive', 'failure', 'error'] as const)('cancelled becomes %s as given', state => {
  const jobs = [
    { results: ['cancelled'], jobStatus: 'success' },
    { results: [], jobStatus: 'cancelled' },
    { results: ['skipped'], jobStatus: 'cancelled' }
  ]
  for (const job of jobs) expect(outcomeOf({ ...job, cancelledState: state }).state).toBe(state)
})

test.each(['skipped', 'neutral'])('%s becomes the result of the job, or inactive if that is success', result => {
  expect(stateFor(result, 'success')).toBe('inactive')
  expect(stateFor(result, 'Failure ')).toBe('failure')
  expect(stateFor(result, 'cancelled')).toBe('error')
})

test.each([
  ['', 'error'],
  ['  ', 'error'],
  ['waiting', 'error'],
  ['toString', 'error'],
  ['__proto__', 'error'],
  ['SUCCESS', 'success'],
  [' Canceled\n', 'error']
])('a job status of %j becomes %s', (job, state) => {
  expect(stateFor(undefined, job)).toBe(state)
})

const needs = (...results: string[]): string =>
  JSON.stringify(
    Object.fromEntries(results.map((result, index) => [`job${index}`, { result, outputs: { result: 'failure' } }])),
    null,
    2
  )

test.each([
  ['success', ['success']],
  [' SUCCESS , Failure ', ['success', 'failure']],
  ['success\nskipped\r\n\n', ['success', 'skipped']],
  ['success,,failure,', ['success', 'failure']],
  [needs('success', 'cancelled'), ['success', 'cancelled']],
  [JSON.stringify(['success', 'skipped']), ['success', 'skipped']],
  [JSON.stringify([{ result: 'Failure' }]), ['failure']],
  ['', []]
])('the results in %j', (input, results) => {
  expect(parseResults(input)).toEqual(results)
})

const ORDER = ['failure', 'error', 'cancelled', 'success', 'skipped']

test('a list is reduced to its worst result in any order', () => {
  for (const [index, result] of ORDER.entries()) {
    const others = ORDER.slice(index)
    expect(worstResult([...others].reverse())).toBe(result)
    expect(worstResult([...others, ...others])).toBe(result)
  }
  expect(worstResult(['timed_out', 'error'])).toBe('timed_out')
  expect(worstResult(['startup_failure', 'cancelled'])).toBe('startup_failure')
  expect(worstResult(['neutral', 'success'])).toBe('success')
  expect(worstResult(['inactive', 'success'])).toBe('success')
  expect(worstResult([])).toBeUndefined()
})

test.each([
  ['Canceled', 'x'.repeat(200)],
  ['', '👩‍👩‍👧‍👦'.repeat(60)],
  ['Failed', `${'é'.repeat(130)}${'\ud83d'.repeat(30)}`],
  ['', `${'a'.repeat(139)}🚀`],
  ['', `${'a'.repeat(139)}🚀b`]
])('a description of "%s" and a long text fits', (happened, text) => {
  const fitting = description(happened, text)
  expect([...fitting].length).toBeLessThanOrEqual(140)
  expect(fitting.isWellFormed()).toBe(true)
  expect(fitting.startsWith(happened)).toBe(true)
  expect(fitting.endsWith('\u200d…')).toBe(false)
})

test.each<[Record<string, string>, string, string]>([
  [{ state: ' Success ' }, 'success', ''],
  [{ state: ' Success ', description: 'All well' }, 'success', 'All well'],
  [{ state: 'failure', description: 'Unit 7' }, 'failure', 'Failed: Unit 7'],
  [{ state: 'timed_out' }, 'failure', 'Timed out'],
  [{ state: 'cancelled' }, 'failure', 'Canceled'],
  [{ state: 'cancelled', 'cancelled-state': 'Failure' }, 'failure', 'Canceled'],
  [{ state: 'success, cancelled\nfailure' }, 'failure', 'Failed'],
  [{ state: needs('success', 'skipped') }, 'success', ''],
  [{ state: needs('skipped', 'skipped') }, 'inactive', 'Skipped'],
  [{ state: '["skipped","cancelled"]' }, 'failure', 'Canceled'],
  [{ state: 'QUEUED' }, 'queued', ''],
  [{ 'job-status': 'cancelled', 'cancelled-state': 'error' }, 'error', 'Canceled'],
  [{ state: 'failure', description: '👍'.repeat(150) }, 'failure', `Failed: ${'👍'.repeat(131)}…`]
])('finish with %j posts %s', async (inputs, state, text) => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'in_progress' })
  const run = await act(github, { mode: 'finish', 'deployment-id': String(id), ...inputs })
  expect([run.exitCode, annotationsOf(run, 'error')]).toEqual([0, []])
  const last = github.store.statuses(id).at(-1)
  expect([last?.state, last?.description]).toEqual([state, text])
  expect(run.outputs['state']).toBe(state)
  expect(annotationsOf(run, 'warning').length).toBe((inputs['description']?.length ?? 0) > 140 ? 1 : 0)
})

test('a finish in another job accepts `needs` as JSON and as a joined list', async () => {
  for (const expression of ['toJSON(needs)', "join(needs.*.result, ',')"]) {
    const github = await startGitHub()
    const workflow = await runJobs(
      github,
      `
      deploy:
        runs-on: ubuntu-latest
        steps:
          - uses: org/deploy-status-action@v1
            with: { environment: qa, auto-finish: false }
          - run: exit 1
      smoke:
        runs-on: ubuntu-latest
        steps: [{ run: 'true' }]
      report:
        needs: [deploy, smoke]
        if: always()
        runs-on: ubuntu-latest
        steps:
          - uses: org/deploy-status-action@v1
            with: { mode: finish, state: "\${{ ${expression} }}" }
      `
    )
    expect(workflow.jobs['report']?.conclusion).toBe('success')
    expect(states(github)).toEqual(['in_progress', 'failure'])
  }
})
