import { mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { answerWith, errors, lastStatus, runSteps, sh, use } from '../support/steps.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (command: string, more: Record<string, string> = {}, step: object = {}) =>
  use({ environment: 'qa', run: command, ...more }, { id: 'run', ...step })

/** A PATH with a few programs and no others. */
function pathWith(...programs: readonly string[]): string {
  const path = join(folder, 'bin')
  mkdirSync(path)
  for (const program of programs) symlinkSync(`/bin/${program}`, join(path, program))
  return path
}

test.each(['no/such', 'package.json', 'package.json/x'])(
  'a working directory that is no folder (%j) is an error before the first request',
  async path => {
    const github = await startGitHub()
    // Not a problem with GitHub's API, so fail-on-error does not apply.
    const inputs = { 'working-directory': path, 'fail-on-error': 'false' }
    const job = await runSteps(github, [run('echo running', inputs)])
    expect(job.conclusion).toBe('failure')
    expect(errors(job)[0]).toMatch(/^working-directory: .* is not a folder.*actions\/checkout/)
    expect(github.requests).toEqual([])
  }
)

test('a link to a folder, and an absolute path, are working directories', async () => {
  symlinkSync(folder, join(folder, 'link'))
  const github = await startGitHub()
  const job = await runSteps(github, [run('pwd -P', { 'working-directory': join(folder, 'link') })])
  expect(job.conclusion).toBe('success')
  expect(job.log).toContain(folder)
})

test('a working directory that is deleted while the deployment is created', async () => {
  const path = join(folder, 'site')
  mkdirSync(path)
  const github = await startGitHub()
  github.intercept(request => {
    if (Object(request.body).state === 'in_progress') rmdirSync(path)
    return undefined
  })
  const job = await runSteps(github, [run('echo running', { 'working-directory': path })])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)).toEqual([expect.stringMatching(/working-directory.*was deleted before/)])
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toBe('The command did not run')
})

test('without bash on the machine, sh runs the command', async () => {
  const github = await startGitHub()
  const env = { PATH: pathWith('sh') }
  const job = await runSteps(github, [run('false\necho never', {}, { env })])
  expect(job.log).toContain('so the command runs with sh')
  expect(job.log).not.toMatch(/^never$/m)
  expect(lastStatus(github)).toMatchObject({
    state: 'failure',
    description: 'Failed with exit code 1'
  })
})

test.each(['pwsh', 'python', 'sh'])('a shell that is missing (%s) is named', async shell => {
  const github = await startGitHub()
  const env = { PATH: pathWith() }
  const job = await runSteps(github, [run('exit 0', { shell }, { env })])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)).toEqual([expect.stringContaining(`the shell "${shell}" was not found`)])
  expect(lastStatus(github)).toMatchObject({
    state: 'failure',
    description: 'The command did not run'
  })
})

test('with neither bash nor sh the default shell is missing', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('exit 0', {}, { env: { PATH: pathWith() } })])
  expect(errors(job)).toEqual([expect.stringContaining('the shell "bash" was not found')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('a command that did not start is not left to a finish', async () => {
  const github = await startGitHub()
  const step = { env: { PATH: pathWith() }, 'continue-on-error': true }
  const job = await runSteps(github, [
    run('exit 0', { shell: 'python', 'auto-finish': 'false' }, step),
    sh('echo later')
  ])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('if a command does not start and the final state is rejected, both errors are logged', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 422, body: { message: 'No way' } }, 'failure')
  const step = { env: { PATH: pathWith() } }
  const job = await runSteps(github, [run('exit 0', { shell: 'python' }, step)])
  expect(errors(job)).toHaveLength(1)
  expect(errors(job)[0]).toMatch(/the shell "python" was not found.*\n.*No way/s)
})

test('a program that is missing or cannot be executed is explained', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('no-such-program --deploy')])
  expect(errors(job)[0]).toMatch(/exit code 127.*did not find a program/)
  expect(lastStatus(github)?.description).toBe('Failed with exit code 127')
  writeFileSync(join(folder, 'plain'), '')
  const other = await runSteps(github, [run(`"${folder}/plain"`)])
  expect(errors(other)[0]).toMatch(/exit code 126.*could not execute/)
})

test('if a command fails and the final state is rejected, both errors are logged', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 422, body: { message: 'No way' } }, 'failure')
  const job = await runSteps(github, [run('exit 3')])
  expect(errors(job)).toHaveLength(1)
  expect(errors(job)[0]).toMatch(/^The command failed with exit code 3\.\n.*No way/s)
})
