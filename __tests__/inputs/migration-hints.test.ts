import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { migrationHint } from '../../src/inputs/migration-hints.ts'
import { MIGRATION_NAMES } from '../../src/inputs/migration-names.ts'
import { act, told } from '../support/act.ts'
import { errors, runSteps, sh, use, warnings } from '../support/steps.ts'
import { ROOT, startGitHub, states } from '../support/story.ts'

const { inputs: declared } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string }>
}

/** Inputs as the runner fills them in where a step gives none. */
const filledIn = (name: string): string =>
  name === 'repository' ? 'octo-org/octo-repo' : (declared[name]?.default ?? '')

/** The warning about one input of another action, or the error. */
function said(name: (typeof MIGRATION_NAMES)[number], read: (ours: string) => string): string {
  try {
    return `Warning: ${migrationHint([name], read, 'octo-org/octo-repo')}`
  } catch (error) {
    return `Error: ${(error as Error).message}`
  }
}

test.each(MIGRATION_NAMES)('%s is answered with an input that this action has', name => {
  expect(Object.keys(declared)).not.toContain(name)
  const [, ours = ''] = /^Error: \S+: this action calls it "([a-z-]+)"/.exec(
    said(name, filledIn)
  ) ?? ['', '']
  if (ours === '') {
    expect(said(name, filledIn)).toMatch(/^Warning: \S+: not an input of this action/)
  } else {
    expect(Object.keys(declared)).toContain(ours)
    expect(said(name, asked => (asked === ours ? 'something' : filledIn(asked)))).toMatch(/^Warn/)
  }
})

test('a step: finish that is not ours starts nothing, though the runner says mode: start', async () => {
  const github = await startGitHub()
  const run = await act(github, { environment: 'qa', step: 'finish' })
  expect(told(run, 'error')[0]).toMatch(/^step: this action calls it "mode"/)
  expect([run.exitCode, github.requests]).toEqual([1, []])
})

test("bobheadxi's two steps say all that has another name, and start nothing", async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    { ...use({ step: 'start', env: 'qa', desc: 'by ::error::me' }), 'continue-on-error': true },
    sh('echo deploying'),
    { ...use({ step: 'finish', environment: 'qa', status: '${{ job.status }}', logs: '' }) }
  ])
  expect(errors(job)).toEqual([
    [
      'step: this action calls it "mode" (start, finish or deactivate; "delete-env" is deactivate with "delete: environment")',
      'env: this action calls it "environment"',
      'desc: this action calls it "description"'
    ].join('\n'),
    [
      'step: this action calls it "mode" (start, finish or deactivate; "delete-env" is deactivate with "delete: environment")',
      'status: this action calls it "state" (without it the job\'s own result counts)'
    ].join('\n')
  ])
  expect([job.conclusion, github.requests]).toEqual(['failure', []])
})

test('what ours says as well is a warning of main alone, and ours counts', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({
      environment: 'qa',
      env: 'production',
      description: 'Ours',
      desc: 'Theirs',
      debug: 'true'
    })
  ])
  const ours = warnings(job).filter(message => !message.startsWith('Unexpected input(s)'))
  expect(ours).toEqual([
    [
      'env: this action calls it "environment"; "env" is ignored',
      'desc: this action calls it "description"; "desc" is ignored',
      'debug: not an input of this action, and not needed, since a job that is run again with debug logging shows every request; "debug" is ignored'
    ].join('\n')
  ])
  expect([job.conclusion, states(github)]).toEqual(['success', ['in_progress', 'success']])
  const [deployment] = github.store.deployments()
  expect([deployment?.environment, deployment?.description]).toEqual(['qa', 'Ours'])
})

test('nothing of their values is told', async () => {
  const github = await startGitHub()
  const value = 'hush-hush\n::error::x'
  const run = await act(github, Object.fromEntries(MIGRATION_NAMES.map(name => [name, value])))
  expect(told(run, 'error')[0]?.split('\n')).toHaveLength(MIGRATION_NAMES.length)
  expect(run.stdout + run.stderr + run.summary).not.toContain('hush')
  expect([run.exitCode, github.requests]).toEqual([1, []])
})
