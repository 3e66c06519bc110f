import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { act } from '../support/act.ts'
import { closeAtEnd } from '../support/close-at-end.ts'
import { startRelay } from '../support/proxy.ts'
import { ACTION, ROOT, runJob, startGitHub } from '../support/scenario.ts'

// The cost of start-up, measured by what is the same in each run: requests, modules and bytes, but no times.
const folder = mkdtempSync(join(tmpdir(), 'start-up-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inputs = { environment: 'qa' }

/** The operations of all requests, in order. */
const requests = (github: LocalGitHub): string[] => github.requests.map(each => each.operation)

const CREATE = 'POST /repos/{owner}/{repo}/deployments'
const READ = 'graphql query Deployments'
const STATUS = 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses'

test('a job sends three writes in sequence and one read in parallel with the first', async () => {
  const github = await startGitHub()
  const job = await runJob(github, `- uses: ${ACTION}\n  with: { environment: qa }`)
  expect(job.conclusion).toBe('success')
  const [first, ...others] = requests(github)
  expect(first).toBe(CREATE)
  expect(others.filter(operation => operation !== READ)).toEqual([STATUS, STATUS])
  expect(others.filter(operation => operation === READ)).toHaveLength(1)
})

test('an explicit finish sends one write, and the post step sends none', async () => {
  const github = await startGitHub()
  const begin = `- uses: ${ACTION}\n  with: { environment: qa }`
  const job = await runJob(github, `${begin}\n- uses: ${ACTION}\n  with: { mode: finish }`)
  expect(job.conclusion).toBe('success')
  expect(requests(github).filter(operation => operation !== READ)).toEqual([CREATE, STATUS, STATUS])
})

test('the status uses a connection that the create or the read has opened', async () => {
  const github = await startGitHub()
  const relay = closeAtEnd(await startRelay(github.origin))
  const env = Object.fromEntries(
    Object.entries(github.env()).map(([name, url]) => [name, url.replace(github.origin, relay.origin)])
  )
  expect((await act(github, inputs, { env })).exitCode).toBe(0)
  expect(github.requests).toHaveLength(3)
  expect(relay.connections()).toBe(2)
})

const list = join(folder, 'modules.json')
const preload = join(folder, 'preload.cjs')
writeFileSync(
  preload,
  `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify(process.moduleLoadList)))`
)
const readModules = (): string[] =>
  (JSON.parse(readFileSync(list, 'utf8')) as string[]).map(name => name.replace('NativeModule ', ''))

/** The modules of Node that a stage has loaded when it ends, without those that every module script loads. */
async function modulesOf(stage: 'main' | 'post'): Promise<string[]> {
  execFileSync(process.execPath, ['--require', preload, join(ROOT, 'bench/floor/nothing.mjs')])
  const always = readModules()
  const github = await startGitHub()
  const main = await act(github, inputs)
  const env = { NODE_OPTIONS: `--require ${preload}` }
  const state = stage === 'post' ? { state: main.state } : {}
  const run = await act(github, inputs, { stage, env, ...state })
  expect(run.exitCode).toBe(0)
  return readModules().filter(name => !always.includes(name))
}

// Each takes longer to load than a request takes to send. The server here uses no TLS.
const UNUSED = [
  'internal/deps/undici/undici',
  'https',
  'tls',
  'assert',
  'child_process',
  'worker_threads',
  'internal/fs/promises',
  'internal/readline/interface'
]

test.each(['main', 'post'] as const)('%s loads no module of Node that it does not use', async stage => {
  const modules = await modulesOf(stage)
  expect(modules).toContain('http')
  expect(modules.filter(name => UNUSED.includes(name))).toEqual([])
})

test('the bundle contains no unused code, no source map and no undici', () => {
  const bundle = readFileSync(join(ROOT, 'dist', 'index.js'), 'utf8')
  expect(bundle).toContain('//! src/main.ts\n')
  expect(bundle).not.toContain('class OidcClient')
  expect(bundle).not.toContain('node_modules/undici')
  expect(bundle).not.toContain('sourcemap-register')
  expect(bundle.length).toBeLessThan(400_000)
})

test('the archive of a tag is at most 110 kB and contains only the action and its licenses', () => {
  const git = (...parameters: string[]) => execFileSync('git', parameters, { cwd: ROOT, maxBuffer: 100_000_000 })
  // The working tree and not HEAD, so that the test covers a change before it is committed.
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
  expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/main.js', 'dist/post.js', 'dist/licenses.txt']))
  expect(gzipSync(archive).length).toBeLessThanOrEqual(110_000)
})
