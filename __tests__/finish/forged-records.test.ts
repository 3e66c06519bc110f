import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { type StartRecord, serializeStartRecord } from '../../src/deployment/start-record.ts'
import { getText, parseJson } from '../../src/lib/json.ts'
import { readContext } from '../../src/runner/context.ts'
import { createSeal } from '../../src/runner/journal.ts'
import type { Job, JobOptions } from '../support/job.ts'
import { inOneJob } from '../support/one-job.ts'
import { failureOf, logOf, warningsOf } from '../support/results.ts'
import { savedRecord } from '../support/saved-record.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { runSteps, sh, use } from '../support/steps.ts'

const QA = { environment: 'qa' }
const EVIL = 'https://evil.example.com'

/** The files of the records of a job. */
function recordsOf(job: Job): string[] {
  const parent = join(job.tempFolder, 'deploy-status-action')
  return readdirSync(parent).flatMap(folder =>
    readdirSync(join(parent, folder)).map(name => join(parent, folder, name))
  )
}

const onlyRecord = (job: Job): string => recordsOf(job)[0] ?? ''

/** Changes fields of a sealed record, and keeps its seal. */
const tampered = (text: string, change: object): string =>
  JSON.stringify({
    ...Object(parseJson(text)),
    json: JSON.stringify({ ...Object(parseJson(getText(parseJson(text), 'json'))), ...change })
  })

/** A production deployment of another run, which no step of this job may touch. */
const production = (github: LocalGitHub) =>
  github.store.seedDeployment({
    environment: 'production',
    state: 'in_progress',
    autoInactive: false,
    payload: { 'deploy-status-action': { v: 1, run_id: 1, run_attempt: 1, job: 'deploy' } }
  }).id

test.each([
  ['another deployment', (id: number) => ({ id, environment: 'production' })],
  ['finished', () => ({ finished: 'success', finalStatusId: 1 })],
  ['an exit code', () => ({ hasCommand: true, exitCode: 0 })],
  ['a URL', () => ({ environmentUrl: EVIL, logUrl: EVIL })]
])('a record with an invalid seal is ignored: %s', async (_, change) => {
  for (const withFinish of [true, false]) {
    const github = await startGitHub()
    const other = production(github)
    await inOneJob(github, {}, async job => {
      const main = await job.main(QA)
      const file = onlyRecord(job)
      writeFileSync(file, tampered(readFileSync(file, 'utf8'), change(other)))
      const given = { mode: 'finish', 'job-status': 'failure' }
      if (withFinish) expect(failureOf(await job.main(given))).toBeUndefined()
      const post = await job.post(main, 'failure', QA)
      expect(warningsOf(post)).toEqual([])
    })
    expect(github.store.stateOf(other)).toBe('in_progress')
    expect(states(github)).toEqual(['in_progress', 'failure'])
    expect(JSON.stringify(github.requests.map(({ body }) => body))).not.toContain(EVIL)
  }
})

/** A record that another key has sealed, under its own name. */
function forge(job: Job, record: Partial<StartRecord>, token: string): void {
  const file = onlyRecord(job)
  const known = Object(parseJson(getText(parseJson(readFileSync(file, 'utf8')), 'json')))
  const key = '00000000-0000-4000-8000-000000000000'
  const env = {
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '100',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'deploy'
  }
  const sealed = createSeal(token, readContext(env), 4242).close(
    serializeStartRecord({ ...known, ...record, key }),
    `${key}.json`
  )
  writeFileSync(join(file, '..', `${key}.json`), sealed)
}

test.each(['', 'ghs_guess'])('a record sealed with another key (%j) is ignored', async token => {
  const github = await startGitHub()
  const other = production(github)
  await inOneJob(github, {}, async job => {
    await job.main(QA)
    forge(job, { id: other, environment: 'production' }, token)
    expect(failureOf(await job.main({ mode: 'finish' }))).toBeUndefined()
  })
  expect(github.store.stateOf(other)).toBe('in_progress')
})

