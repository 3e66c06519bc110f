import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { answerWith, errors, lastStatus, outputsOf, runSteps, sh, use } from '../support/steps.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-interrupted-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const URL = 'https://qa.example.com'
const WAIT = `echo "environment-url=${URL}" >> "$GITHUB_OUTPUT"; echo deploying; sleep 60`
const STUBBORN = `trap '' INT TERM; echo deploying; while :; do sleep 0.05; done`
const REFUSED = { status: 422, body: { message: 'No' } }

// The runner's time from SIGTERM to SIGKILL, and a shorter one before it.
const TIMINGS = { interruptMs: 700, terminateMs: 2_500 }
const isDeploying = (line: { text: string }) => line.text === 'deploying'
const CANCEL = { cancelWhen: isDeploying, signalTimings: TIMINGS }
const SHUTDOWN = { shutdownWhen: isDeploying, signalTimings: TIMINGS }
const LIMITED = { 'timeout-minutes': 5 }
const TIMEOUT = { timeOutWhen: isDeploying, signalTimings: TIMINGS }

const run = (command: string, more: Record<string, string> = {}, step: object = {}) =>
  use({ environment: 'qa', 'cancelled-state': 'error', run: command, ...more }, { id: 'run', ...step })

const stagesOf = (job: Awaited<ReturnType<typeof runSteps>>) =>
  job.steps.map(step => `${step.stage} ${step.conclusion}`)

test('main posts the canceled state itself, with the URL written so far, and post adds nothing', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run(WAIT)], CANCEL)
  expect(job.conclusion).toBe('cancelled')
  expect(states(github)).toEqual(['in_progress', 'error'])
  expect(lastStatus(github)).toMatchObject({ description: 'Interrupted', environmentUrl: URL })
  expect(outputsOf(job, 'run')).toMatchObject({ state: 'error', 'environment-url': URL })
  expect(job.summaries).toHaveLength(1)
  expect(errors(job)).toContain('The command was interrupted.')
})

test.each([
  ['stops at once', WAIT],
  [
    'needs a while',
    `trap 'echo "environment-url=${URL}" >> "$GITHUB_OUTPUT"; sleep 0.4; exit 0' INT; echo deploying; while :; do sleep 0.05; done`
  ],
  ['stops at SIGTERM', `${WAIT.replace('sleep', `trap '' INT; sleep`)} & wait`],
  ['never stops', `echo "environment-url=${URL}" >> "$GITHUB_OUTPUT"; ${STUBBORN}`]
])('a runner is shut down, and the command %s: main has posted the state', async (_, command) => {
  const github = await startGitHub()
  const job = await runSteps(github, [run(command)], SHUTDOWN)
  expect(stagesOf(job)).toEqual(['main cancelled', 'post skipped'])
  expect(states(github)).toEqual(['in_progress', 'error'])
  expect(lastStatus(github)).toMatchObject({ description: 'Interrupted', environmentUrl: URL })
})

test('a signal while main posts the canceled state does not end main', async () => {
  const github = await startGitHub()
  github.intercept(async request => {
    // Longer than the runner waits between SIGINT and SIGTERM.
    if (Object(request.body).state === 'error') await new Promise(done => setTimeout(done, 1_200))
    return undefined
  })
  const job = await runSteps(github, [run(WAIT)], SHUTDOWN)
  expect(states(github)).toEqual(['in_progress', 'error'])
  expect(job.steps[0]?.exitCode).toBe(1)
})

test('auto-finish: false does not keep main from posting the canceled state', async () => {
  const github = await startGitHub()
  await runSteps(github, [run(WAIT, { 'auto-finish': 'false' })], SHUTDOWN)
  expect(states(github)).toEqual(['in_progress', 'error'])
})

test.each([
  ['fails', {}, 'failure'],
  ['goes on', { 'continue-on-error': true }, 'success']
])('a step takes too long and the job %s: post replaces the canceled state by failure', async (_, more, conclusion) => {
  const github = await startGitHub()
  const job = await runSteps(github, [run(WAIT, {}, { ...LIMITED, ...more })], TIMEOUT)
  expect(job.conclusion).toBe(conclusion)
  expect(states(github)).toEqual(['in_progress', 'error', 'failure'])
  expect(lastStatus(github)).toMatchObject({ description: 'Interrupted', environmentUrl: URL })
})

test('a background step that a cancel step ends does not leave a canceled state in a job that goes on', async () => {
  const github = await startGitHub()
  const wait = 'for i in $(seq 200); do [ -e "$GITHUB_WORKSPACE/deploying" ] && break; sleep 0.05; done'
  const command = WAIT.replace('echo deploying', 'touch "$GITHUB_WORKSPACE/deploying"')
  const job = await runSteps(
    github,
    [run(command, {}, { background: true }), sh(wait), { cancel: 'run' }, sh('echo later')],
    { workspace: folder, signalTimings: TIMINGS }
  )
  expect(job.conclusion).toBe('success')
  expect(job.log).toMatch(/^later$/m)
  expect(states(github)).toEqual(['in_progress', 'error', 'failure'])
})

test('a canceled state that is failure already is not posted twice', async () => {
  const github = await startGitHub()
  await runSteps(github, [run(WAIT, { 'cancelled-state': 'failure' }, LIMITED)], TIMEOUT)
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('a transient deployment whose step takes too long becomes failure as well', async () => {
  const github = await startGitHub()
  const inputs = { 'transient-environment': 'true', 'cancelled-state': 'inactive' }
  await runSteps(github, [run(WAIT, inputs, LIMITED)], TIMEOUT)
  expect(states(github)).toEqual(['in_progress', 'inactive', 'failure'])
})

test('a state that another system posted after the interruption stays', async () => {
  const github = await startGitHub()
  const step = { ...LIMITED, 'continue-on-error': true }
  await runSteps(github, [run(WAIT, {}, step), sh('echo later')], {
    ...TIMEOUT,
    onLine: line => {
      if (line.text === 'later') makeInactive(github)
    }
  })
  expect(states(github)).toEqual(['in_progress', 'error', 'inactive'])
})

function makeInactive(github: LocalGitHub): void {
  const [deployment] = github.store.deployments()
  if (deployment) github.store.seedStatus(deployment.id, { state: 'inactive' })
}

test('a finish after an interrupted start posts nothing', async () => {
  const github = await startGitHub()
  await runSteps(github, [run(WAIT), use({ mode: 'finish' }, { if: 'always()' })], CANCEL)
  expect(states(github)).toEqual(['in_progress', 'error'])
})

test('post posts the canceled state that main could not post', async () => {
  const github = await startGitHub()
  const stop = answerWith(github, REFUSED, 'error')
  const job = await runSteps(github, [run(WAIT), sh('echo later', { if: 'always()' })], {
    ...CANCEL,
    onLine: line => line.text === 'later' && stop()
  })
  expect(errors(job).join()).toMatch(/The command was interrupted\.\n.*No/s)
  expect(states(github)).toEqual(['in_progress', 'error'])
  expect(lastStatus(github)?.environmentUrl).toBe(URL)
})

test('an interrupted command of a run that may only read is a failed step, and nothing more', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 403, body: { message: 'Forbidden' } })
  const job = await runSteps(github, [run(WAIT, { 'fail-on-error': 'false' })], CANCEL)
  expect(job.conclusion).toBe('cancelled')
  expect(github.store.deployments()).toEqual([])
})
