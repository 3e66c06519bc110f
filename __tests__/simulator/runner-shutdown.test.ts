import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type RunOptions, runWorkflow, type WorkflowResult } from '../../simulator/runner/index.ts'
import { probeRepository } from '../../simulator/runner/probe.ts'

const repository = probeRepository({
  'inside/action.yml': `{ name: composite, runs: { using: composite, steps: [
    { name: waits, uses: ./probe, with: { wait: once } },
    { name: always, if: always(), shell: bash, run: echo never }
  ] } }`
})
afterAll(repository.remove)

const run = (jobs: string, options: Partial<RunOptions> = {}): Promise<WorkflowResult> =>
  runWorkflow({
    workflow: `\njobs:\n${jobs}`,
    root: repository.root,
    event: event('push'),
    signalTimings: { interruptMs: 200, terminateMs: 200, streamsMs: 200 },
    ...options
  })

const summaryOf = ({ jobs }: WorkflowResult): string[] | undefined =>
  jobs['a']?.steps.map(step => `${step.name}: ${step.conclusion}`)

const onWaiting: Partial<RunOptions> = { shutdownWhen: line => line.text === 'waiting' }

test('the running step gets the signals, and no later step or post step runs', async () => {
  const result = await run(
    `
      a:
        steps:
          - { name: one, uses: ./probe, with: { wait: stubborn, state: id=7 } }
          - { name: always, if: always(), run: echo never }
      next: { needs: a, steps: [{ run: echo never }] }
      report: { needs: a, if: always(), steps: [{ run: 'echo "\${{ needs.a.result }}"' }] }
    `,
    onWaiting
  )
  expect(summaryOf(result)).toEqual(['one: cancelled', 'always: skipped', 'Post one: skipped'])
  const { a, next, report } = result.jobs
  expect(a?.steps[0]).toMatchObject({ signal: 'SIGKILL', state: { id: '7' } })
  expect(a?.steps[0]?.stdout).toMatch(/waiting\ngot SIGINT\ngot SIGTERM\n$/)
  expect(a?.conclusion).toBe('failure')
  // Other jobs have a runner of their own.
  expect(next?.conclusion).toBe('skipped')
  expect(report?.steps[0]?.stdout).toBe('failure\n')
  expect(result.conclusion).toBe('failure')
})

test('in a composite action, its remaining steps are skipped too', async () => {
  const result = await run('  a: { steps: [{ name: outer, uses: ./inside }] }', onWaiting)
  expect(summaryOf(result)).toEqual([
    ...['outer: cancelled', 'waits: cancelled', 'always: skipped', 'Post outer: skipped']
  ])
})

test('a step with always() is stopped, also after a cancellation', async () => {
  const result = await run(
    `
      a:
        steps:
          - { name: one, uses: ./probe, with: { wait: once } }
          - { name: always, if: always(), run: 'echo deploying; exec sleep 30' }
    `,
    {
      cancelWhen: line => line.text === 'waiting',
      shutdownWhen: line => line.text === 'deploying'
    }
  )
  expect(summaryOf(result)).toEqual(['one: cancelled', 'always: cancelled', 'Post one: skipped'])
  expect(result.jobs['a']?.conclusion).toBe('failure')
})

test('between two steps, nothing runs any more', async () => {
  const shutdown = new AbortController()
  const result = await run(
    `
      a:
        steps:
          - { name: one, uses: ./probe }
          - { name: two, if: always(), run: echo never }
          - { name: three, if: always(), run: echo never }
    `,
    {
      shutdown: shutdown.signal,
      onStep: ({ step }) => void (step === 'two' && shutdown.abort())
    }
  )
  expect(summaryOf(result)).toEqual([...['one: success', 'two: cancelled', 'three: skipped', 'Post one: skipped']])
  expect(result.jobs['a']?.steps[1]?.stdout).toBe('')
  expect(result.conclusion).toBe('failure')
})

test('during a post step, that one is stopped and the next ones are skipped', async () => {
  const shutdown = new AbortController()
  const result = await run(
    `
      a:
        steps:
          - { name: one, uses: ./probe }
          - { name: two, uses: ./probe }
    `,
    {
      shutdown: shutdown.signal,
      onStep: ({ step }) => void (step === 'Post two' && shutdown.abort())
    }
  )
  expect(summaryOf(result)).toEqual([...['one: success', 'two: success', 'Post two: cancelled', 'Post one: skipped']])
  expect(result.jobs['a']?.conclusion).toBe('failure')
})

test('background steps get the signals, and the steps that wait for them are skipped', async () => {
  const result = await run(
    `
      a:
        steps:
          - { name: b, id: b, background: true, uses: ./probe, with: { wait: once } }
          - { name: one, if: always(), run: exec sleep 30 }
          - { name: wait, wait: b }
    `,
    onWaiting
  )
  expect(summaryOf(result)?.toSorted()).toEqual([
    ...['Post b: skipped', 'b: cancelled', 'one: cancelled', 'wait: skipped']
  ])
})
