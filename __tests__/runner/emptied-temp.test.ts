import { expect, test } from '@jest/globals'
import { annotationsOf } from '../support/act.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { openJob } from '../support/stage-process.ts'
import { errors, lastStatus, outputsOf, runSteps, use, warnings } from '../support/steps.ts'
import { emptyTemp } from '../support/temp.ts'

const run = (command: string, more: Record<string, string> = {}) =>
  use({ environment: 'qa', run: command, ...more }, { id: 'run' })

test.each([
  ['its content', 'rm -rf "$RUNNER_TEMP"/*'],
  ['the folder itself', 'rm -rf "$RUNNER_TEMP"'],
  ['the folder of the file commands', 'rm -rf "$RUNNER_TEMP"/_runner_file_commands']
])('a command that empties RUNNER_TEMP (%s): outputs, state and summary are there', async (_, remove) => {
  const github = await startGitHub()
  const job = await runSteps(github, [run(remove)])
  expect([job.conclusion, errors(job), warnings(job)]).toEqual(['success', [], []])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(outputsOf(job, 'run')).toMatchObject({
    'deployment-id': String(github.store.deployments()[0]?.id),
    environment: 'qa',
    state: 'success'
  })
  expect(Object.keys(job.steps[0]?.state ?? {})).toHaveLength(1)
  expect(job.summaries).toHaveLength(1)
})

test('a command that empties RUNNER_TEMP before a finish in the same job', async () => {
  const github = await startGitHub()
  const command = 'echo "environment-url=https://qa.example.com" >> "$GITHUB_OUTPUT"; exit 0'
  const job = await runSteps(github, [
    run(`trap 'rm -rf "$RUNNER_TEMP"/[^d]*' EXIT; ${command}`, { 'auto-finish': 'false' }),
    use({ mode: 'finish' }, { id: 'finish' })
  ])
  expect([job.conclusion, warnings(job)]).toEqual(['success', []])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
})

test('a command that empties RUNNER_TEMP and fails', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('rm -rf "$RUNNER_TEMP"; exit 3')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(outputsOf(job, 'run')).toMatchObject({ environment: 'qa', state: 'failure' })
})

test('another step empties RUNNER_TEMP while main works: the state is there when main ends', async () => {
  const github = await startGitHub()
  const job = openJob(github)
  let isEmptied = false
  github.intercept(async (request, proceed) => {
    if (Object(request.body).state !== 'in_progress') return undefined
    const answer = await proceed()
    emptyTemp(job.temp)
    isEmptied = true
    return answer
  })
  const main = await job.main({ environment: 'qa' })
  expect([isEmptied, main.exitCode]).toEqual([true, 0])
  expect(annotationsOf(main, 'warning')).toEqual([])
  expect(Object.values(main.state).join()).toContain(String(github.store.deployments()[0]?.id))
})
