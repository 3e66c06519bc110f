import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type JobResult, type RunOptions, runWorkflow } from '../../simulator/runner/index.ts'
import { probeRepository, seenBy } from '../../simulator/runner/probe.ts'

const composite = (steps: string, outputs = '{}'): string =>
  `{ name: composite, outputs: ${outputs}, runs: { using: composite, steps: ${steps} } }`

const repository = probeRepository({
  'slow/action.yml': composite(
    `[
      { id: in, shell: bash, run: 'echo "url=u" >> "$GITHUB_OUTPUT"; echo "IN=set" >> "$GITHUB_ENV"' },
      { name: later, shell: bash, run: 'echo "in $IN"' },
      { name: inner, uses: ./probe, with: { state: id=1 } }
    ]`,
    '{ url: { value: "${{ steps.in.outputs.url }}" } }'
  ),
  'endless/action.yml': composite(`[
    { shell: bash, run: 'touch "$RUNNER_TEMP/started"; exec sleep 5' },
    { if: always(), shell: bash, run: echo never }
  ]`),
  'nested/action.yml': composite('[{ shell: bash, run: echo, background: true }]')
})
afterAll(repository.remove)

const run = async (steps: string, options: Partial<RunOptions> = {}): Promise<JobResult> => {
  const { jobs } = await runWorkflow({
    workflow: `\njobs:\n  a:\n    steps:\n${steps}`,
    root: repository.root,
    event: event('push'),
    signalTimings: { interruptMs: 200, terminateMs: 200, streamsMs: 200 },
    ...options
  })
  if (jobs['a'] === undefined) throw new Error('The job did not run')
  return jobs['a']
}

const summaryOf = (job: JobResult): string[] => job.steps.map(step => `${step.name}: ${step.conclusion}`)

/** Shell commands that wait for a file, for at most ten seconds, and create one. */
const until = (name: string): string =>
  `for i in $(seq 500); do [ -e "$RUNNER_TEMP/${name}" ] && break; sleep 0.02; done`
const make = (name: string): string => `touch "$RUNNER_TEMP/${name}"`

test('outputs, environment and outcome reach the job at the wait', async () => {
  const job = await run(`
      - { name: b, id: b, background: true, run: 'echo "o=1" >> "$GITHUB_OUTPUT"; echo "E=2" >> "$GITHUB_ENV"; echo "$RUNNER_TEMP" >> "$GITHUB_PATH"; ${make('b')}' }
      - { name: before, run: '${until('b')}; echo "[\${{ steps.b.outputs.o }}][$E][\${{ steps.b.outcome }}]"; case "$PATH" in "$RUNNER_TEMP"*) echo early; esac' }
      - { name: wait, wait: b }
      - { name: after, run: 'echo "[\${{ steps.b.outputs.o }}][$E][\${{ steps.b.outcome }}]"; case "$PATH" in "$RUNNER_TEMP"*) echo path; esac' }
  `)
  const [b, before, after] = ['b', 'before', 'after'].map(name => job.steps.find(step => step.name === name))
  expect(b).toMatchObject({ conclusion: 'success', outputs: { o: '1' } })
  expect(before?.stdout).toBe('[][][]\n')
  expect(after?.stdout).toBe('[1][2][success]\npath\n')
})

test('the steps of a parallel group run together, and the group ends with the last one', async () => {
  const job = await run(`
      - parallel:
          - { name: one, id: one, run: '${make('one')}; ${until('two')}; echo "o=1" >> "$GITHUB_OUTPUT"' }
          - { name: two, id: two, run: '${make('two')}; ${until('one')}; exit 1' }
      - { name: skipped, run: echo never }
      - { name: after, if: always(), run: 'echo "\${{ steps.one.outputs.o }} \${{ steps.two.outcome }} \${{ job.status }}"' }
  `)
  expect(summaryOf(job).slice(2)).toEqual([
    ...['Wait for parallel steps: failure', 'skipped: skipped', 'after: success']
  ])
  expect(summaryOf(job).slice(0, 2).sort()).toEqual(['one: success', 'two: failure'])
  expect(job.steps.at(-1)?.stdout).toBe('1 failure failure\n')
  expect(job.conclusion).toBe('failure')
})