test('a record with the seal of this job counts, so the tests above test the seal', async () => {
  const github = await startGitHub()
  const other = production(github)
  await inOneJob(github, {}, async job => {
    await job.main(QA)
    forge(job, { id: other, environment: 'production' }, 'ghs_local')
    await job.main({ mode: 'finish' })
  })
  expect(github.store.stateOf(other)).toBe('success')
})

test.each([
  ['a FIFO', (path: string) => execFileSync('mkfifo', [path])],
  ['a link', (path: string) => symlinkSync(join(path, '..', '..', 'theirs'), path)],
  ['a folder', (path: string) => mkdirSync(join(path, 'full'), { recursive: true })]
])('%s in the place of the next record holds nothing up, and is not written to', async (_, put) => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const file = onlyRecord(job)
    put(`${file}.new`)
    expect(failureOf(await job.main({ mode: 'finish' }))).toBeUndefined()
    expect(existsSync(join(file, '..', '..', 'theirs'))).toBe(false)
    const sent = github.requests.length
    await job.post(main, 'success', QA)
    expect(github.requests.length).toBe(sent)
  })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test.each(['/proc', '/nonexistent', 'deploy-status-action'])(
  'a link to %s in the place of the folder holds nothing up',
  async target => {
    const github = await startGitHub()
    await inOneJob(github, {}, async job => {
      symlinkSync(target, join(job.tempFolder, 'deploy-status-action'))
      const main = await job.main(QA)
      expect(failureOf(await job.main({ mode: 'finish' }))).toBeUndefined()
      await job.post(main, 'success', QA)
    })
    expect(states(github)).toEqual(['in_progress', 'success'])
  }
)

test('with an empty token, no record counts, and GitHub is asked', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    await job.main({ ...QA, 'fallback-token': '' })
    const reads = github.requests.length
    const finish = await job.main({ mode: 'finish', 'fallback-token': '' })
    expect(failureOf(finish)).toBeUndefined()
    expect(github.requests[reads]?.operation).toBe('graphql query Deployments')
  })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a record copied to the file name of another `start` is ignored', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    await job.main({ environment: 'staging' })
    const first = onlyRecord(job)
    await job.main({ environment: 'production' })
    const second = recordsOf(job).find(file => file !== first) ?? ''
    writeFileSync(second, readFileSync(first))
    await job.main({ mode: 'finish', environment: 'staging' })
  })
  const seen = github.store.deployments().map(one => github.store.stateOf(one.id))
  expect(seen).toEqual(['success', 'in_progress'])
})

test.each([
  ['another job', { job: 'other' }],
  ['another run', { runId: 101 }],
  ['another attempt', { runAttempt: 2 }],
  ['another leg of the matrix', { checkRunId: 4343 }],
  ['another token', { token: 'ghs_other' }]
] as [string, Partial<JobOptions>][])('a record copied from %s is ignored', async (_, options) => {
  const github = await startGitHub({
    tokens: {
      ghs_local: { permissions: { deployments: 'write' } },
      ghs_other: { permissions: { deployments: 'write' } }
    }
  })
  const copied = await inOneJob(github, options, async job => {
    await job.main({ environment: 'production' })
    const file = onlyRecord(job)
    return { name: file.split('/').at(-1) ?? '', text: readFileSync(file) }
  })
  await inOneJob(github, {}, async job => {
    await job.main(QA)
    writeFileSync(join(onlyRecord(job), '..', copied.name), copied.text)
    expect(failureOf(await job.main({ mode: 'finish' }))).toBeUndefined()
  })
  const seen = github.store.deployments().map(one => github.store.stateOf(one.id))
  expect(seen).toEqual(['in_progress', 'success'])
})

test('a valid record from the folder, set as `STATE_record` of another step, is ignored', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const state = { record: readFileSync(onlyRecord(job), 'utf8') }
    const sent = github.requests.length
    for (const mode of ['finish', 'deactivate']) {
      const post = await job.post({ ...main, state }, 'success', { mode })
      expect(logOf(post)).toEqual(['Nothing to finish.'])
    }
    expect(github.requests.slice(sent)).toEqual([])
  })
  expect(states(github)).toEqual(['in_progress'])
})

