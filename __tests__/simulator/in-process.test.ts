import { expect, test } from '@jest/globals'
import { type ActionResult, runProcess } from '../../simulator/runner/index.ts'
import { act } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'
import { stageRunner } from '../support/stage-runner.ts'

const ODD = '100% \r one\ntwo\r\n::error::three%0A \u0085 four,five:six'

const CASES: [string, Record<string, string>, Record<string, string>][] = [
  ['a started deployment', { environment: 'qa', description: ODD }, {}],
  ['a failing step', { environment: ODD, mode: ODD }, {}],
  ['a warning', { environment: 'qa', 'fail-on-error': 'false', token: 'ghs_unknown' }, {}],
  ['a dry run with debug logging', { mode: 'deactivate', environment: 'qa', 'dry-run': 'true' }, { RUNNER_DEBUG: '1' }]
]

/** What the two runs have in common: no times, addresses or random ids. */
const comparable = ({ stdout, outputs, state, ...rest }: ActionResult) =>
  JSON.parse(
    JSON.stringify({ ...rest, stdout: stdout.split('\n'), outputs, state })
      .replace(/127\.0\.0\.1:\d+/g, 'HOST')
      .replace(/request id [\dA-F:]+/g, 'REQUEST')
      .replace(/\b\d{13}\b/g, 'TIME')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replace(/[\d.]+ m?s\b/g, 'DURATION')
      .replace(/[\da-f]{8}-[\da-f-]{27}/g, 'ID')
      // The saved record names its process, and is sealed.
      .replace(/(pid\W+)\d+/g, '$1PID')
      .replace(/(mac\W+)[\da-f]{64}/g, '$1MAC')
  )

test.each(CASES)('%s leaves the same in this process and in its own', async (_, inputs, env) => {
  const results = []
  for (const runNode of [stageRunner(), runProcess]) {
    const github = await startGitHub()
    results.push(comparable(await act(github, inputs, { env, runNode, runId: 7 })))
  }
  expect(results[0]).toEqual(results[1])
  expect(results[0].stdout.length).toBeGreaterThan(1)
})
