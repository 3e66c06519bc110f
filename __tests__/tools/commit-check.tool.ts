import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { type EventName, type EventOptions, event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { JobResult, RunnerEvent } from '../../simulator/runner/index.ts'
import { startGitHub } from '../support/scenario.ts'
import { outputsOf, runSteps, sh, use, warnings } from '../support/steps.ts'
import { createGitRepository } from './support/git-repository.ts'

// These scenarios need Git: `start` compares the commit in the workspace with the recorded one.

const repository = createGitRepository()
const other = createGitRepository('octo-org/other')
const folder = mkdtempSync(join(tmpdir(), 'commit-check-'))
afterAll(() => {
  repository.remove()
  other.remove()
  rmSync(folder, { recursive: true, force: true })
})

const { main, head, merge } = repository
const checkout = (commit: string, url = repository.url) =>
  sh(`git clone --quiet --no-checkout '${url}' . && git checkout --quiet --detach ${commit}`)
const START = use({ environment: 'qa' }, { id: 'status' })
const push = event('push', { sha: main })

interface Options {
  trigger: RunnerEvent
  step: Record<string, unknown>
  github: LocalGitHub
}

/** Runs `before` in an empty workspace, then `start`. */
async function start(
  before: readonly Record<string, unknown>[],
  { trigger = push, step = START, github }: Partial<Options> = {}
): Promise<JobResult> {
  const workspace = mkdtempSync(join(folder, 'workspace-'))
  const options = { event: trigger, workspace }
  const job = await runSteps(github ?? (await startGitHub()), [...before, step], options)
  expect(job.conclusion).toBe('success')
  return job
}

const checkLines = (job: JobResult): string[] => job.log.split('\n').filter(line => line.includes('The workspace'))

const differs = (found: string, recorded: string): string =>
  `The workspace has commit ${found} checked out, but the deployment records ${recorded}. ` +
  'To record the commit that you deploy, set `ref` on this step. ' +
  'To deploy the recorded commit, set `ref` on `actions/checkout`.'

const bothCommits = (found: string, recorded: string): string =>
  `The workspace has commit ${found} checked out. The deployment records ${recorded}.`

test.each<[string, string, EventName, EventOptions]>([
  ['the pushed commit', main, 'push', { sha: main }],
  ["a pull request's merge commit", merge, 'pull_request', { sha: head, mergeSha: merge }],
  ["a pull request's head", head, 'pull_request', { sha: head, mergeSha: merge }],
  [
    'the commit of a merged pull request',
    merge,
    'pull_request',
    {
      ...{ action: 'closed', merged: true, sha: head, mergeSha: merge }
    }
  ]
])('%s is the expected commit', async (_what, commit, name, options) => {
  const job = await start([checkout(commit)], { trigger: event(name, options) })
  expect([warnings(job), checkLines(job)]).toEqual([[], []])
})

test.each<[string, EventName, EventOptions, string]>([
  ['push', 'push', { sha: main }, main],
  ['pull request', 'pull_request', { sha: head, mergeSha: '5'.repeat(40) }, head]
])('another commit on a %s is one warning that names both', async (_what, name, options, recorded) => {
  const job = await start([checkout(merge)], { trigger: event(name, options) })
  expect(warnings(job)).toEqual([differs(merge, recorded)])
  expect(outputsOf(job, 'status')['sha']).toBe(recorded)
})

test.each<[EventName, EventOptions, Record<string, string>, string]>([
  ['workflow_run', { sha: head }, {}, head],
  ['pull_request_target', { sha: head, baseSha: main }, {}, head],
  ['issue_comment', { onPullRequest: true }, { ref: head }, head]
])('on %s both commits are a line of information without advice', async (name, options, inputs, recorded) => {
  const step = use({ environment: 'qa', ...inputs })
  const job = await start([checkout(main)], { trigger: event(name, options), step })
  expect(warnings(job)).toEqual([])
  expect(checkLines(job).join()).toContain(bothCommits(main, recorded))
  expect(job.log).not.toContain('actions/checkout')
})

test('an explicit ref is compared with the commit that GitHub resolved it to', async () => {
  const github = await startGitHub({ refs: { 'refs/heads/main': main, 'refs/heads/old': head } })
  const step = use({ environment: 'qa', ref: 'old' })
  const job = await start([checkout(main)], { github, step })
  expect(warnings(job)).toEqual([differs(main, head)])
})

test('the commit of a reused deployment cannot be changed, so only the checkout is named', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', sha: head })
  const step = use({ 'deployment-id': String(id) })
  const job = await start([checkout(main)], { github, step })
  expect(warnings(job)).toEqual([
    `The workspace has commit ${main} checked out, but the deployment records ${head}. ` +
      'To deploy the recorded commit, set `ref` on `actions/checkout`.'
  ])
})

