import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type RunOptions, runWorkflow } from '../../simulator/runner/index.ts'

const root = mkdtempSync(join(tmpdir(), 'called-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const FOLDER = '.github/workflows'
mkdirSync(join(root, FOLDER), { recursive: true })

const file = (name: string, text: string): void => writeFileSync(join(root, FOLDER, name), text)

const run = (jobs: string, options: Partial<RunOptions> = {}) =>
  runWorkflow({ workflow: `on: push\njobs:\n${jobs}`, root, event: event('push'), ...options })

file(
  'deploy.yml',
  `
on:
  workflow_call:
    inputs:
      where: { type: string, required: true }
      times: { type: number, default: 2 }
      loud: { type: boolean }
    secrets: { KEY: {} }
    outputs:
      url: { value: "\${{ jobs.deploy.outputs.url }}" }
env: { OWN: own }
jobs:
  deploy:
    outputs: { url: "\${{ steps.s.outputs.url }}" }
    steps:
      - id: s
        env: { KEY: "\${{ secrets.KEY }}", OTHER: "\${{ secrets.OTHER }}" }
        run: |
          echo "\${{ inputs.where }} \${{ inputs.times }} \${{ inputs.loud }} $OWN $CALLER. \${{ github.event_name }} \${{ github.job }}"
          echo "\${#KEY} \${#OTHER} \${{ secrets.github_token != '' }}"
          echo "url=https://\${{ inputs.where }}.example.com" >> "$GITHUB_OUTPUT"
      - { if: inputs.where == 'bad', run: exit 1 }
  after: { needs: deploy, steps: [{ run: echo after }] }
`
)

test('a job calls a workflow with inputs and secrets, and gets its outputs and result', async () => {
  const { conclusion, jobs } = await run(
    `
  good:
    uses: ./${FOLDER}/deploy.yml
    with: { where: "\${{ github.event_name }}", loud: true }
    secrets: { KEY: "\${{ secrets.MINE }}" }
  next:
    needs: good
    steps: [{ run: "echo \${{ needs.good.result }} \${{ needs.good.outputs.url }}" }]
  bad:
    strategy: { fail-fast: false, matrix: { where: [bad, fine] } }
    uses: ./${FOLDER}/deploy.yml
    with: { where: "\${{ matrix.where }}" }
    secrets: inherit
  last: { needs: bad, if: failure(), steps: [{ run: "echo \${{ needs.bad.result }}" }] }
`,
    { secrets: { MINE: 'hush', OTHER: 'hidden' }, env: { CALLER: '' } }
  )
  expect(Object.entries(jobs).map(([key, job]) => `${key}: ${job.conclusion}`)).toEqual([
    ...['good / deploy: success', 'good / after: success', 'next: success'],
    ...['bad (bad) / deploy: failure', 'bad (bad) / after: skipped'],
    ...['bad (fine) / deploy: success', 'bad (fine) / after: success', 'last: success']
  ])
  expect(conclusion).toBe('failure')
  // A called workflow has only the secrets that the caller passes.
  expect(jobs['good / deploy']?.steps[0]?.stdout).toBe('push 2 true own . push deploy\n4 0 true\n')
  expect(jobs['bad (fine) / deploy']?.steps[0]?.stdout).toContain('\n0 6 true\n')
  expect(jobs['next']?.steps[0]?.stdout).toBe('success https://push.example.com\n')
  expect(jobs['last']?.steps[0]?.stdout).toBe('failure\n')
})

test('a cancellation reaches the jobs of a called workflow', async () => {
  const { conclusion, jobs } = await run(
    `
  call: { uses: ./${FOLDER}/deploy.yml, with: { where: here } }
  report: { needs: call, if: always(), steps: [{ run: "echo \${{ needs.call.result }}" }] }
`,
    { cancelWhen: line => line.text.startsWith('here') }
  )
  expect(conclusion).toBe('cancelled')
  expect(jobs['call / deploy']?.conclusion).toBe('cancelled')
  expect(jobs['call / after']?.conclusion).toBe('skipped')
  expect(jobs['report']?.steps[0]?.stdout).toBe('cancelled\n')
})

test('an invalid call is rejected with a clear message', async () => {
  file('loop.yml', `on: workflow_call\njobs: { a: { uses: ./${FOLDER}/loop.yml } }`)
  file('strange.yml', 'on: workflow_call\njobs: { a: { steps: [{ uses: org/x@v1 }] } }')
  const call = (rest: string) => run(`  a: { uses: ./${FOLDER}/${rest} }`)
  await expect(call('loop.yml')).rejects.toThrow('called 10 deep')
  await expect(call('strange.yml')).rejects.toThrow('uses: org/x@v1: this runner downloads nothing')
  await expect(call('deploy.yml')).rejects.toThrow('Input where is required, but not provided')
  await expect(call('deploy.yml, with: { wher: x }')).rejects.toThrow(
    'Invalid input, wher is not defined in the referenced workflow'
  )
})
