/**
 * The main job, without a repository and without a network: a local GitHub, a local runner, and the
 * action as it ships, through five stories. Ends with 0 where each ended as it should, else with 1.
 */
import { startLocalGitHub } from '../simulator/github/index.ts'
import { showLive } from './live.ts'
import { say, tellAll } from './narrate.ts'
import { type DemoOptions, HELP, OptionError, readOptions } from './options.ts'
import { KNOWN_COMMITS } from './scenarios.ts'

async function demo({ help, open, port, paceMs }: DemoOptions): Promise<number> {
  if (help) {
    say(HELP)
    return 0
  }
  const github = await startLocalGitHub({ commits: KNOWN_COMMITS, reach: { port } })
  try {
    say(`A local GitHub listens on ${github.origin}`)
    const problems = open ? await showLive(github, paceMs) : await tellAll(github)
    return problems.length === 0 ? 0 : 1
  } finally {
    await github.close()
  }
}

/** What the person who gave the command can put right. */
function mistake(error: unknown): string | undefined {
  const { code, message } = Object(error)
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    return 'The port cannot be used. Give another --port, or none for a free one.'
  }
  const isOurs = error instanceof OptionError || String(code).startsWith('ERR_PARSE_ARGS')
  return isOurs ? String(message) : undefined
}

try {
  process.exitCode = await demo(readOptions(process.argv.slice(2)))
} catch (error) {
  const text = mistake(error)
  if (text === undefined) throw error
  process.stderr.write(`${text}\nnpm run demo -- --help says what there is.\n`)
  process.exitCode = 2
}
