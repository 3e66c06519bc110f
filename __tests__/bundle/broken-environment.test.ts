import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseFileCommand } from '../../simulator/runner/index.ts'
import { ROOT, startGitHub, states, type TestGitHub } from '../support/scenario.ts'

// Problems before the first line of the action runs. Each case is a separate process.

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broken-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Options {
  readonly env?: Readonly<Record<string, string>>
  /** `closed`: nothing reads it. `full`: a device without space. */
  readonly stdout?: 'closed' | 'full'
  /** No file can become larger than this, in KiB, as on a disk that is full. */
  readonly limit?: number
}

/** Runs a stage. Main saves its state for the post stage that follows. */
async function run(github: TestGitHub, stage: 'main' | 'post', { env, stdout, limit }: Options): Promise<Ended> {
  const stateFile = join(folder, 'state')
  if (stage === 'main') writeFileSync(stateFile, '')
  const state = new Map(parseFileCommand(readFileSync(stateFile, 'utf8')))
  const full = stdout === 'full' ? openSync('/dev/full', 'w') : undefined
  const command = `ulimit -f ${limit ?? 'unlimited'}; exec "$0" "$1"`
  const child = spawn('bash', ['-c', command, process.execPath, join(ROOT, 'dist', `${stage}.js`)], {
    stdio: ['ignore', full ?? 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...github.env(),
      ...{ GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_RUN_ID: '9', GITHUB_JOB: 'job', RUNNER_TEMP: folder },
      ...{ GITHUB_SHA: 'feed'.repeat(10), GITHUB_REF_NAME: 'main', GITHUB_EVENT_NAME: 'push' },
      ...{ INPUT_TOKEN: 'ghs_local', 'INPUT_FALLBACK-TOKEN': 'ghs_local', INPUT_ENVIRONMENT: 'qa' },
      ...{ 'INPUT_JOB-STATUS': 'success', GITHUB_STATE: stateFile, STATE_record: state.get('record') ?? '' },
      ...env
    }
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name]?.on('data', text => (texts[name] += text))
  if (stdout === 'closed') child.stdout?.destroy()
  const exitCode = await new Promise<number | null>(resolve => child.on('close', resolve))
  if (full !== undefined) closeSync(full)
  expect(texts.stdout + texts.stderr).not.toMatch(/^ +at /m)
  return { exitCode, ...texts }
}

const HTTPS = { GITHUB_API_URL: 'https://github.example/api/v3', GITHUB_GRAPHQL_URL: '' }

test.each<[string, Record<string, string>, string]>([
  ['a proxy variable', { ...HTTPS, https_proxy: 'http://[bad' }, 'https_proxy: expected the URL of a proxy'],
  ['GITHUB_API_URL', { GITHUB_API_URL: 'not a url' }, 'GITHUB_API_URL: expected an https URL']
])('a malformed value of %s is one message in both stages', async (_, env, message) => {
  const github = await startGitHub()
  const main = await run(github, 'main', { env })
  expect([main.exitCode, main.stderr]).toEqual([1, ''])
  expect(main.stdout.match(/^::error::.*/gm)).toEqual([expect.stringContaining(message)])
  const post = await run(github, 'post', { env })
  expect([post.exitCode, post.stderr]).toEqual([0, ''])
  expect(post.stdout.match(/^::warning::.*/gm)).toEqual([expect.stringContaining(message)])
  expect(github.requests).toEqual([])
})

test.each([
  ['closed', 'EPIPE'],
  ['full', 'ENOSPC']
] as const)('with a standard output that is %s, both stages do their work', async (stdout, code) => {
  const github = await startGitHub()
  const message = `Standard output cannot be written (${code}), so warnings of this step can be missing.\n`
  // Its warnings are lost, so main must not look as if there were none.
  expect(await run(github, 'main', { stdout })).toMatchObject({ exitCode: 1, stderr: message })
  expect(states(github)).toEqual(['in_progress'])
  expect(await run(github, 'post', { stdout })).toMatchObject({ exitCode: 0, stderr: message })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test.each([{}, { INPUT_RUN: 'echo deployed' }])('without a saved state no deployment is created: %j', async inputs => {
  const github = await startGitHub()
  const main = await run(github, 'main', { env: { ...inputs, GITHUB_STATE: '/dev/full' } })
  expect([main.exitCode, main.stderr, github.requests]).toEqual([1, '', []])
  expect(main.stdout.match(/^::error::.*/gm)).toEqual([expect.stringContaining('so no deployment was created')])
  expect(main.stdout).not.toContain('deployed\n')
})

test('a disk that becomes full: the earlier records count, and post finishes the deployment', async () => {
  const github = await startGitHub()
  const output = join(folder, 'output')
  const earlier = `earlier<<END\n${'x'.repeat(3_800)}\nEND\n`
  writeFileSync(output, earlier)
  const main = await run(github, 'main', { env: { GITHUB_OUTPUT: output }, limit: 4 })
  expect(main.exitCode).toBe(0)
  expect(main.stdout).toContain('::warning::The state could not be saved')
  expect(main.stdout).toContain('::warning::The outputs could not be saved')
  const outputs = new Map(parseFileCommand(readFileSync(output, 'utf8')))
  expect(outputs.get('deployment-id')).toBe(String(github.store.deployments()[0]?.id))
  expect(await run(github, 'post', { env: { RUNNER_TEMP: '/nonexistent' } })).toMatchObject({ exitCode: 0 })
  // Main could not save that it had ended, so the deployment counts as interrupted.
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('a command whose script does not fit on the disk: main closes the deployment', async () => {
  const github = await startGitHub()
  const main = await run(github, 'main', { env: { INPUT_RUN: `echo deployed #${'x'.repeat(20_000)}` }, limit: 16 })
  expect([main.exitCode, main.stderr]).toEqual([1, ''])
  expect(main.stdout.match(/^::error::.*/gm)).toEqual([expect.stringContaining('EFBIG')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})
