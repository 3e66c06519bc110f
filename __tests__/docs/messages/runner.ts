import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCommands } from '../../../simulator/runner/index.ts'
import { type MessageCase, steady } from '../../support/catalogue.ts'
import { ROOT, startGitHub } from '../../support/scenario.ts'

const annotationsOf = (stdout: string): string[] => {
  const levels: Readonly<Record<string, string>> = { error: 'Error', warning: 'Warning' }
  return parseCommands(stdout)
    .filter(({ name }) => Object.hasOwn(levels, name))
    .map(({ name, data }) => steady(`${levels[name]}: ${data}`))
}

/** Runs a stage as a separate process with these variables; `onStart` is called when its command runs. */
async function runProcess(more: Readonly<Record<string, string>>, signal?: NodeJS.Signals): Promise<string[]> {
  const github = await startGitHub()
  const folder = mkdtempSync(join(tmpdir(), 'messages-'))
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', RUNNER_TEMP: folder, ...github.env() },
    ...{ GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_RUN_ID: '9', GITHUB_JOB: 'job' },
    ...{ GITHUB_SHA: 'feed'.repeat(10), GITHUB_REF_NAME: 'main', GITHUB_EVENT_NAME: 'push' },
    ...{ GITHUB_ENV: join(folder, 'env'), INPUT_TOKEN: 'ghs_local', INPUT_ENVIRONMENT: 'qa' },
    ...more
  }
  try {
    const child = spawn(process.execPath, [join(ROOT, 'dist/main.js')], { env, cwd: folder })
    let stdout = ''
    child.stdout.on('data', text => {
      stdout += text
      if (signal && stdout.includes('deploying')) child.kill(signal)
    })
    await new Promise(resolve => child.on('close', resolve))
    return annotationsOf(stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A workspace whose `git` reports another commit. */
function otherCommit(): Record<string, string> {
  const workspace = mkdtempSync(join(tmpdir(), 'workspace-'))
  mkdirSync(join(workspace, '.git'))
  const script = `case "$*" in *rev-parse*) echo ${'a'.repeat(40)};; *) echo https://github.com/octo-org/octo-repo;; esac`
  writeFileSync(join(workspace, 'git'), `#!/bin/sh\n${script}\n`, { mode: 0o700 })
  return { GITHUB_WORKSPACE: workspace, PATH: `${workspace}:${process.env['PATH']}` }
}

// Connections are never established, and timers don't keep the process alive.
const NOTHING_HAPPENS =
  "import net from 'node:net'; net.Socket.prototype.connect = function () { return this.unref() }; const t = setTimeout; globalThis.setTimeout = (...a) => t(...a).unref()"

/** Messages about the runner's files and signals, from real processes. */
export const RUNNER: Readonly<Record<string, MessageCase>> = {
  'the file for outputs is missing': {
    key: 'The outputs could not be saved',
    run: () => runProcess({ GITHUB_OUTPUT: '/dev/null/output', 'INPUT_DEPLOYMENT-ID': '', 'INPUT_AUTO-FINISH': 'true' })
  },
  'the state cannot be saved': {
    key: 'The state could not be saved',
    run: () => runProcess({ GITHUB_STATE: '/dev/null/state' })
  },
  'the file for the job summary is missing': {
    key: 'The job summary could not be written',
    run: () => runProcess({ GITHUB_STEP_SUMMARY: '/dev/null/summary', INPUT_RUN: 'true' })
  },
  'a command that fails': {
    key: 'The command failed with exit code …',
    run: () => runProcess({ INPUT_RUN: 'exit 3' })
  },
  'a command whose program is missing': {
    key: 'The command failed with exit code …',
    run: () => runProcess({ INPUT_RUN: 'no-such-program' })
  },
  'a command whose shell is missing': {
    key: 'run: the command did not start',
    run: () => runProcess({ INPUT_RUN: 'true', INPUT_SHELL: 'python', PATH: '/no/such/folder' })
  },
  'a command that writes an invalid URL': {
    key: 'It is left out',
    run: () => runProcess({ INPUT_RUN: 'echo "environment-url=qa.example.com" >> "$GITHUB_OUTPUT"' })
  },
  'a command that writes a malformed output': {
    key: '$GITHUB_OUTPUT: …',
    run: () => runProcess({ INPUT_RUN: 'echo "no value" >> "$GITHUB_OUTPUT"' })
  },
  'a command that writes a malformed variable': {
    key: '$GITHUB_ENV: …',
    run: () => runProcess({ INPUT_RUN: 'echo "no value" >> "$GITHUB_ENV"' })
  },
  'another commit in the workspace': {
    key: 'The workspace has commit … checked out, but the deployment records …',
    run: () => runProcess(otherCommit())
  },
  'a process that runs out of work': {
    key: 'The step ended before it was complete',
    run: () => runProcess({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(NOTHING_HAPPENS)}` })
  },
  'a command that is interrupted': {
    key: 'The command was interrupted',
    run: () => runProcess({ INPUT_RUN: 'echo deploying; sleep 60' }, 'SIGINT')
  }
}
