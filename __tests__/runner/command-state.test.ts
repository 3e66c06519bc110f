import { expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus, outputsOf, runSteps, sh, use, warnings } from '../support/steps.ts'

const finish = (inputs: Record<string, string> = {}, step: Record<string, unknown> = {}) =>
  use({ mode: 'finish', ...inputs }, step)

test('a late `state` together with `run` is ignored with a warning', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', run: 'true', state: '${{ steps.test.outcome }}' }),
    sh('exit 1', { id: 'test' })
  ])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([expect.stringMatching(/^state: ignored, because the exit code/)])
})

test('`state` of a `finish` after a command that main reported is ignored with a warning', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', run: 'true' }),
    sh('exit 1'),
    finish({ state: 'failure' }, { if: 'failure()' })
  ])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([expect.stringMatching(/^state: ignored, because the exit code/)])
})

test('`run` with a queued start that another step finishes: the outputs are those of the last status', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', run: 'true', 'initial-state': 'queued', 'auto-finish': 'false' }, { id: 'run' })
  ])
  expect(states(github)).toEqual(['queued', 'in_progress'])
  expect(outputsOf(job, 'run')).toMatchObject({ state: 'in_progress', 'status-id': String(lastStatus(github)?.id) })
})
