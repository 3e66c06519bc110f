import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type RunOptions, runWorkflow } from '../../simulator/runner/index.ts'
import { probeRepository, seenBy } from '../../simulator/runner/probe.ts'

const composite = (inputs: string, steps: string, outputs = '{}'): string => `
name: composite
inputs: ${inputs}
outputs: ${outputs}
runs: { using: composite, steps: ${steps} }
`

const ONE = composite(
  '{ environment: { default: none }, status: { default: "${{ job.status }}" } }',
  `[
    { name: inner, uses: ./probe, with: { label: "\${{ inputs.environment }} \${{ inputs.status }}", url: "\${{ steps.deploy.outputs.url }}", state: id=1 } },
    { id: deploy, shell: bash, run: 'echo "url=https://$EXTRA.example" >> "$GITHUB_OUTPUT"; basename "$GITHUB_ACTION_PATH"' }
  ]`,
  '{ url: { value: "${{ steps.deploy.outputs.url }}" } }'
)

const repository = probeRepository({
  'one/action.yml': ONE,
  'two/action.yml': composite(
    '{ environment: {} }',
    `[
      { id: deploy, uses: ./one, with: { environment: "\${{ inputs.environment }}-inner" }, env: { EXTRA: two } },
      { shell: bash, run: "echo \${{ steps.deploy.outputs.url }}" }
    ]`
  ),
  'far/action.yml': composite(
    '{ environment: {} }',
    '[{ uses: org/one@v1, with: { environment: "${{ inputs.environment }}-inner" }, env: { EXTRA: far } }]'
  ),
  'fails/action.yml': composite(
    '{}',
    `[
      { name: first, uses: ./probe },
      { name: breaks, shell: bash, run: exit 1 },
      { name: second, uses: ./probe },
      { name: cleanup, if: failure(), shell: bash, run: echo cleanup }
    ]`
  )
})
afterAll(repository.remove)

const run = (steps: string, options: Partial<RunOptions> = {}) =>
  runWorkflow({
    workflow: `\njobs: { a: { steps: ${steps} } }`,
    root: repository.root,
    event: event('push'),
    actions: { 'org/one@v1': `${repository.root}/one` },
    ...options
  })

test('in a composite action, a post step sees its inputs and steps as they are at that time', async () => {
  const { jobs } = await run(
    '[{ id: c, name: outer, uses: ./one, with: { environment: qa }, env: { EXTRA: one } }, { run: "echo ${{ steps.c.outputs.url }}; exit 1" }]'
  )
  const steps = jobs['a']?.steps ?? []
  expect(steps.map(step => step.name)).toEqual([
    ...['outer', 'inner', expect.stringMatching(/^Run echo "url/)],
    ...[expect.stringMatching(/^Run echo/), 'Post outer', 'Post inner']
  ])
  expect(steps[2]?.stdout).toBe('one\n')
  expect(steps[3]?.stdout).toBe('https://one.example\n')
  expect(seenBy(steps[1]).inputs).toMatchObject({ LABEL: 'qa success', URL: '' })
  expect(seenBy(steps[5])).toMatchObject({
    inputs: { LABEL: 'qa failure', URL: 'https://one.example', 'JOB-STATUS': 'failure' },
    state: { id: '1' }
  })
})

test('in nested local actions, a post step sees the outer inputs and steps (actions/runner#3514)', async () => {
  const { jobs } = await run('[{ uses: ./two, with: { environment: qa } }]')
  const steps = jobs['a']?.steps ?? []
  const inner = steps.filter(step => step.name.endsWith('inner'))
  expect(seenBy(inner[0]).inputs['LABEL']).toBe('qa-inner success')
  // `inputs.environment` and `steps.deploy` are those of the outer action, which has no
  // `inputs.status`.
  expect(seenBy(inner[1])).toMatchObject({
    inputs: { LABEL: 'qa ', URL: 'https://two.example' },
    state: { id: '1' }
  })
})

test('in an action from a repository, a post step sees its own inputs and steps', async () => {
  const { jobs } = await run('[{ uses: ./far, with: { environment: qa } }]')
  const inner = jobs['a']?.steps.filter(step => step.name === 'Post inner') ?? []
  expect(seenBy(inner[0]).inputs).toMatchObject({
    LABEL: 'qa-inner success',
    URL: 'https://far.example'
  })
})

test('a failing step fails the action, and only steps that ran have a post step', async () => {
  const { jobs } = await run('[{ name: outer, uses: ./fails }]')
  expect(jobs['a']?.steps.map(step => `${step.name}: ${step.conclusion}`)).toEqual([
    ...['outer: failure', 'first: success', 'breaks: failure', 'second: skipped'],
    ...['cleanup: success', 'Post outer: success', 'Post first: success']
  ])
  expect(jobs['a']?.conclusion).toBe('failure')
})

test('a cancellation interrupts the running step of a composite action', async () => {
  const { jobs } = await runWorkflow({
    workflow: `\njobs: { a: { steps: [{ name: outer, uses: ./waits }] } }`,
    root: waiting.root,
    event: event('push'),
    cancelWhen: line => line.text === 'waiting',
    signalTimings: { interruptMs: 200, terminateMs: 200 }
  })
  expect(jobs['a']?.steps.map(step => `${step.name}: ${step.conclusion}`)).toEqual([
    ...['outer: cancelled', 'waits: cancelled', 'after: skipped', 'Post outer: success'],
    'Post waits: success'
  ])
  expect(seenBy(jobs['a']?.steps.at(-1)).inputs['JOB-STATUS']).toBe('cancelled')
})

const waiting = probeRepository({
  'waits/action.yml': composite(
    '{}',
    '[{ name: waits, uses: ./probe, with: { wait: once } }, { name: after, shell: bash, run: echo never }]'
  )
})
afterAll(waiting.remove)
