import { expect, test } from '@jest/globals'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { lastStatus, outputsOf, runSteps, sh, use } from '../support/steps.ts'

const run = (command: string, more: Record<string, string> = {}, step: object = {}) =>
  use({ environment: 'qa', run: command, ...more }, { id: 'run', ...step })

test('standard input is closed, as in a run step', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('cat; echo "read all"', {}, { 'timeout-minutes': 0.5 })])
  expect(job.log).toMatch(/^read all$/m)
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a background process of the command does not keep the step from ending', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('sleep 60 & echo started', {}, { 'timeout-minutes': 0.8 })])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test.each(['kill -KILL $$', 'kill -INT $$', 'kill -TERM $$'])(
  'a command that ends itself by a signal (%s) has failed',
  async command => {
    const github = await startGitHub()
    const job = await runSteps(github, [run(command)])
    expect(job.conclusion).toBe('failure')
    expect(states(github)).toEqual(['in_progress', 'failure'])
  }
)

test('a queued start is in progress when its command runs', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('echo working', { 'initial-state': 'queued' })], {})
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['queued', 'in_progress', 'success'])
})

test('a finish after the command has ended posts nothing', async () => {
  const github = await startGitHub()
  const finish = use({ mode: 'finish' }, { id: 'finish', if: 'always()' })
  const job = await runSteps(github, [run('exit 1'), finish])
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(outputsOf(job, 'finish')['state']).toBe('failure')
})

test('output of any size, and without a line break at its end, is passed on unchanged', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [run('seq 20000; printf "äöü 🚀 no end"')])
  const lines = job.steps[0]?.stdout.split('\n') ?? []
  expect(lines).toContain('20000')
  expect(lines.filter(line => /^\d+$/.test(line))).toHaveLength(20_000)
  expect(job.log).toContain('äöü 🚀 no end')
})

test("the command writes to the step's own streams, so its output costs the action nothing", async () => {
  const github = await startGitHub()
  const streams = '[ /proc/$$/fd/1 -ef /proc/$PPID/fd/1 ] && [ /proc/$$/fd/2 -ef /proc/$PPID/fd/2 ]'
  const isAction = 'tr "\\0" " " < /proc/$PPID/cmdline | grep -q "dist/main.js"'
  const job = await runSteps(github, [run(`${streams} && ${isAction}; head -c 2000000 /dev/zero`)])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('workflow commands and file commands of the command work', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    run('echo "::warning::mind the gap"; echo "## Built" >> "$GITHUB_STEP_SUMMARY"; echo "$PWD/bin" >> "$GITHUB_PATH"'),
    sh('echo "path $PATH"')
  ])
  expect(job.annotations).toMatchObject([{ level: 'warning', message: 'mind the gap' }])
  expect(job.summaries.join()).toContain('## Built')
  expect(job.summaries.join()).toContain('Deployed to ')
  expect(job.log).toMatch(/path .*\/bin:/)
})

test('a blank command counts as none', async () => {
  const github = await startGitHub()
  await runSteps(github, [run('  \n'), sh('exit 1')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test('two commands in one job are two deployments', async () => {
  const github = await startGitHub()
  const second = use({ environment: 'staging', run: 'exit 1' }, { 'continue-on-error': true })
  const job = await runSteps(github, [run('true'), second])
  expect(job.conclusion).toBe('success')
  expect(writes(github)).toHaveLength(6)
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['success', 'failure'])
  expect(lastStatus(github)?.environment).toBe('staging')
})
