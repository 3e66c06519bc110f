import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { answerWith, errors, lastStatus, outputsOf, READ_ONLY, runSteps, sh, use, warnings } from '../support/steps.ts'

const REFUSED = { status: 422, body: { message: 'Validation Failed' } }

const run = (command: string, more: Record<string, string> = {}, step: object = {}) =>
  use({ environment: 'qa', run: command, ...more }, { id: 'run', ...step })

test('exit code 0 is a success at once, in three writes', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('echo deployed')])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(writes(github)).toHaveLength(3)
  expect(outputsOf(job, 'run')).toMatchObject({
    state: 'success',
    'status-id': String(lastStatus(github)?.id)
  })
  expect(job.summaries).toHaveLength(1)
})

test('another exit code is a failure, and fails the step', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('exit 3', { description: 'Nightly' })])
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.description).toMatch(/^Failed.*: Nightly$/)
  expect(outputsOf(job, 'run')['state']).toBe('failure')
  expect(errors(job)[0]).toContain('3')
})

test.each(['false\necho never', 'false | true', 'exit 1\n'])(
  'bash stops as it does in a run step: %j',
  async command => {
    const github = await startGitHub()
    const job = await runSteps(github, [run(command)])
    expect(lastStatus(github)?.state).toBe('failure')
    expect(job.log).not.toContain('never\n')
  }
)

test('nothing else in the job decides: a later failure leaves the success', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('true'), sh('exit 1')])
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('nothing else in the job decides: a failure before, and continue-on-error', async () => {
  const github = await startGitHub()
  await runSteps(github, [sh('exit 1'), run('true', {}, { if: 'always()' })])
  expect(lastStatus(github)?.state).toBe('success')
  const job = await runSteps(github, [run('exit 1', {}, { 'continue-on-error': true })])
  expect(job.conclusion).toBe('success')
  expect(lastStatus(github)?.state).toBe('failure')
})

test('what the command writes to GITHUB_OUTPUT becomes outputs of the step', async () => {
  const github = await startGitHub()
  const command = `
echo "version=1.2" >> "$GITHUB_OUTPUT"
echo "environment-url=https://qa.example.com/?a=b" >> "$GITHUB_OUTPUT"
printf 'notes<<END\\none\\n\\ntwo=2\\nEND\\n' >> "$GITHUB_OUTPUT"`
  const job = await runSteps(github, [run(command)])
  expect(outputsOf(job, 'run')).toMatchObject({
    version: '1.2',
    notes: 'one\n\ntwo=2',
    'environment-url': 'https://qa.example.com/?a=b'
  })
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com/?a=b')
})

test("the command cannot set the action's own outputs", async () => {
  const github = await startGitHub()
  const forged = ['deployment-id=1', 'state=failure', 'sha=none', 'log-url=https://evil.example']
  const job = await runSteps(github, [run(forged.map(line => `echo "${line}" >> "$GITHUB_OUTPUT"`).join('\n'))])
  const [deployment] = github.store.deployments()
  expect(outputsOf(job, 'run')).toMatchObject({
    'deployment-id': String(deployment?.id),
    state: 'success',
    sha: deployment?.sha,
    'log-url': lastStatus(github)?.logUrl
  })
})

test('the case of an output name is ignored', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    run('echo "Deployment-ID=1" >> "$GITHUB_OUTPUT"'),
    sh('echo "id is ${{ steps.run.outputs.deployment-id }}"')
  ])
  expect(outputsOf(job, 'run')).not.toHaveProperty('Deployment-ID')
  expect(job.log).toContain(`id is ${github.store.deployments()[0]?.id}`)
})

test('an environment URL that is not valid is left out with a warning', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('echo "environment-url=qa.local" >> "$GITHUB_OUTPUT"')])
  expect(job.conclusion).toBe('success')
  expect(warnings(job).join()).toContain('environment-url')
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: '' })
  expect(outputsOf(job, 'run')['environment-url']).toBe('')
})

