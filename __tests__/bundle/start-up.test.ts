import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { act } from '../support/act.ts'
import { closeAtEnd, startRelay } from '../support/proxy.ts'
import { ACTION, ROOT, runJob, startGitHub } from '../support/story.ts'

// What start-up costs, by what does not wobble: requests, modules and bytes, never a time.
const folder = mkdtempSync(join(tmpdir(), 'start-up-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inputs = { environment: 'qa' }

/** Each request of a step, in the order in which they came. */
const requests = (github: LocalGitHub): string[] => github.requests.map(each => each.operation)

const CREATE = 'POST /repos/{owner}/{repo}/deployments'
const READ = 'graphql query Deployments'
const STATUS = 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses'

test('a job sends three writes, one after the other, and one read beside the first', async () => {
  const github = await startGitHub()
  const job = await runJob(github, `- uses: ${ACTION}\n  with: { environment: qa }`)
  expect(job.conclusion).toBe('success')
  const [first, ...others] = requests(github)
  expect(first).toBe(CREATE)
  expect(others.filter(operation => operation !== READ)).toEqual([STATUS, STATUS])
  expect(others.filter(operation => operation === READ)).toHaveLength(1)
})

test('an explicit finish sends one write, and post none', async () => {
  const github = await startGitHub()
  const begin = `- uses: ${ACTION}\n  with: { environment: qa }`
  const job = await runJob(github, `${begin}\n- uses: ${ACTION}\n  with: { mode: finish }`)
  expect(job.conclusion).toBe('success')
  expect(requests(github).filter(operation => operation !== READ)).toEqual([CREATE, STATUS, STATUS])
})

test('the status takes a connection that the create or the read has opened', async () => {
  const github = await startGitHub()
  const relay = closeAtEnd(await startRelay(github.origin))
  const env = Object.fromEntries(
    Object.entries(github.env()).map(([name, url]) => [
      name,
      url.replace(github.origin, relay.origin)
    ])
  )
  expect((await act(github, inputs, { env })).exitCode).toBe(0)
  expect(github.requests).toHaveLength(3)
  expect(relay.connections()).toBe(2)
})

/** Node's own modules that a stage has loaded when it ends. */
async function modulesOf(stage: 'main' | 'post'): Promise<string[]> {
  const list = join(folder, `${stage}.json`)
  const preload = join(folder, `${stage}.cjs`)
  writeFileSync(
    preload,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList)))`
  )
  const github = await startGitHub()
  const main = await act(github, inputs)
  const env = { NODE_OPTIONS: `--require ${preload}` }
  const state = stage === 'post' ? { state: main.state } : {}
  const run = await act(github, inputs, { stage, env, ...state })
  expect(run.exitCode).toBe(0)
  return (JSON.parse(readFileSync(list, 'utf8')) as string[]).map(name =>
    name.replace('NativeModule ', '')
  )
}

// Each costs more than a request's work: `fetch`, TLS where there is none, and what starts processes.
const LATE = [
  'internal/deps/undici/undici',
  'https',
  'tls',
  'assert',
  'child_process',
  'worker_threads'
]

test.each(['main', 'post'] as const)(
  '%s loads nothing of Node that it does not use',
  async stage => {
    const modules = await modulesOf(stage)
    expect(modules).toContain('http')
    expect(modules.filter(name => LATE.includes(name))).toEqual([])
  }
)

test('what only a wrapped command needs is in a file of its own', () => {
  const bundle = readFileSync(join(ROOT, 'dist', 'index.js'), 'utf8')
  expect(bundle).toContain('// MODULE: ./src/main.ts')
  expect(bundle).not.toContain('MODULE: ./src/runner/command.ts')
  expect(bundle).not.toContain('node_modules/undici')
  expect(bundle).not.toContain('sourcemap-register')
})

test('the bundle is plain ASCII, which V8 reads as one byte a character', () => {
  expect(readFileSync(join(ROOT, 'dist', 'index.js')).some(byte => byte > 127)).toBe(false)
})

test('a runner reads less than 385 kB of code when a stage starts', () => {
  expect(readFileSync(join(ROOT, 'dist', 'index.js')).length).toBeLessThan(385_000)
})

test('a runner downloads at most 110 kB: the action and its licenses', () => {
  const git = (...parameters: string[]) =>
    execFileSync('git', parameters, { cwd: ROOT, maxBuffer: 100_000_000 })
  // The tree as it stands, so that a change is judged before it is committed.
  const index = join(folder, 'index')
  const env = { ...process.env, GIT_INDEX_FILE: index }
  const inIndex = (...parameters: string[]) =>
    execFileSync('git', parameters, { cwd: ROOT, env, encoding: 'utf8' }).trim()
  inIndex('add', '--all')
  const tree = inIndex('write-tree')
  const archive = git('archive', '--worktree-attributes', tree)
  writeFileSync(join(folder, 'tag.tar'), archive)
  const names = execFileSync('tar', ['tf', join(folder, 'tag.tar')], { encoding: 'utf8' })
  const files = names.split('\n').filter(name => name !== '' && !name.endsWith('/'))
  expect(files.filter(name => !name.startsWith('dist/'))).toEqual(['LICENSE', 'action.yml'])
  expect(files).toEqual(
    expect.arrayContaining(['dist/index.js', 'dist/main.js', 'dist/post.js', 'dist/licenses.txt'])
  )
  expect(gzipSync(archive).length).toBeLessThanOrEqual(110_000)
})