test('wait-all and a list of ids wait for several steps', async () => {
  const job = await run(`
      - { id: a, background: true, run: '${until('go')}; echo "o=a" >> "$GITHUB_OUTPUT"' }
      - { id: b, background: true, run: '${until('go')}; echo "o=b" >> "$GITHUB_OUTPUT"' }
      - { id: c, background: true, run: '${until('go')}; echo "o=c" >> "$GITHUB_OUTPUT"' }
      - { run: '${make('go')}' }
      - { wait: [a, b] }
      - { name: two, run: 'echo "\${{ steps.a.outputs.o }}\${{ steps.b.outputs.o }}\${{ steps.c.outputs.o }}"' }
      - wait-all:
      - { name: three, run: 'echo "\${{ steps.c.outputs.o }}"' }
  `)
  const outputOf = (name: string) => job.steps.find(step => step.name === name)?.stdout
  expect([outputOf('two'), outputOf('three')]).toEqual(['ab\n', 'c\n'])
  expect(summaryOf(job)).not.toContain('Wait for all background steps: success')
})

test('continue-on-error of a background step keeps the wait and the job green', async () => {
  const job = await run(`
      - { id: b, background: true, continue-on-error: true, run: exit 1 }
      - { name: wait, wait: b }
      - { run: 'echo "\${{ steps.b.outcome }} \${{ steps.b.conclusion }}"' }
  `)
  expect(job.steps.at(-1)?.stdout).toBe('failure success\n')
  expect(job.conclusion).toBe('success')
})

test('continue-on-error of a wait keeps later steps running, but the failure reaches the post steps', async () => {
  const job = await run(`
      - { name: first, uses: ./probe }
      - { id: b, background: true, run: exit 1 }
      - { name: wait, wait: b, continue-on-error: true }
      - { name: after, run: 'echo "\${{ job.status }}"' }
  `)
  expect(job.steps.find(step => step.name === 'after')?.stdout).toBe('success\n')
  expect(seenBy(job.steps.at(-1)).inputs['JOB-STATUS']).toBe('failure')
  expect(job.conclusion).toBe('failure')
})

test('a background step whose condition does not hold is skipped', async () => {
  const job = await run(`
      - { name: b, id: b, if: false, background: true, run: exit 1 }
      - { run: 'echo "\${{ steps.b.outcome }}"' }
      - { name: wait, wait: b }
  `)
  expect(summaryOf(job)[0]).toBe('b: skipped')
  expect(job.steps[1]?.stdout).toBe('skipped\n')
  expect(job.conclusion).toBe('success')
})

test('a composite action in the background passes its environment on within itself', async () => {
  const job = await run(`
      - { name: b, id: b, background: true, uses: ./slow }
      - { name: wait, wait: b }
      - { name: after, run: 'echo "\${{ steps.b.outputs.url }} $IN"' }
  `)
  const outputOf = (name: string) => job.steps.find(step => step.name === name)?.stdout
  expect([outputOf('later'), outputOf('after')]).toEqual(['in set\n', 'u set\n'])
  expect(summaryOf(job).slice(-2)).toEqual(['Post b: success', 'Post inner: success'])
  expect(seenBy(job.steps.at(-1)).state).toEqual({ id: '1' })
})

test('a main that ignores the cancel step still runs when its post step starts', async () => {
  let release = (): void => {}
  const isWaiting = new Promise<void>(resolve => {
    release = resolve
  })
  const job = await run(
    `
      - { name: b, id: b, background: true, uses: ./probe, with: { wait: stubborn, state: id=1, output: o=1 } }
      - { name: gate, run: echo }
      - { name: stop, cancel: b }
      - { name: after, run: 'echo "[\${{ steps.b.outcome }}][\${{ steps.b.outputs.o }}]"' }
    `,
    {
      signalTimings: { interruptMs: 300, terminateMs: 5_000 },
      onLine: line => line.text === 'waiting' && release(),
      onStep: ({ step }) => (step === 'gate' ? isWaiting : undefined)
    }
  )
  expect(summaryOf(job)).toEqual([
    ...['gate: success', 'b: cancelled', 'stop: success', 'after: success', 'Post b: success']
  ])
  expect(job.steps[3]?.stdout).toBe('[cancelled][]\n')
  expect(seenBy(job.steps[4]).state).toEqual({})
  expect(job.conclusion).toBe('success')
})

