import { expect, test } from '@jest/globals'
import { HEAD_SHA } from '../../simulator/events/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import { runBoth, runMain, sentWrites } from '../support/one-job.ts'
import { failureOf, logOf, warningsOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const DRY = { 'dry-run': 'true' }
const PATH = '/repos/octo-org/octo-repo'
const LAST = 'Dry run: nothing was sent.'

/** The writes in the log: method, path and body. */
const loggedWrites = (stage: ActionResult): [string, string, Record<string, unknown>][] =>
  logOf(stage).flatMap(line => {
    const [, method = '', path = '', body = '{}'] = /^([A-Z]+) (\/\S+)(?: (\{.*\}))?$/.exec(line) ?? []
    return method === '' ? [] : [[method, path, JSON.parse(body)]]
  })

function expectNothingSent(stage: ActionResult): void {
  expect(logOf(stage).at(-1)).toBe(LAST)
  expect(logOf(stage).join('\n')).not.toMatch(/deployment 0|deployments\/0|Finished|by 0/)
}

test('dry run of start: method, path and body of every write', async () => {
  const github = await startGitHub()
  const inputs = { ...DRY, environment: 'qa', description: 'Release 7', payload: '{"a":1}' }
  const { main, post } = await runBoth(github, inputs, 'failure')
  expect(sentWrites(github)).toEqual([])
  const [create, initial, ...more] = loggedWrites(main)
  expect(create).toEqual([
    'POST',
    `${PATH}/deployments`,
    expect.objectContaining({
      ref: HEAD_SHA,
      environment: 'qa',
      task: 'deploy',
      auto_merge: false,
      required_contexts: [],
      transient_environment: false,
      description: 'Release 7',
      payload: expect.objectContaining({ a: 1 })
    })
  ])
  expect(initial?.slice(0, 2)).toEqual(['POST', `${PATH}/deployments/{deployment_id}/statuses`])
  expect(initial?.[2]).toMatchObject({ state: 'in_progress', auto_inactive: false })
  expect(more).toEqual([])
  const [final, ...others] = loggedWrites(post)
  expect(final?.[2]).toMatchObject({ state: 'failure', description: 'Failed: Release 7' })
  expect(others).toEqual([])
  for (const stage of [main, post]) expectNothingSent(stage)
})

test.each([
  ['all', 2],
  ['task', 1]
])('dry run with auto-inactive: %s logs the deactivation of earlier deployments', async (rule, count) => {
  const github = await startGitHub()
  const ids = seed(github, { environment: 'qa', task: 'deploy' }, { environment: 'qa', task: 'api' })
  const inputs = { ...DRY, environment: 'qa', 'auto-inactive': rule }
  const { post } = await runBoth(github, inputs, 'success')
  expect([warningsOf(post), sentWrites(github)]).toEqual([[], []])
  const [final, ...others] = loggedWrites(post)
  expect(final?.[2]).toMatchObject({ state: 'success' })
  expect(others.map(([, path]) => path)).toEqual(
    (count === 2 ? [ids[1], ids[0]] : [ids[0]]).map(id => `${PATH}/deployments/${id}/statuses`)
  )
  for (const [, , body] of others) expect(body).toMatchObject({ state: 'inactive' })
  expectNothingSent(post)
})

test('dry run of finish: the final status', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: 'qa', state: 'in_progress' })
  const inputs = { ...DRY, mode: 'finish', 'deployment-id': String(id), state: 'success' }
  const run = await runMain(github, inputs)
  expect([failureOf(run), sentWrites(github)]).toEqual([undefined, []])
  const [status] = loggedWrites(run)
  expect(status?.[1]).toBe(`${PATH}/deployments/${id}/statuses`)
  expect(status?.[2]).toMatchObject({ state: 'success', auto_inactive: true })
  expectNothingSent(run)
})

test('dry run of deactivate: statuses, deletions and the environment', async () => {
  const github = await startGitHub()
  const [id] = seed(github, { environment: 'a/b' })
  const inputs = { ...DRY, mode: 'deactivate', environment: 'a/b', delete: 'environment' }
  const run = await runMain(github, inputs)
  expect([failureOf(run), sentWrites(github)]).toEqual([undefined, []])
  expect(loggedWrites(run).map(([method, path]) => `${method} ${path}`)).toEqual([
    `POST ${PATH}/deployments/${id}/statuses`,
    `DELETE ${PATH}/deployments/${id}`,
    `DELETE ${PATH}/environments/a%2Fb`
  ])
  expect(run.outputs).toMatchObject({ deactivated: '0', deleted: '0' })
  expectNothingSent(run)
})

test('a dry run prints the command instead of running it', async () => {
  const github = await startGitHub()
  const run = await runMain(github, { ...DRY, environment: 'qa', run: 'echo deploying' })
  expect(logOf(run).join('\n')).toContain('echo deploying')
  expect(run.outputs).not.toHaveProperty('url')
  expectNothingSent(run)
})
