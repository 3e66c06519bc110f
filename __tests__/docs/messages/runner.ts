import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProcess } from '../../../simulator/runner/index.ts'
import { act } from '../../support/act.ts'
import { type MessageCase, messagesOf } from '../../support/catalogue.ts'
import { startGitHub } from '../../support/scenario.ts'

type Values = Readonly<Record<string, string>>

/** Runs main as a process. The variables win over those of the runner; `cancelAt` is the line at which it gets SIGINT. */
async function inProcess(inputs: Values, env: Values = {}, cancelAt = ''): Promise<string[]> {
  const github = await startGitHub()
  const main = await act(
    github,
    { environment: 'qa', ...inputs },
    {
      runNode: program => runProcess({ ...program, env: { ...program.env, ...env } }),
      cancelWhen: ({ text }) => cancelAt !== '' && text === cancelAt
    }
  )
  return messagesOf(main)
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
    run: () => inProcess({}, { GITHUB_OUTPUT: '/dev/null/output' })
  },
  'the state cannot be saved': {
    key: 'The state could not be saved',
    run: () => inProcess({}, { GITHUB_STATE: '/dev/null/state' })
  },
  'the file for the job summary is missing': {
    key: 'The job summary could not be written',
    run: () => inProcess({ run: 'true' }, { GITHUB_STEP_SUMMARY: '/dev/null/summary' })
  },
  'a command that fails': {
    key: 'The command failed with exit code …',
    run: () => inProcess({ run: 'exit 3' })
  },
  'a command whose program is missing': {
    key: 'The command failed with exit code …',
    run: () => inProcess({ run: 'no-such-program' })
  },
  'a command whose shell is missing': {
    key: 'run: the command did not start',
    run: () => inProcess({ run: 'true', shell: 'python' }, { PATH: '/no/such/folder' })
  },
  'a command that writes an invalid URL': {
    key: 'It is left out',
    run: () => inProcess({ run: 'echo "environment-url=qa.example.com" >> "$GITHUB_OUTPUT"' })
  },
  'a command that writes a malformed output': {
    key: '$GITHUB_OUTPUT: …',
    run: () => inProcess({ run: 'echo "no value" >> "$GITHUB_OUTPUT"' })
  },
  'a command that writes a malformed variable': {
    key: '$GITHUB_ENV: …',
    run: () => inProcess({ run: 'echo "no value" >> "$GITHUB_ENV"' })
  },
  'another commit in the workspace': {
    key: 'The workspace has commit … checked out, but the deployment records …',
    run: () => inProcess({}, otherCommit())
  },
  'a process that runs out of work': {
    key: 'The step ended before it was complete',
    run: () => inProcess({}, { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(NOTHING_HAPPENS)}` })
  },
  'a command that is interrupted': {
    key: 'The command was interrupted',
    run: () => inProcess({ run: 'echo deploying; sleep 60' }, {}, 'deploying')
  }
}
