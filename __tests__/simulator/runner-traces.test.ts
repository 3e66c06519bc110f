import { expect, test } from '@jest/globals'
import { recorded, replay, traces } from '../support/runner-trace.ts'

test('all recorded jobs are here', () => {
  expect(traces.length).toBeGreaterThanOrEqual(28)
})

test.each(traces)('the simulated runner matches the recorded job: %s', async (_, trace) => {
  expect(await replay(trace, { interruptMs: 2_000, terminateMs: 1_000 })).toEqual(recorded(trace))
})