test('the command has the environment of the step', async () => {
  const github = await startGitHub()
  const command = 'env | sed "s/^/seen /"; echo "LATER=kept" >> "$GITHUB_ENV"; pwd'
  const job = await runSteps(github, [run(command, {}, { env: { REGION: 'eu' } }), sh('echo "later $LATER"')])
  expect(job.log).toContain('seen REGION=eu')
  expect(job.log).toContain('seen GITHUB_REPOSITORY=octo-org/octo-repo')
  expect(job.log).not.toContain('ghs_local')
  expect(job.log).toContain('later kept')
})

test('state together with run is an error, and nothing is sent or run', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('echo running', { state: 'success' })])
  expect(job.conclusion).toBe('failure')
  expect(errors(job)[0]).toMatch(/state.*run/)
  expect(github.requests).toEqual([])
  expect(job.log).not.toMatch(/^running$/m)
})

test('if the create is refused, the command does not run', async () => {
  const github = await startGitHub()
  answerWith(github, REFUSED)
  const job = await runSteps(github, [run('echo running')])
  expect(job.conclusion).toBe('failure')
  expect(job.log).not.toMatch(/^running$/m)
})

test('if the first status is refused, the command does not run, and the deployment does not become a success', async () => {
  for (const forgiven of [false, true]) {
    const github = await startGitHub()
    answerWith(github, REFUSED, 'in_progress')
    const step = { 'continue-on-error': forgiven }
    const job = await runSteps(github, [run('echo running', {}, step)])
    expect(job.log).not.toMatch(/^running$/m)
    expect(['failure', 'error']).toContain(lastStatus(github)?.state)
  }
})

test('with fail-on-error: false the command runs, and its exit code is the result of the step', async () => {
  for (const [command, conclusion] of [
    ['echo running', 'success'],
    ['echo running; exit 4', 'failure']
  ]) {
    const github = await startGitHub()
    answerWith(github, REFUSED)
    const job = await runSteps(github, [run(String(command), { 'fail-on-error': 'false' })])
    expect(job.log).toMatch(/^running$/m)
    expect(job.conclusion).toBe(conclusion)
    expect(warnings(job)).toHaveLength(1)
  }
})

test('the exit code decides although main never saw the deployment that GitHub created', async () => {
  for (const [command, state] of [
    ['echo running', 'success'],
    ['echo running; exit 4', 'failure']
  ]) {
    const github = await startGitHub()
    const stop = github.intercept(async (request, proceed) => {
      if (request.operation === 'POST /repos/{owner}/{repo}/deployments') await proceed()
      return { status: 502, body: '' }
    })
    const inputs = { 'fail-on-error': 'false', timeout: '1' }
    await runSteps(github, [run(String(command), inputs)], {
      onLine: line => line.text === 'running' && stop()
    })
    expect(states(github)).toEqual([state])
  }
})

test('with the read-only token of a fork the command runs, and its outputs are set', async () => {
  const github = await startGitHub(READ_ONLY)
  const command = `echo running
echo "environment-url=https://qa.example.com" >> "$GITHUB_OUTPUT"
echo "version=7" >> "$GITHUB_OUTPUT"`
  const job = await runSteps(github, [run(command)], {
    event: event('pull_request', { fork: 'stranger/octo-repo' })
  })
  expect(job.conclusion).toBe('success')
  expect(job.log).toMatch(/^running$/m)
  expect(outputsOf(job, 'run')).toMatchObject({
    version: '7',
    'environment-url': 'https://qa.example.com'
  })
  expect(outputsOf(job, 'run')['deployment-id'] ?? '').toBe('')
})

test('in a dry run the command is printed and not run', async () => {
  const github = await startGitHub()
  const command = 'echo run""ning\necho "::error::no"'
  const job = await runSteps(github, [run(command, { 'dry-run': 'true' })])
  expect(job.conclusion).toBe('success')
  expect(job.log).toMatch(/^echo run""ning\necho/m)
  expect(job.annotations.filter(each => each.level !== 'notice')).toEqual([])
  expect(job.log).not.toMatch(/^running$/m)
  expect(writes(github)).toEqual([])
})