test.each([
  ['a checkout of another repository', checkout(other.merge, other.url)],
  ['an empty workspace', sh('true')],
  ['a repository without commits', sh(`git init --quiet && git remote add origin '${repository.url}'`)],
  ['a checkout without a remote', sh('git init --quiet')],
  ['a broken checkout', sh('echo "gitdir: /nowhere" > .git')],
  ['a checkout in a subfolder', sh(`git clone --quiet '${repository.url}' sub`)]
])('%s is not compared', async (_what, step) => {
  const job = await start([step])
  expect([warnings(job), checkLines(job)]).toEqual([[], []])
})

test.each([
  ['an SSH URL', 'git@github.com:octo-org/octo-repo.git'],
  ['an HTTPS URL in another case', 'https://github.com/Octo-Org/Octo-Repo'],
  ['an HTTPS URL with a slash', 'https://github.com/octo-org/octo-repo/']
])('%s belongs to the repository', async (_what, url) => {
  const job = await start([checkout(merge), sh(`git remote set-url origin '${url}'`)])
  expect(warnings(job)).toEqual([differs(merge, main)])
})

test('a URL that only ends in the same letters belongs to another repository', async () => {
  const url = 'https://github.com/not-octo-org/octo-repo'
  const job = await start([checkout(merge), sh(`git remote set-url origin '${url}'`)])
  expect(warnings(job)).toEqual([])
})

test.each([
  ['a shallow clone', `git clone --quiet --depth 1 --branch merge '${repository.url}' .`],
  [
    'a worktree',
    `git clone --quiet --bare '${repository.url}' ${folder}/bare
     git -C ${folder}/bare worktree add --quiet --detach "$PWD/tree" ${merge}
     mv tree/.git . && git -C ${folder}/bare worktree repair "$PWD" && git reset --quiet --hard`
  ]
])('%s is compared', async (_what, command) => {
  const job = await start([sh(command)])
  expect(warnings(job)).toEqual([differs(merge, main)])
})

const GIT = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()

/** Puts a program called `git` in front of the real one. */
const wrapGit = (script: string) => {
  const bin = mkdtempSync(join(folder, 'bin-'))
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'git'), 0o755)
  return sh(`echo '${bin}' >> "$GITHUB_PATH"`)
}

test("another user's repository is compared", async () => {
  const git = wrapGit(`GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${GIT} "$@"`)
  const job = await start([checkout(merge), git])
  expect(warnings(job)).toEqual([differs(merge, main)])
})

test('without Git nothing is compared', async () => {
  const job = await start([checkout(merge), wrapGit('exit 127')])
  expect(warnings(job)).toEqual([])
})

test('a `git` that an earlier step put on the path gets no input, state or token', async () => {
  const seen = join(folder, 'environment')
  const git = wrapGit(`env > ${seen}; exec ${GIT} "$@"`)
  const job = await start([checkout(merge), git])
  expect(warnings(job)).toEqual([differs(merge, main)])
  const names = readFileSync(seen, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.replace(/=.*/, ''))
  // `PWD`, `_` and the like are set by the shell of the script itself.
  expect(names.filter(name => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)).sort()).toEqual(['HOME', 'PATH'])
})

test('what Git prints is not a workflow command', async () => {
  const git = wrapGit(`case "$*" in *rev-parse*) echo '::error::hostile';; *) exec ${GIT} "$@";; esac`)
  const job = await start([checkout(merge), git])
  expect(job.annotations).toEqual([])
  expect(job.log).not.toContain('hostile')
})

test('a `git` that never ends does not hold up the step', async () => {
  const job = await start([checkout(merge), wrapGit('exec sleep 8')])
  expect(warnings(job)).toEqual([])
})
