import { spawnSync } from 'node:child_process'
import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type RunOptions, runWorkflow } from '../../simulator/runner/index.ts'
import { probeRepository, seenBy } from '../../simulator/runner/probe.ts'

const repository = probeRepository()
afterAll(repository.remove)

const run = (workflow: string, options: Partial<RunOptions> = {}) =>
  runWorkflow({
    workflow,
    root: repository.root,
    event: event('push'),
    signalTimings: { interruptMs: 200, terminateMs: 200, streamsMs: 200 },
    ...options
  })

const onWaiting: Partial<RunOptions> = { cancelWhen: line => line.text === 'waiting' }

test('a cancellation interrupts the step, and steps with always() or cancelled() still run', async () => {
  const { conclusion, jobs } = await run(
    `
    jobs:
      deploy:
        steps:
          - { name: first, uses: ./probe, with: { wait: once, state: id=7 } }
          - { name: never, run: echo never }
          - { name: failed, if: failure(), run: echo never }
          - { name: always, if: always(), run: "echo status \${{ job.status }}" }
          - { name: cancelled, if: cancelled(), run: echo yes }
      after: { needs: deploy, steps: [{ run: echo never }] }
      clean: { needs: deploy, if: always(), steps: [{ run: "echo \${{ needs.deploy.result }} \${{ job.status }}" }] }
    `,
    onWaiting
  )
  expect(conclusion).toBe('cancelled')
  const { deploy } = jobs
  expect(deploy?.conclusion).toBe('cancelled')
  expect(deploy?.steps.map(step => `${step.name}: ${step.conclusion}`)).toEqual([
    ...['first: cancelled', 'never: skipped', 'failed: skipped', 'always: success'],
    ...['cancelled: success', 'Post first: success']
  ])
  expect(deploy?.steps[0]?.stdout).toMatch(/waiting\ngot SIGINT\n$/)
  expect(deploy?.steps[3]?.stdout).toBe('status cancelled\n')
  expect(seenBy(deploy?.steps[5])).toMatchObject({
    inputs: { 'JOB-STATUS': 'cancelled' },
    state: { id: '7' }
  })
  expect(jobs['after']?.conclusion).toBe('skipped')
  // A job with always() runs as usual.
  expect(jobs['clean']?.steps[0]?.stdout).toBe('cancelled success\n')
  expect(jobs['clean']?.conclusion).toBe('success')
  expect(deploy?.annotations).toMatchObject([{ message: 'The operation was canceled.' }])
})

test('a job with always() is not interrupted while it runs', async () => {
  const { conclusion, jobs } = await run(
    `
    jobs:
      a: { if: always(), steps: [{ run: echo waiting }, { run: "echo \${{ job.status }}" }] }
      b: { needs: a, steps: [{ run: echo never }] }
    `,
    onWaiting
  )
  expect(jobs['a']).toMatchObject({ conclusion: 'success', steps: [{}, { stdout: 'success\n' }] })
  expect(jobs['b']?.conclusion).toBe('skipped')
  expect(conclusion).toBe('cancelled')
})

test('a step with always() gets no signal', async () => {
  const { jobs } = await run(
    `
    jobs:
      a:
        steps:
          - { if: always(), run: "trap 'echo signal' INT TERM; echo waiting; sleep 0.4; echo done" }
    `,
    onWaiting
  )
  expect(jobs['a']?.steps[0]).toMatchObject({ conclusion: 'success', stdout: 'waiting\ndone\n' })
  expect(jobs['a']?.conclusion).toBe('cancelled')
})

test('a time-out sends the same signals and fails the step and the job', async () => {
  const { jobs } = await run(`
    jobs:
      a:
        steps:
          - { name: slow, uses: ./probe, timeout-minutes: 0.02, with: { wait: stubborn } }
          - { if: failure(), run: "echo \${{ job.status }}" }
  `)
  const [slow, next, post] = jobs['a']?.steps ?? []
  expect(slow).toMatchObject({ conclusion: 'failure', signal: 'SIGKILL' })
  expect(slow?.stdout).toMatch(/got SIGINT\ngot SIGTERM\n$/)
  expect(next?.stdout).toBe('failure\n')
  expect(seenBy(post).inputs['JOB-STATUS']).toBe('failure')
  expect(jobs['a']?.annotations).toMatchObject([{ message: "The action 'slow' has timed out after 0.02 minutes." }])
})

test('processes that a step leaves behind end with the job', async () => {
  const { jobs } = await run(`
    jobs:
      a:
        steps: [{ run: "sleep 60 & echo $!" }]
  `)
  const pid = Number(jobs['a']?.steps[0]?.stdout)
  expect(pid).toBeGreaterThan(0)
  // It does not exist any more, or it is a zombie.
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  expect(stdout).toMatch(/^(Z.*)?\s*$/)
})

test('a job that exceeds its time limit is cancelled', async () => {
  const { conclusion, jobs } = await run(`
    jobs:
      a:
        timeout-minutes: 0.02
        steps: [{ uses: ./probe, with: { wait: once } }]
  `)
  expect(jobs['a']?.conclusion).toBe('cancelled')
  expect(seenBy(jobs['a']?.steps[1]).inputs['JOB-STATUS']).toBe('cancelled')
  expect(conclusion).toBe('cancelled')
})

test('an abort signal cancels the run, also before a step has started', async () => {
  const cancel = new AbortController()
  const { conclusion, jobs } = await run(
    `
    jobs:
      a:
        steps:
          - { name: held, run: echo never }
          - { name: always, if: always(), run: "echo status \${{ job.status }}" }
    `,
    { cancel: cancel.signal, onStep: ({ step }) => void (step === 'held' && cancel.abort()) }
  )
  expect(conclusion).toBe('cancelled')
  expect(jobs['a']?.steps.map(step => step.stdout)).toEqual(['', 'status cancelled\n'])
})
