import { afterAll, expect, test } from '@jest/globals'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { lastStatus } from '../support/steps.ts'
import { expectExit, runAct } from './support/nektos-act.ts'
import { openWorkspace } from './support/workspace.ts'

const { folder, remove } = openWorkspace()
afterAll(remove)

const workflow = (name: string): string => `__tests__/workflows/${name}.yml`

test('act: one step ends in success with the URL that became known late', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('late-url') })
  expectExit(run, 0)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(writes(github)).toHaveLength(3)
  expect(lastStatus(github)?.environmentUrl).toBe('https://www.example.com')
})

test('act: a failing deploy ends in failure', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('failing') })
  expectExit(run, 1)
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('act: a cancelled deploy ends as a failure', async () => {
  const github = await startGitHub()
  await runAct(github, folder, { workflow: workflow('cancelled'), cancelAt: 'Uploading 1 of 3' })
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toBe('Canceled')
})

test('act: a skipped deploy ends as inactive', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('skipped') })
  expectExit(run, 0)
  expect(states(github)).toEqual(['in_progress', 'inactive'])
  expect(lastStatus(github)?.description).toBe('Skipped')
})

test('act: a finish in the same job has the last word', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('finish-same-job') })
  expectExit(run, 1)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://www.example.com')
})

test('act: a finish in another job reports the worst of both', async () => {
  const github = await startGitHub()
  await runAct(github, folder, { workflow: workflow('finish-other-job') })
  expect(github.store.deployments()).toHaveLength(1)
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('act: a wrapped command decides by itself and names the URL', async () => {
  const github = await startGitHub()
  await runAct(github, folder, { workflow: workflow('run') })
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://staging.example.com')
})

test('act: a failure that the workflow forgives is none', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('continue-on-error') })
  expectExit(run, 0)
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('act: a dry run writes nothing', async () => {
  const github = await startGitHub()
  const run = await runAct(github, folder, { workflow: workflow('dry-run') })
  expectExit(run, 0)
  expect(writes(github)).toEqual([])
})
