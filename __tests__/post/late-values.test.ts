import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { Job } from '../support/job.ts'
import { inOneJob, runMain } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus } from '../support/steps.ts'

type Inputs = Record<string, string>

const QA = { environment: 'qa' }
const URL = { 'environment-url': 'https://qa.example.com' }
const newest = (github: LocalGitHub) => github.store.deployments().at(-1)?.id ?? 0

/** `start`, `finish` and the post step of `start`, whose inputs have become known in the meantime. */
const finishAndPost = (
  github: LocalGitHub,
  late: Inputs,
  { start = {}, finish = {}, before = () => {}, status = 'success' }: Facts = {}
) =>
  inOneJob(github, {}, async (job: Job) => {
    const main = await job.main({ ...QA, ...start })
    const finished = await job.main({ mode: 'finish', ...finish })
    expect([failureOf(main), failureOf(finished)]).toEqual([undefined, undefined])
    before()
    return job.post(main, status, { ...QA, ...start, ...late })
  })

interface Facts {
  readonly start?: Inputs
  readonly finish?: Inputs
  readonly before?: () => void
  readonly status?: string
}

test('a late `environment-url` beside a `finish` in the same job is added to its state', async () => {
  const github = await startGitHub()
  const post = await finishAndPost(github, URL)
  expect(states(github)).toEqual(['in_progress', 'success', 'success'])
  expect(lastStatus(github)).toMatchObject({ environmentUrl: 'https://qa.example.com' })
  expect(warningsOf(post)).toEqual([])
  expect(github.requests.at(-1)?.body).toMatchObject({ auto_inactive: false })
})

test('a late `state` that differs corrects the `success` of a `finish`, with a warning', async () => {
  const github = await startGitHub()
  const old = github.store.seedDeployment({ environment: 'qa', state: 'success', production: true })
  const post = await finishAndPost(github, { state: 'failure' })
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(lastStatus(github)?.description).toBe('Failed')
  expect(warningsOf(post)).toHaveLength(1)
  expect(warningsOf(post)[0]).toMatch(/was `success` and is now `failure`.*inactive/s)
  expect(warningsOf(post)[0]).toContain(String(old.id))
  expect(warningsOf(post)[0]).toContain('`state` to `finish`')
})

test('a late `state` that corrects a failure of a `finish` needs no warning', async () => {
  const github = await startGitHub()
  const post = await finishAndPost(github, { state: 'error' }, { finish: { 'job-status': 'failure' } })
  expect(states(github)).toEqual(['in_progress', 'failure', 'error'])
  expect(warningsOf(post)).toEqual([])
})

test('a late `state` and a late `environment-url` are one status', async () => {
  const github = await startGitHub()
  await finishAndPost(github, { state: 'failure', ...URL })
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
})

test.each([
  ['nothing is late', {}, {}],
  ['the late state is the one that `finish` posted', { state: 'success' }, {}],
  ['only the description is late', { description: 'Nightly' }, {}],
  ['`finish` was given a state', { state: 'failure' }, { finish: { state: 'success' } }],
  ['`finish` was given a URL', URL, { finish: { 'environment-url': 'https://finish.example.com' } }],
  ['main had the URL', URL, { start: { 'environment-url': 'https://main.example.com' } }],
  ['the job failed after `finish`', {}, { status: 'failure' }]
] as [string, Inputs, Facts][])('no status is added if %s', async (_, late, facts) => {
  const github = await startGitHub()
  const post = await finishAndPost(github, late, facts)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warningsOf(post)).toEqual([])
})

test('if nothing is late, post sends no request', async () => {
  const github = await startGitHub()
  let sent = 0
  const before = () => {
    sent = github.requests.length
  }
  await finishAndPost(github, {}, { before })
  expect(github.requests).toHaveLength(sent)
})