test('the cancel step does not reach into a composite action, whose steps end with the job', async () => {
  const job = await run(`
      - { name: b, id: b, background: true, uses: ./endless }
      - { name: gate, run: '${until('started')}' }
      - { name: stop, cancel: b }
      - { name: after, run: echo }
  `)
  expect(summaryOf(job)).toEqual([...['gate: success', 'b: cancelled', 'stop: success', 'after: success']])
  expect(job.log).not.toContain('never')
  expect(job.conclusion).toBe('success')
})

test('a failure before the cancel step fails the job', async () => {
  const job = await run(`
      - { name: b, id: b, background: true, uses: ./none }
      - { run: echo }
      - { name: stop, cancel: b }
  `)
  expect(summaryOf(job)).toContain('stop: success')
  expect(job.conclusion).toBe('failure')
})

test('a cancellation of the run ends background steps, regardless of their condition', async () => {
  const job = await run(
    `
      - { name: b, id: b, if: always(), background: true, uses: ./probe, with: { wait: once, state: id=1 } }
      - { name: wait, wait: b }
      - { name: later, run: echo never }
    `,
    { cancelWhen: line => line.text === 'waiting' }
  )
  expect(summaryOf(job)).toEqual([...['b: cancelled', 'wait: cancelled', 'later: skipped', 'Post b: success']])
  expect(seenBy(job.steps.at(-1))).toMatchObject({
    inputs: { 'JOB-STATUS': 'cancelled' },
    state: { id: '1' }
  })
  expect(job.conclusion).toBe('cancelled')
})

test('a background step that times out fails with its own message', async () => {
  const job = await run(`
      - { name: b, id: b, background: true, timeout-minutes: 0.005, run: exec sleep 30 }
      - { name: wait, wait: b }
  `)
  expect(summaryOf(job)).toEqual(['b: failure', 'wait: failure'])
  expect(job.annotations.map(each => each.message)).toEqual([
    "The background step 'b' has timed out after 0.005 minutes."
  ])
})

test('ten background steps run at the same time, the next one waits', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `s${index}`)
  const job = await run(`
${names.map(name => `      - { background: true, run: '${make(name)}; ${until('go')}' }`).join('\n')}
      - { background: true, run: '${make('late')}' }
      - { name: check, run: '${names.map(until).join('; ')}; sleep 0.2; if [ -e "$RUNNER_TEMP/late" ]; then echo early; fi; ${make('go')}' }
      - { name: wait, wait-all: }
      - { name: after, run: ls "$RUNNER_TEMP/late" }
  `)
  expect(job.steps.find(step => step.name === 'check')?.stdout).toBe('')
  expect(job.steps.find(step => step.name === 'after')?.conclusion).toBe('success')
})

test.each([
  ['[{ wait: b }]', "wait: no background step 'b' comes before it"],
  ['[{ cancel: b }, { id: b, run: echo, background: true }]', "cancel: no background step 'b'"],
  ['[{ id: b, run: echo }, { wait: b }]', "wait: no background step 'b'"],
  ['[{ id: b, run: echo, background: true }, { wait: b, if: always() }]', "Unexpected value 'if'"]
])('the workflow is rejected: %s', async (steps, message) => {
  await expect(run(`      ${steps}`)).rejects.toThrow(message)
})

test('a composite action cannot declare background steps', async () => {
  const job = await run('      - { uses: ./nested }')
  expect(job.conclusion).toBe('failure')
  expect(job.annotations[0]?.message).toBe('Composite actions cannot have background steps')
})
