import { expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { errors, lastStatus, outputsOf, runSteps, sh, use, warnings } from '../support/steps.ts'

const START = use({
  environment: 'qa',
  'environment-url': '${{ steps.deploy.outputs.url }}',
  state: '${{ steps.deploy.outcome }}'
})
const URL = 'echo "url=https://qa.example.com" >> "$GITHUB_OUTPUT"'
const background = (run: string) => sh(run, { id: 'deploy', background: true })

test('a background deploy that succeeds makes the deployment a success with its late URL', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, background(URL), sh('true')])
  expect([job.conclusion, ...warnings(job)]).toEqual(['success'])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
})

test('a background deploy that fails makes the deployment a failure', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, background(`${URL}; exit 1`), sh('true')])
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
})

test('a background deploy that a `cancel` step ends is reported by its outcome', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, background('exec sleep 60'), { cancel: 'deploy' }])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toBe('Canceled')
})

test('`finish` after the `wait` for the deploy step has its result and its URL', async () => {
  for (const [command, state] of [
    [URL, 'success'],
    [`${URL}; exit 1`, 'failure']
  ] as const) {
    const github = await startGitHub()
    const url = '${{ steps.deploy.outputs.url }}'
    await runSteps(github, [
      use({ environment: 'qa' }),
      background(command),
      { wait: 'deploy' },
      use({ mode: 'finish', 'environment-url': url }, { if: 'always()' })
    ])
    expect(states(github)).toEqual(['in_progress', state])
    expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
  }
})

test('`finish` before the `wait` is corrected by a late `state`, with a warning', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    START,
    background('sleep 0.3; exit 1'),
    use({ mode: 'finish' }),
    { wait: 'deploy' }
  ])
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(warnings(job)).toEqual([expect.stringContaining('give `state` to `finish`')])
})

test('two parallel starts create two deployments, and each post step finishes its own', async () => {
  const github = await startGitHub()
  const start = (environment: string) => use({ environment }, { id: environment, background: true })
  const job = await runSteps(github, [start('qa'), start('staging'), sh('true')])
  expect([job.conclusion, ...warnings(job)]).toEqual(['success'])
  expect(
    github.store
      .deployments()
      .map(one => one.environment)
      .sort()
  ).toEqual(['qa', 'staging'])
  for (const { statuses } of github.store.deployments()) {
    expect(statuses.map(({ state }) => state)).toEqual(['in_progress', 'success'])
  }
})

test('one `finish` finishes two starts in a `parallel` group', async () => {
  const github = await startGitHub()
  const start = (environment: string) => use({ environment }, { id: environment })
  const job = await runSteps(github, [
    { parallel: [start('qa'), start('staging')] },
    use({ mode: 'finish', environment: '*' }, { id: 'finish' })
  ])
  expect([job.conclusion, ...errors(job), ...warnings(job)]).toEqual(['success'])
  expect(outputsOf(job, 'finish')['state']).toBe('success')
  expect(github.store.deployments()).toHaveLength(2)
})

test('a `finish` while a background `start` still runs fails with an error that names it', async () => {
  const github = await startGitHub()
  let release = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  let started = () => {}
  const hasBegun = new Promise<void>(resolve => {
    started = resolve
  })
  github.intercept(async ({ body }) => {
    if (Object(body).state !== 'in_progress') return undefined
    started()
    await gate
    return undefined
  })
  const job = await runSteps(
    github,
    [
      use({ environment: 'qa' }, { id: 'start', background: true }),
      use({ mode: 'finish' }, { name: 'finish' }),
      sh('echo go', { if: 'always()' })
    ],
    {
      onStep: ({ step }) => (step === 'finish' ? hasBegun : undefined),
      onLine: ({ text }) => {
        if (text === 'go') release()
      }
    }
  )
  expect(job.conclusion).toBe('failure')
  expect(errors(job)).toEqual([expect.stringContaining('A `start` step of this job has not finished yet')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('the same `finish` after the `wait` for the `start` succeeds', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa' }, { id: 'start', background: true }),
    { wait: 'start' },
    use({ mode: 'finish' })
  ])
  expect([job.conclusion, ...errors(job)]).toEqual(['success'])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a background step with `run` that a `cancel` step ends', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', run: 'echo working; exec sleep 60' }, { id: 'deploy', background: true }),
    sh(
      'for i in $(seq 200); do sleep 0.02; [ -n "$(ls "$RUNNER_TEMP/deploy-status-action"/*/ 2>/dev/null)" ] && break; done; sleep 1'
    ),
    { cancel: 'deploy' }
  ])
  expect(job.conclusion).toBe('success')
  expect(states(github).at(-1)).toBe('failure')
  expect(states(github)).not.toContain('success')
})