test.each(['inactive', 'failure', 'in_progress', 'success'] as const)(
  'a late value changes nothing after something else has posted %s',
  async state => {
    const github = await startGitHub()
    await finishAndPost(
      github,
      { state: 'error', ...URL },
      { before: () => void github.store.seedStatus(newest(github), { state }) }
    )
    expect(states(github)).toEqual(['in_progress', 'success', state])
  }
)

test.each([
  ['state', { state: 'dne' }],
  ['state', { state: 'in_progress' }],
  ['environment-url', { 'environment-url': 'ftp://qa.example.com' }]
])('an invalid late `%s` beside a `finish` is left out with a warning', async (name, late) => {
  const github = await startGitHub()
  const post = await finishAndPost(github, late as Inputs)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warningsOf(post)).toEqual([expect.stringContaining(`${name}: `)])
})

const LEFT = { ...QA, 'auto-finish': 'false' }

/** A deploy job with `auto-finish: false`, and the report job that finishes. */
async function deployAndReport(github: LocalGitHub, late: Inputs, finish: Inputs = {}) {
  await inOneJob(github, {}, async job => {
    const main = await job.main(LEFT)
    await job.post(main, 'success', { ...LEFT, ...late })
  })
  const given = { mode: 'finish', state: 'success', ...finish }
  const main = await inOneJob(github, { job: 'report', checkRunId: 4343 }, job => job.main(given))
  expect(failureOf(main)).toBeUndefined()
}

test('with auto-finish: false the late URL is added to the unfinished state, and `finish` keeps it', async () => {
  const github = await startGitHub()
  await deployAndReport(github, URL)
  expect(states(github)).toEqual(['in_progress', 'in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
  expect(github.store.deployments()[0]?.statuses[1]).toMatchObject(
    expect.objectContaining({ environmentUrl: 'https://qa.example.com' })
  )
})

test('with auto-finish: false no status is added if nothing is late', async () => {
  const github = await startGitHub()
  await deployAndReport(github, { description: 'Nightly' })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test.each(['failure', 'in_progress'] as const)(
  'with auto-finish: false a late URL adds nothing after something else has posted %s',
  async state => {
    const github = await startGitHub()
    await inOneJob(github, {}, async job => {
      const main = await job.main(LEFT)
      github.store.seedStatus(newest(github), { state })
      await job.post(main, 'success', { ...LEFT, ...URL })
    })
    expect(states(github)).toEqual(['in_progress', state])
  }
)

test('the `finish` of another job keeps the description without its result', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main({ ...LEFT, description: 'Nightly' })
    await job.post(main, 'success', { ...LEFT, description: 'Nightly' })
  })
  for (const [state, text] of [
    ['failure', 'Failed: Nightly'],
    ['error', 'Error: Nightly']
  ] as const) {
    await inOneJob(github, { job: 'report', checkRunId: 4343 }, job => job.main({ mode: 'finish', state }))
    expect(lastStatus(github)?.description).toBe(text)
  }
})

test.each([
  'Failed with exit code 3',
  'The command did not run',
  'The run ended without a result',
  'Skipped; the job: failed',
  'Unknown result "deployed"'
])('a corrected state keeps the description without the result "%s"', async result => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  github.store.seedStatus(id, { state: 'failure', description: `${result}: Nightly: v2` })
  await runMain(github, { mode: 'finish', 'deployment-id': String(id), state: 'success' })
  expect(lastStatus(github)).toMatchObject({ state: 'success', description: 'Nightly: v2' })
})

test('the `finish` of another job keeps the log link of the deploy job, unless `log-url` is given', async () => {
  for (const [given, wanted] of [
    [{}, /\/runs\/100\/job\/4242$/],
    [{ 'log-url': 'https://ci.example.com/1' }, /^https:\/\/ci\.example\.com\/1$/]
  ] as const) {
    const github = await startGitHub()
    await deployAndReport(github, {}, given)
    expect(lastStatus(github)?.logUrl).toMatch(wanted)
  }
})
