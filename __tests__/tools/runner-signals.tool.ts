import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { runAction } from '../../simulator/runner/index.ts'
import { probeRepository } from '../../simulator/runner/probe.ts'
import { recorded, replay, traces } from '../support/runner-trace.ts'

const repository = probeRepository()
afterAll(repository.remove)

test.each(traces.filter(([name, { interrupt }]) => interrupt !== undefined || name === 'background-cancel'))(
  "a recorded job with the runner's own times: %s",
  async (_, trace) => {
    expect(await replay(trace)).toEqual(recorded(trace))
  }
)

test("an action that ignores signals is killed after the runner's own times", async () => {
  const received: [text: string, at: number][] = []
  const run = await runAction({
    root: `${repository.root}/probe`,
    stage: 'main',
    inputs: { wait: 'stubborn', state: 'id=7' },
    event: event('push'),
    onLine: ({ text }) => received.push([text, performance.now()]),
    cancelWhen: ({ text }) => text === 'waiting'
  })
  const endedAt = performance.now()
  const timeOf = (text: string): number => received.find(([each]) => each === text)?.[1] ?? 0
  expect(run).toMatchObject({ signal: 'SIGKILL', state: { id: '7' } })
  // Runner.Sdk/ProcessInvoker.cs: SIGTERM 7.5 s after SIGINT, the end 2.5 s later.
  expect(timeOf('got SIGTERM') - timeOf('got SIGINT')).toBeGreaterThan(7_000)
  expect(endedAt - timeOf('got SIGINT')).toBeGreaterThan(9_500)
  expect(endedAt - timeOf('got SIGINT')).toBeLessThan(20_000)
})
