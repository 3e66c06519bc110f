import { afterAll, expect, test } from '@jest/globals'
import { event, HEAD_SHA } from '../../simulator/events/index.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { expectExit, runAct } from './support/nektos-act.ts'
import { openWorkspace } from './support/workspace.ts'

const { folder, remove } = openWorkspace()
afterAll(remove)

const workflow = (name: string): string => `__tests__/workflows/${name}.yml`

test('act: each job of a matrix has its own deployment and result', async () => {
  const github = await startGitHub()
  await runAct(github, folder, { workflow: workflow('matrix') })
  const seen = github.store.deployments().map(({ environment, id }) => [environment, github.store.stateOf(id)])
  expect(Object.fromEntries(seen)).toEqual({ dev: 'success', qa: 'failure', production: 'success' })
  expect(seen).toHaveLength(3)
})

test('act: it works inside a composite action that is inside another one', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('nested') })
  expectExit(run, 0)
  expect(github.store.deployments()).toMatchObject([{ environment: 'production' }])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('act: it works in a reusable workflow', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('reusable') })
  expectExit(run, 0)
  expect(github.store.deployments()).toMatchObject([{ environment: 'production' }])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

for (const path of [workflow('preview'), 'examples/preview.yml']) {
  test(`act: a pull request gets its preview, and loses it when it is closed (${path})`, async () => {
    const github = await startGitHub()
    const number = 7
    const opened = event('pull_request', { action: 'opened', number, sha: HEAD_SHA })
    expectExit(await runAct(github, folder, { workflow: path, event: opened }), 0)
    expect(github.store.deployments()).toMatchObject([{ environment: 'pr-7', sha: HEAD_SHA, transient: true }])
    expect(states(github)).toEqual(['in_progress', 'success'])
    const closedAt = new Date(Date.now() + 60_000).toISOString()
    const closed = event('pull_request', { action: 'closed', number, sha: HEAD_SHA, closedAt })
    expectExit(await runAct(github, folder, { workflow: path, event: closed }), 0)
    expect(states(github)).toEqual(['in_progress', 'success', 'inactive'])
  })
}

test('act: a deployment that something else made is taken over', async () => {
  const github = await startGitHub()
  const made = github.store.seedDeployment({ environment: 'qa', ref: 'main', sha: HEAD_SHA })
  const { id, environment, ref, sha, task } = made
  const url = `${github.origin}/repos/octo-org/octo-repo/deployments/${id}`
  const run = await runAct(github, folder, {
    workflow: workflow('on-deployment'),
    event: event('deployment', { deployment: { id, environment, ref, sha, task, url } })
  })
  expectExit(run, 0)
  expect(writes(github)).toEqual([`POST ${id}/statuses in_progress`, `POST ${id}/statuses success`])
})
