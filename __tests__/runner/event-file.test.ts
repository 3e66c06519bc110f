import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { event, HEAD_SHA } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { parseCommands, parseFileCommand } from '../../simulator/runner/index.ts'
import { created, originOf } from '../support/act.ts'
import { runMain } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { ROOT, startGitHub, states } from '../support/scenario.ts'

/** Invalid event files. */
const [FOLDER, FIFO] = ['(a folder)', '(a FIFO)']

/** Runs a stage with an event file of this text, or without one. */
async function run(
  github: LocalGitHub,
  eventName: string,
  file: string | undefined,
  more: Record<string, string> = {},
  stage = 'main'
) {
  const folder = mkdtempSync(join(tmpdir(), 'event-file-'))
  const path = join(folder, 'event.json')
  if (file === FOLDER) mkdirSync(path)
  else if (file === FIFO) execFileSync('mkfifo', [path])
  else if (file !== undefined) writeFileSync(path, file)
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', ...github.env() },
    ...{ GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_RUN_ID: '9', GITHUB_JOB: 'job' },
    ...{ GITHUB_SHA: HEAD_SHA, GITHUB_REF_NAME: 'topic', GITHUB_EVENT_NAME: eventName },
    ...{ GITHUB_EVENT_PATH: path, INPUT_TOKEN: 'ghs_local', INPUT_ENVIRONMENT: 'qa' },
    ...{ 'INPUT_FALLBACK-TOKEN': 'ghs_local' },
    ...more
  }
  try {
    const child = spawn(process.execPath, [join(ROOT, `dist/${stage}.js`)], { env, cwd: folder })
    let stdout = ''
    child.stdout.on('data', text => {
      stdout += text
    })
    const exitCode = await new Promise<number | null>(resolve => child.on('close', resolve))
    const errors = parseCommands(stdout).filter(command => command.name === 'error')
    return { exitCode, errors: errors.map(command => command.data) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const FILES: [string, string | undefined][] = [
  ['missing', undefined],
  ['empty', ''],
  ['malformed', '{"action": "opened", "pull_request": {'],
  ['a list', '[]'],
  ['a folder', FOLDER],
  ['a FIFO', FIFO],
  ['null', 'null'],
  ['of other shapes', '{"pull_request": {"number": {}, "head": 7}, "deleted": "yes", "issue": []}']
]

test.each(FILES)('an event file that is %s: the commit and ref of the variables are recorded', async (_, file) => {
  const github = await startGitHub()
  expect(await run(github, 'push', file)).toEqual({ exitCode: 0, errors: [] })
  expect(created(github)).toMatchObject({ ref: HEAD_SHA, environment: 'qa' })
  expect(originOf(created(github)['payload'])).toMatchObject({ ref: 'topic' })
})

test.each(
  FILES.flatMap(([kind, file]) =>
    ['pull_request', 'workflow_run', 'merge_group', 'deployment_status'].map(name => ({
      ...{ kind, file, name }
    }))
  ).filter(({ kind, name }) => kind === 'malformed' || name === 'pull_request')
)('$name with an event file that is $kind deploys no other commit', async ({ file, name }) => {
  const github = await startGitHub()
  const { exitCode, errors } = await run(github, name, file)
  expect(github.requests.map(request => request.operation)).toEqual([])
  expect(exitCode).toBe(1)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(name)
})

test('post reports the result if the event file has become unreadable since main', async () => {
  const github = await startGitHub()
  const stateFile = join(mkdtempSync(join(tmpdir(), 'state-')), 'state')
  writeFileSync(stateFile, '')
  await run(github, 'push', '{}', { GITHUB_STATE: stateFile })
  const saved = Object.fromEntries(parseFileCommand(readFileSync(stateFile, 'utf8')))
  const more = { STATE_record: saved['record'] ?? '', 'INPUT_JOB-STATUS': 'success' }
  expect(await run(github, 'push', '{"ref": ', more, 'post')).toEqual({ exitCode: 0, errors: [] })
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('an event file as large as GitHub allows is read', async () => {
  const github = await startGitHub()
  const of = event('pull_request')
  const eventText = JSON.stringify({ ...of.payload, padding: 'x'.repeat(25_000_000) })
  const main = await runMain(github, {}, { event: of, eventText })
  expect([failureOf(main), main.outputs['environment']]).toEqual([undefined, 'pr-2'])
})