test('an older valid record of a command that failed does not become `success`', async () => {
  const github = await startGitHub()
  const run = 'cp -r "$RUNNER_TEMP/deploy-status-action" "$RUNNER_TEMP/old"; exit 1'
  const putBack = 'cd "$RUNNER_TEMP"; rm -rf deploy-status-action; mv old deploy-status-action'
  await runSteps(github, [use({ ...QA, run }, { 'continue-on-error': true }), sh(putBack), use({ mode: 'finish' })])
  expect(states(github)).not.toContain('success')
  expect(states(github).at(-1)).toBe('failure')
})

test('an older valid record that replaces a newer one after `finish` does not change the state', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const file = onlyRecord(job)
    const older = readFileSync(file)
    const finish = await job.main({ mode: 'finish' })
    writeFileSync(file, older)
    await job.post(finish, 'failure', { mode: 'finish' })
    const post = await job.post(main, 'failure', QA)
    expect(warningsOf(post)).toEqual([])
  })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('an older valid record that replaces a newer one before `finish` costs at most one request', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const file = onlyRecord(job)
    const older = readFileSync(file)
    await job.main({ mode: 'finish', state: 'failure' })
    writeFileSync(file, older)
    const again = await job.main({ mode: 'finish', state: 'failure' })
    expect(failureOf(again)).toBeUndefined()
    await job.post(again, 'failure', { mode: 'finish', state: 'failure' })
    await job.post(main, 'failure', QA)
  })
  expect(new Set(states(github))).toEqual(new Set(['in_progress', 'failure']))
})

test('a thousand files that are not records of this job do not cost a request each', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const file = onlyRecord(job)
    const text = tampered(readFileSync(file, 'utf8'), { id: 1 })
    for (let count = 0; count < 1000; count++) {
      const key = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
      writeFileSync(join(file, '..', `${key}.json`), text)
    }
    const sent = github.requests.length
    await job.main({ mode: 'finish' })
    await job.post(main, 'success', QA)
    expect(github.requests.length - sent).toBe(1)
  })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

const saved = (id: number) => ({
  v: 1,
  mode: 'finish',
  repository: 'octo-org/octo-repo',
  pending: [{ id, state: 'success', environment: 'production', logUrl: EVIL }],
  posted: []
})

test.each(['finish', 'deactivate'])(
  "another step's STATE_record variable in the post step of `%s` does nothing",
  async mode => {
    const github = await startGitHub()
    const other = production(github)
    const forged = [
      JSON.stringify(saved(other)),
      JSON.stringify({ json: JSON.stringify(saved(other)), mac: '0'.repeat(64) }),
      JSON.stringify({ json: JSON.stringify({ id: other }), mac: '' })
    ]
    await inOneJob(github, {}, async job => {
      for (const record of forged) {
        const main = await job.main({ mode, environment: 'nothing', state: 'failure' })
        // The runner passes a variable on only where main saved none.
        expect(Object.keys(main.state)).toEqual(['record'])
        const sent = github.requests.length
        const post = await job.post({ ...main, state: { record } }, 'success', { mode })
        expect([warningsOf(post), github.requests.length - sent]).toEqual([[], 0])
      }
    })
    expect(github.store.stateOf(other)).toBe('in_progress')
  }
)

test("another step's STATE_record variable in the post step of `start` gives only an id, which must fit", async () => {
  const github = await startGitHub()
  const other = production(github)
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    const record = tampered(main.state['record'] ?? '', { id: other, logUrl: EVIL })
    expect(savedRecord({ record })?.id).toBe(other)
    await job.post({ ...main, state: { record } }, 'success', QA)
  })
  expect(github.store.stateOf(other)).toBe('in_progress')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(JSON.stringify(github.requests.map(({ body }) => body))).not.toContain(EVIL)
})

test('a record that another step wrote is ignored', async () => {
  const github = await startGitHub()
  await inOneJob(github, {}, async job => {
    const main = await job.main(QA)
    mkdirSync(join(onlyRecord(job), '..', '00000000-0000-4000-8000-000000000000.json'))
    const post = await job.post(main, 'success', QA)
    expect(warningsOf(post)).toEqual([])
  })
  expect(states(github)).toEqual(['in_progress', 'success'])
})
