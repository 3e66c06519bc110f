import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus, outputsOf, runSteps, use, warnings } from '../support/steps.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function runCommand(command: string) {
  const github = await startGitHub()
  const step = use({ environment: 'qa', run: command }, { id: 'run', env: { FOLDER: folder } })
  const job = await runSteps(github, [step])
  return { github, job, outputs: outputsOf(job, 'run') }
}

test.each([
  ['UTF-8', 'printf "\\xEF\\xBB\\xBFa=\\xC3\\xA4\\n"'],
  ['UTF-16, little end first', 'printf "\\xFF\\xFEa\\x00=\\x00\\xE4\\x00\\n\\x00"'],
  ['UTF-16, big end first', 'printf "\\xFE\\xFF\\x00a\\x00=\\x00\\xE4\\x00\\n"'],
  ['no byte order mark', 'printf "a=\\xC3\\xA4\\n"']
])('outputs are decoded by their byte order mark: %s', async (_, print) => {
  const { job, outputs } = await runCommand(`${print} > "$GITHUB_OUTPUT"`)
  expect(outputs).toMatchObject({ a: 'ä', state: 'success' })
  expect(warnings(job)).toEqual([])
})

test('a carriage return at the end of an output stays, except in environment-url', async () => {
  const url = 'environment-url=https://qa.example.com'
  const { github, outputs } = await runCommand(
    `printf 'a=3\\r\\nb<<END\\r\\n1\\r\\nEND\\r\\n${url}\\r\\n' > "$GITHUB_OUTPUT"`
  )
  expect(outputs).toMatchObject({
    a: '3\r',
    b: '1\r',
    'environment-url': 'https://qa.example.com'
  })
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
})

test.each([
  ['a line without an equals sign', 'echo "no value here"', 'no value here'],
  ['a line without a name', 'echo "=value"', '=value'],
  ['a delimiter that is missing', 'printf "notes<<END\\nenvironment-url=x\\n"', 'END'],
  ['an empty delimiter', 'echo "notes<<"', 'notes<<']
])('%s is a warning that names it, and the rest counts', async (_, print, named) => {
  const { github, job, outputs } = await runCommand(
    `{ echo "before=1"; echo "environment-url=https://qa.example.com"; ${print}; } >> "$GITHUB_OUTPUT"`
  )
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toContain(named)
  expect(warnings(job)[0]).toMatch(/GITHUB_OUTPUT.*line 3/)
  expect(outputs).toMatchObject({ before: '1', 'environment-url': 'https://qa.example.com' })
})

test('lines after a malformed one count', async () => {
  const { outputs } = await runCommand('printf "bad\\nafter=2\\n" >> "$GITHUB_OUTPUT"')
  expect(outputs['after']).toBe('2')
})

test('many malformed lines are one warning, and a long one is not shown', async () => {
  const { job } = await runCommand('{ head -c 500 /dev/zero | tr "\\\\0" x; echo; seq 300; } >> "$GITHUB_OUTPUT"')
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toContain('296 more')
  expect(warnings(job)[0]).not.toContain('xxxxxxxxxx')
})

test.each([
  ['is removed', 'rm "$GITHUB_OUTPUT"'],
  ['is removed with its folder', 'rm -r "$(dirname "$GITHUB_OUTPUT")"']
])('an output file that %s means no outputs', async (_, remove) => {
  const { github, job, outputs } = await runCommand(`echo "a=1" >> "$GITHUB_OUTPUT"; ${remove}`)
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([])
  expect(outputs).toMatchObject({ state: 'success' })
  expect(outputs).not.toHaveProperty('a')
})

test.each([
  ['a folder', 'mkdir "$GITHUB_OUTPUT"'],
  ['a pipe that nothing writes to', 'mkfifo "$GITHUB_OUTPUT"'],
  ['a device without an end', 'ln -s /dev/zero "$GITHUB_OUTPUT"'],
  ['a file of 3 GB', 'truncate -s 3G "$GITHUB_OUTPUT"']
])('an output file that became %s is a warning', async (_, replace) => {
  const { github, job } = await runCommand(`rm "$GITHUB_OUTPUT"; ${replace}`)
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job).join()).toContain('GITHUB_OUTPUT')
})

test('the exit code decides, even if the output file is missing or invalid', async () => {
  const { github, job } = await runCommand('echo bad >> "$GITHUB_OUTPUT"; exit 3')
  expect(job.conclusion).toBe('failure')
  expect(lastStatus(github)).toMatchObject({
    state: 'failure',
    description: 'Failed with exit code 3'
  })
})

test('a malformed line in GITHUB_ENV is a warning that the runner fails the step', async () => {
  const { github, job } = await runCommand('printf "A=one\\ntwo\\n" >> "$GITHUB_ENV"')
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toMatch(/GITHUB_ENV.*line 2 \("two"\).*fails this step/s)
})

test('valid lines in GITHUB_ENV, and none at all, are no warning', async () => {
  const { job } = await runCommand('printf "A=one\\n\\nB<<END\\ntwo\\nEND\\n" >> "$GITHUB_ENV"')
  expect([job.conclusion, warnings(job)]).toEqual(['success', []])
  const removed = await runCommand('rm "$GITHUB_ENV"')
  expect([removed.job.conclusion, warnings(removed.job)]).toEqual(['success', []])
})

test('a line break and ::endgroup:: follow the command', async () => {
  const { job } = await runCommand('echo "::group::Deploy"; printf "100 %%"')
  const lines = job.steps[0]?.stdout.split('\n') ?? []
  const index = lines.indexOf('100 %')
  expect(lines.slice(index, index + 2)).toEqual(['100 %', '::endgroup::'])
  expect(index).toBeGreaterThan(0)
})
