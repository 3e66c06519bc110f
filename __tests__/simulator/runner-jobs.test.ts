import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { type Line, listensTo, type RunOptions, runWorkflow } from '../../simulator/runner/index.ts'
import { probeRepository } from '../../simulator/runner/probe.ts'

const repository = probeRepository()
afterAll(repository.remove)

const run = (workflow: string, options: Partial<RunOptions> = {}) =>
  runWorkflow({ workflow, root: repository.root, event: event('push'), ...options })

test('needs, outputs, conditions and conclusions of jobs', async () => {
  const lines: Line[] = []
  const { conclusion, jobs } = await run(
    `
    jobs:
      last: { needs: [report], steps: [{ run: echo never }] }
      report:
        needs: [build, deploy]
        if: always() && needs.deploy.result == 'failure'
        steps: [{ run: "echo '\${{ needs.build.outputs.v }} \${{ toJSON(needs.*.result) }}'" }]
      deploy: { needs: build, steps: [{ run: exit 1 }] }
      build:
        outputs: { v: "\${{ steps.s.outputs.v }}", token: "x-\${{ github.token }}" }
        steps: [{ id: s, run: 'echo v=1 >> "$GITHUB_OUTPUT"; echo live' }]
      lenient: { continue-on-error: true, steps: [{ run: exit 1 }] }
      after-lenient: { needs: lenient, steps: [{ run: "echo \${{ needs.lenient.result }}" }] }
      skipped: { if: false, steps: [{ run: echo never }] }
      after-skipped: { needs: skipped, steps: [{ run: echo never }] }
  `,
    { onLine: line => lines.push(line) }
  )
  expect(Object.fromEntries(Object.entries(jobs).map(([key, job]) => [key, job.conclusion]))).toEqual({
    ...{ build: 'success', deploy: 'failure', report: 'success', last: 'skipped' },
    ...{
      lenient: 'failure',
      'after-lenient': 'success',
      skipped: 'skipped',
      'after-skipped': 'skipped'
    }
  })
  expect(conclusion).toBe('failure')
  // An output that contains a secret is dropped.
  expect(jobs['build']?.outputs).toEqual({ v: '1' })
  expect(jobs['report']?.steps[0]?.stdout).toBe('1 [\n  "success",\n  "failure"\n]\n')
  expect(lines[0]).toMatchObject({ job: 'build', stream: 'stdout', text: 'live' })
})

test('a matrix runs one job after another and stops at the first failure', async () => {
  const ids: string[] = []
  const { jobs } = await run(
    `
    jobs:
      a:
        strategy: { matrix: { os: [x, y], n: [1, 2], exclude: [{ os: y, n: 1 }], include: [{ os: x, n: 1, extra: e }, { os: z }] } }
        outputs: { "\${{ 'o' }}": never, "last": "\${{ matrix.os }}" }
        steps:
          - run: echo "\${{ matrix.os }} \${{ matrix.n }} \${{ matrix.extra }} \${{ strategy.job-index }}/\${{ strategy.job-total }} \${{ job.check_run_id }}"
          - { if: matrix.os == 'y', run: exit 1 }
      b: { needs: a, if: always(), steps: [{ run: "echo \${{ needs.a.result }} \${{ needs.a.outputs.last }}" }] }
  `,
    {
      checkRunId: (job, index) => {
        ids.push(`${job} ${index}`)
        return index === 0 ? 7 : undefined
      }
    }
  )
  expect(Object.entries(jobs).map(([key, job]) => `${key}: ${job.conclusion}`)).toEqual([
    ...['a (x, 1, e): success', 'a (x, 2): success', 'a (y, 2): failure', 'a (z): cancelled', 'b: success']
  ])
  expect(jobs['a (x, 1, e)']?.steps[0]?.stdout).toBe('x 1 e 0/4 7\n')
  expect(jobs['a (x, 2)']?.steps[0]?.stdout).toBe('x 2  1/4 \n')
  expect(jobs['b']?.steps[0]?.stdout).toBe('failure y\n')
  expect(ids).toEqual(['a 0', 'a 1', 'a 2', 'b 0'])
})

test('reports the environment of a job at the start and, with its URL, at the end', async () => {
  const environments: string[] = []
  await run(
    `
    jobs:
      a:
        environment: { name: "pr-\${{ github.run_attempt }}", url: "\${{ steps.s.outputs.url }}", deployment: false }
        steps: [{ id: s, run: 'echo url=https://example.com >> "$GITHUB_OUTPUT"' }]
  `,
    {
      onJobEnvironment: (job, { name, url, deployment }) =>
        void environments.push(`${job} ${name} ${url} ${deployment}`)
    }
  )
  expect(environments).toEqual(['a pr-1  false', 'a pr-1 https://example.com false'])
})

test('an invalid workflow is rejected with a clear message', async () => {
  const wrong = (job: string) => run(`on: push\njobs:\n  a: ${job}\n`)
  await expect(wrong('{ steps: [{ uses: org/x@v1 }] }')).rejects.toThrow(
    'uses: org/x@v1: this runner downloads nothing'
  )
  await expect(wrong('{ uses: org/x/.github/workflows/x.yml@v1 }')).rejects.toThrow(
    'jobs.a.uses: this runner only calls workflows in `root`'
  )
  await expect(wrong('{ services: {}, steps: [] }')).rejects.toThrow('jobs.a.services')
  await expect(wrong('{ needs: b, steps: [] }')).rejects.toThrow("jobs.a.needs: there is no job 'b'")
  await expect(wrong('{ needs: a, steps: [] }')).rejects.toThrow('needs: a circle in a')
  const { jobs } = await wrong('{ steps: [{ run: "echo ${{ nonsense.x }}" }, { run: echo never }] }')
  expect(jobs['a']?.conclusion).toBe('failure')
  expect(jobs['a']?.annotations[0]?.message).toContain('nonsense')
  const { jobs: others } = await wrong('{ steps: [{ run: x, shell: perl }, { if: always(), uses: ./none }] }')
  expect(others['a']?.annotations.map(each => each.message)).toEqual([
    expect.stringContaining('Invalid shell option'),
    expect.stringContaining("Can't find 'action.yml'")
  ])
})

test.each([
  ['on: push', 'push', undefined, true],
  ['on: [push, delete]', 'delete', undefined, true],
  ['on: { pull_request: }', 'pull_request', 'opened', true],
  ['on: { pull_request: }', 'pull_request', 'closed', false],
  ['on: { pull_request: { types: [closed] } }', 'pull_request', 'closed', true],
  ['on: { deployment: }', 'deployment', undefined, true],
  ['on: { deployment: }', 'push', undefined, false]
] as const)('%s listens to %s %s: %s', (on, name, action, listens) => {
  const emitted = event(name, action === undefined ? {} : { action })
  expect(listensTo(`${on}\njobs: { a: { steps: [] } }\n`, emitted)).toBe(listens)
})
