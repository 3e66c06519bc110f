import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { answerWith, lastStatus, outputsOf, runAll, runSteps, sh, use } from '../support/steps.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-command-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const CANCEL = { cancelWhen: (line: { text: string }) => line.text === 'deploying' }
const WAIT = 'echo deploying; sleep 60'

const run = (command: string, more: Record<string, string> = {}, step: object = {}) =>
  use({ environment: 'qa', run: command, ...more }, { id: 'run', env: { FOLDER: folder }, ...step })

test('a runner that kills before main could report: post reports the canceled job', async () => {
  const github = await startGitHub()
  const command = `trap '' INT TERM; echo deploying; while :; do sleep 0.05; done`
  let isPost = false
  // On a slow machine, main can get to its report before it is killed.
  github.intercept(({ body }) => (Object(body).state === 'failure' && !isPost ? 'reset' : undefined))
  await runSteps(github, [run(command)], {
    ...CANCEL,
    signalTimings: { interruptMs: 200, terminateMs: 0, streamsMs: 200 },
    onStep: ({ stage }) => {
      isPost = stage === 'post'
    }
  })
  expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Canceled' })
})

test('a job that takes too long is canceled', async () => {
  const github = await startGitHub()
  await runAll(
    github,
    { deploy: { 'timeout-minutes': 5, steps: [run(WAIT)] } },
    { timeOutWhen: line => line.text === 'deploying' }
  )
  expect(lastStatus(github)?.state).toBe('failure')
})

test('auto-finish: false leaves a success to a finish, with the URL of the command', async () => {
  const github = await startGitHub()
  const url = 'https://qa.example.com'
  const command = `echo "environment-url=${url}" >> "$GITHUB_OUTPUT"`
  const job = await runSteps(github, [run(command, { 'auto-finish': 'false' }), sh('true'), use({ mode: 'finish' })])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe(url)
  expect(outputsOf(job, 'run')).toMatchObject({ state: 'in_progress', 'environment-url': url })
})

test('auto-finish: false leaves a success unfinished for another job', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('true', { 'auto-finish': 'false' })])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress'])
  expect(job.summaries).toHaveLength(1)
})

test('auto-finish: false: the post step finishes the deployment of a command that failed', async () => {
  const github = await startGitHub()
  await runSteps(github, [run('exit 1', { 'auto-finish': 'false' })])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('post posts a success that GitHub rejected in main, regardless of the result of the job', async () => {
  const github = await startGitHub()
  const job = await runRefused(github, {})
  expect(job.conclusion).toBe('failure')
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: NEW_URL })
})

test('the URL of the command wins over the input, in main and in post', async () => {
  for (const run of [runTaken, runRefused]) {
    const github = await startGitHub()
    await run(github, { 'environment-url': 'https://old.example.com' })
    expect(lastStatus(github)?.environmentUrl).toBe(NEW_URL)
  }
})

const NEW_URL = 'https://new.example.com'
const runTaken = (github: LocalGitHub, inputs: Record<string, string>) =>
  runSteps(github, [run(`echo "environment-url=${NEW_URL}" >> "$GITHUB_OUTPUT"`, inputs)])

/** GitHub refuses the success in main and accepts it in post. */
function runRefused(github: LocalGitHub, inputs: Record<string, string>) {
  const stop = answerWith(github, { status: 422, body: { message: 'No' } }, 'success')
  const command = run(`echo "environment-url=${NEW_URL}" >> "$GITHUB_OUTPUT"`, inputs)
  return runSteps(github, [command, sh('echo later', { if: 'always()' })], {
    onLine: line => line.text === 'later' && stop()
  })
}

test('the output is streamed while the command runs', async () => {
  const github = await startGitHub()
  const seen: string[] = []
  const command = `
echo first
for i in $(seq 200); do [ -e "$FOLDER/go" ] && break; sleep 0.05; done
[ -e "$FOLDER/go" ]
echo second`
  const job = await runSteps(github, [run(command)], {
    onLine: ({ text }) => {
      if (text !== 'first' && text !== 'second') return
      seen.push(`${text} ${states(github).join(' ')}`)
      writeFileSync(join(folder, 'go'), '')
    }
  })
  expect(job.conclusion).toBe('success')
  expect(seen).toEqual(['first in_progress', 'second in_progress'])
})

test('the working directory is relative to the workspace', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('pwd', { 'working-directory': 'simulator/events' })])
  expect(job.log).toMatch(/^\/.*\/simulator\/events$/m)
})

test.each([
  ['sh', 'echo "bash is ${BASH_VERSION:-none}, $0"', /^bash is .*\.sh$/m],
  ['python', 'print(6 * 7)', /^1 of python: print\(6 \* 7\)$/m]
])('the shell can be %s', async (shell, command, expected) => {
  // The machine that runs the tests may have no program of this name.
  const python = '#!/bin/sh\nprintf "%s of python: " "$#"; cat "$1"\n'
  writeFileSync(join(folder, 'python'), python, { mode: 0o755 })
  const env = { FOLDER: folder, PATH: `${folder}:${process.env['PATH']}` }
  const github = await startGitHub()
  const job = await runSteps(github, [run(command, { shell }, { env })])
  expect(job.log).toMatch(expected)
  expect(lastStatus(github)?.state).toBe('success')
})

test('an unknown shell is refused before the first request', async () => {
  const github = await startGitHub()
  await runSteps(github, [run('true', { shell: 'fish' })])
  expect(github.requests).toEqual([])
})
