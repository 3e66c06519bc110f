import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type RunOptions, runWorkflow } from '../../simulator/runner/index.ts'
import { probeRepository, seenBy } from '../../simulator/runner/probe.ts'

const repository = probeRepository()
afterAll(repository.remove)

const run = (workflow: string, options: Partial<RunOptions> = {}) =>
  runWorkflow({ workflow, root: repository.root, event: event('push'), ...options })

test('post steps run in reverse, with inputs, defaults and state as they are at that time', async () => {
  const { conclusion, jobs } = await run(
    `
    jobs:
      deploy:
        steps:
          - name: one
            uses: ./probe
            with: { label: one, url: "\${{ steps.later.outputs.url }}", state: id=7, output: x=1 }
          - name: two
            id: two
            uses: org/probe@v1
            with: { label: "\${{ env.LATE }}", output: y=2 }
          - id: later
            run: |
              echo url=https://example.com >> "$GITHUB_OUTPUT"
              echo LATE=late >> "$GITHUB_ENV"
              exit 1
    `,
    {
      actions: { 'org/probe@v1': `${repository.root}/probe` },
      checkRunId: () => 51_000_000_001
    }
  )
  expect(conclusion).toBe('failure')
  const steps = jobs['deploy']?.steps ?? []
  expect(steps.map(step => `${step.name}: ${step.conclusion}`)).toEqual([
    ...['one: success', 'two: success', 'Run echo url=https://example.com >> "$GITHUB_OUTPUT": failure'],
    ...['Post two: success', 'Post one: success']
  ])
  expect(seenBy(steps[0]).inputs).toMatchObject({ URL: '', 'JOB-STATUS': 'success' })
  expect(seenBy(steps[4])).toMatchObject({
    inputs: {
      ...{ LABEL: 'one', URL: 'https://example.com' },
      ...{ 'JOB-STATUS': 'failure', 'CHECK-RUN-ID': '51000000001' }
    },
    state: { id: '7' }
  })
  expect(seenBy(steps[1]).inputs['LABEL']).toBe('')
  expect(seenBy(steps[3]).inputs['LABEL']).toBe('late')
  // Outputs of post steps are dropped.
  expect(steps.map(step => step.outputs)).toEqual([{ x: '1' }, { y: '2' }, { url: 'https://example.com' }, {}, {}])
  expect(jobs['deploy']?.summaries).toEqual(['main one\n', 'main \n', 'post late\n', 'post one\n'])
})

test('a post step runs after a failed main, not after a skipped one, and its failure fails the job', async () => {
  const { jobs } = await run(`
    jobs:
      a:
        steps:
          - { name: fails, uses: ./probe, with: { exit: 1, state: id=1 }, continue-on-error: true }
          - { name: skipped, if: false, uses: ./probe }
          - { name: late, uses: ./probe, with: { exit-post: 1 } }
  `)
  expect(jobs['a']?.steps.map(step => `${step.name}: ${step.outcome}, ${step.conclusion}`)).toEqual([
    ...['fails: failure, success', 'skipped: skipped, skipped', 'late: success, success'],
    ...['Post late: failure, failure', 'Post fails: success, success']
  ])
  expect(seenBy(jobs['a']?.steps[4])).toMatchObject({
    inputs: { 'JOB-STATUS': 'failure' },
    state: { id: '1' }
  })
  expect(jobs['a']?.conclusion).toBe('failure')
})

test('continue-on-error keeps job.status, and sets outcome and conclusion', async () => {
  const { conclusion, jobs } = await run(`
    jobs:
      a:
        steps:
          - { id: bad, run: exit 3, continue-on-error: true }
          - run: echo "\${{ job.status }} \${{ steps.bad.outcome }} \${{ steps.bad.conclusion }}"
          - { if: failure(), run: echo never }
          - { if: steps.bad.outcome == 'failure', run: echo seen }
  `)
  expect(conclusion).toBe('success')
  expect(jobs['a']?.steps.map(step => step.stdout)).toEqual(['', 'success failure success\n', '', 'seen\n'])
  expect(jobs['a']?.steps[0]).toMatchObject({ exitCode: 3, outcome: 'failure' })
})

test('environment, path and working directory', async () => {
  const { jobs } = await run(
    `
    env: { A: workflow, B: workflow, C: "\${{ github.event_name }}" }
    defaults: { run: { shell: sh } }
    jobs:
      a:
        env: { B: job, D: "\${{ env.A }}-\${{ secrets.KEY }}" }
        defaults: { run: { working-directory: probe } }
        steps:
          - { run: 'echo "$A $B $C $D $E \${{ env.E }}"; basename "$PWD"; echo "$0" | grep -c sh', env: { E: "\${{ env.B }}-step" } }
          - run: |
              mkdir -p "$RUNNER_TEMP/bin"
              printf '#!/bin/sh\\necho tool' > "$RUNNER_TEMP/bin/my-tool"
              chmod +x "$RUNNER_TEMP/bin/my-tool"
              echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
              printf 'B<<EOF\\none\\ntwo\\nEOF\\n' >> "$GITHUB_ENV"
            working-directory: .
          - { run: 'my-tool; echo "$B"; echo "\${{ env.B }}"', shell: bash }
  `,
    { secrets: { KEY: 'hush-hush' } }
  )
  const [first, , third] = jobs['a']?.steps ?? []
  expect(first?.stdout).toBe('workflow job push workflow-hush-hush job-step job-step\nprobe\n1\n')
  expect(third?.stdout).toBe('tool\none\ntwo\none\ntwo\n')
  expect(jobs['a']?.log).toContain('workflow-***')
})

test('typed inputs of a dispatch, and the github context with the event', async () => {
  const { jobs } = await run(
    `
    on: { workflow_dispatch: { inputs: { dry: { type: boolean }, target: { default: staging } } } }
    jobs:
      a:
        steps:
          - { if: inputs.dry, run: 'echo "\${{ inputs.target }} \${{ github.event.inputs.dry }} \${{ github.ref }} \${{ inputs.dry == true }}"' }
          - run: echo "\${{ github.event.repository.full_name }} \${{ github.job }} \${{ hashFiles('probe/*.yml') != '' }} \${{ hashFiles('none') }}"
  `,
    { event: event('workflow_dispatch', { inputs: { dry: 'true' } }) }
  )
  expect(jobs['a']?.steps.map(step => step.stdout)).toEqual([
    'staging true refs/heads/main true\n',
    'octo-org/octo-repo a true \n'
  ])
})

test('an invalid step does not keep the post steps of others from running', async () => {
  const { jobs } = await run(`
    jobs:
      a:
        steps:
          - { name: one, uses: ./probe }
          - { name: bad, run: exit 1, continue-on-error: "\${{ nonsense }}" }
          - { name: worse, if: always(), run: "true", timeout-minutes: "\${{ nonsense }}" }
  `)
  expect(jobs['a']?.steps.map(step => `${step.name}: ${step.conclusion}`)).toEqual([
    ...['one: success', 'bad: failure', 'worse: failure', 'Post one: success']
  ])
})

test('an action can be a folder relative to the root', async () => {
  const { jobs } = await run('\njobs: { a: { steps: [{ uses: o/p@v1, env: { X: 1 } }, { uses: o/none@v1 }] } }', {
    actions: { 'o/p@v1': 'probe', 'o/none@v1': 'skip' }
  })
  expect(jobs['a']?.steps.map(step => step.conclusion)).toEqual(['success', 'success', 'success'])
})
