/**
 * Runs five scenarios with the released bundle on a simulated GitHub and runner, without a repository or a
 * network. The exit code is 0 if all results are as expected, otherwise 1.
 */
import { startLocalGitHub } from '../simulator/github/index.ts'
import { showLive } from './live.ts'
import { type DemoOptions, HELP, OptionError, readOptions } from './options.ts'
import { print, runScenarios } from './run-scenarios.ts'
import { KNOWN_COMMITS } from './scenarios.ts'

async function demo({ help, open, port, paceMs }: DemoOptions): Promise<number> {
  if (help) {
    print(HELP)
    return 0
  }
  const github = await startLocalGitHub({ commits: KNOWN_COMMITS, listen: { port } })
  try {
    print(`The simulated GitHub listens on ${github.origin} until the demo ends.`)
    if (!open) print('To see its pages in a browser, run: npm run demo -- --open')
    const problems = open ? await showLive(github, paceMs) : await runScenarios(github)
    return problems.length === 0 ? 0 : 1
  } finally {
    await github.close()
  }
}

/** The message for an error that the caller of the command can fix. Undefined for other errors. */
function usageError(error: unknown): string | undefined {
  const { code, message } = Object(error)
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    return 'The port cannot be used. Choose another --port, or omit it to use a free one.'
  }
  const isOurs = error instanceof OptionError || String(code).startsWith('ERR_PARSE_ARGS')
  return isOurs ? String(message) : undefined
}

// A reader such as `head` can close the pipe before the demo ends.
process.stdout.on('error', () => process.exit())

try {
  process.exitCode = await demo(readOptions(process.argv.slice(2)))
} catch (error) {
  const text = usageError(error)
  if (text === undefined) throw error
  process.stderr.write(`${text}\nSee npm run demo -- --help.\n`)
  process.exitCode = 2
}
