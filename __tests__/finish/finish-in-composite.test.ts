import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { ACTION, ROOT, startGitHub, states } from '../support/scenario.ts'
import { runSteps, sh, use } from '../support/steps.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'composite-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

type Steps = Parameters<typeof runSteps>[1]

/** Writes a local composite action. */
function composite(name: string, steps: Steps): void {
  mkdirSync(join(root, name))
  const shells = steps.map(step => ('run' in step ? { shell: 'bash', ...step } : step))
  const action = { name, runs: { using: 'composite', steps: shells } }
  writeFileSync(join(root, name, 'action.yml'), JSON.stringify(action))
}

const local = (name: string, step: object = {}) => ({ ...step, uses: `./${name}` })
const run = (github: LocalGitHub, steps: Steps, options: object = {}) =>
  runSteps(github, steps, { root, actions: { [ACTION]: ROOT }, ...options })

const START = use({ environment: 'qa' })
const FINISH = use({ mode: 'finish' }, { if: 'always()' })
const FAILING = sh('exit 1')

test.each([
  ['after a step that failed', [START, FAILING, FINISH], 'failure'],
  ['after steps that succeeded', [START, sh('true'), FINISH], 'success'],
  [
    'with `state` after a step that failed',
    [START, FAILING, use({ mode: 'finish', state: 'error' }, { if: 'always()' })],
    'error'
  ]
] as [string, Steps, string][])(
  'the worse of `job.status` and `github.action_status` decides in a composite: %s',
  async (_, steps, state) => {
    const github = await startGitHub()
    composite('deploy', steps)
    await run(github, [local('deploy')])
    expect(states(github)).toEqual(['in_progress', state])
  }
)

test('a job that failed before the composite action is a failure although the steps in it succeed', async () => {
  const github = await startGitHub()
  composite('report', [FINISH])
  await run(github, [START, FAILING, local('report', { if: 'always()' })])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('outside of composite actions `github.action_status` is empty, and `job.status` decides', async () => {
  const github = await startGitHub()
  await run(github, [START, FAILING, FINISH])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('a `finish` in a composite inside a composite sees the failure of a step beside it', async () => {
  const github = await startGitHub()
  composite('inner', [START, FAILING, FINISH])
  composite('outer', [local('inner')])
  await run(github, [local('outer')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('with `state`, an inner composite reports the failure of the outer one that it cannot see', async () => {
  const github = await startGitHub()
  mkdirSync(join(root, 'inner'))
  const inner = {
    name: 'inner',
    inputs: { state: {} },
    runs: {
      using: 'composite',
      steps: [use({ mode: 'finish', state: '${{ inputs.state }}' }, { if: 'always()' })]
    }
  }
  writeFileSync(join(root, 'inner', 'action.yml'), JSON.stringify(inner))
  const state = '${{ steps.deploy.outcome }}'
  composite('outer', [
    START,
    sh('exit 1', { id: 'deploy' }),
    { ...local('inner', { if: 'always()' }), with: { state } }
  ])
  await run(github, [local('outer')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})
