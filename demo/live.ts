import { setTimeout as pause } from 'node:timers/promises'
import type { LocalGitHub } from '../simulator/github/index.ts'
import { say, tellAll, type Watch } from './narrate.ts'
import { openInBrowser } from './open-in-browser.ts'
import { createRunLogs, servePages } from './pages/index.ts'

// Ctrl-C is to end at once; the runner's own ten seconds of grace would not be.
const QUICK = { interruptMs: 250, terminateMs: 250, streamsMs: 250 }
const FIRST_RUN_ID = 17_000_000_000

/** The stories for somebody who watches GitHub's page of them; it stays until the process is told to end. */
export async function showLive(github: LocalGitHub, paceMs: number): Promise<string[]> {
  const logs = createRunLogs()
  const ending = endSignal()
  servePages(github, logs)
  const page = `${github.origin}/octo-org/octo-repo/deployments`
  say(`Its page: ${page}`)
  say('Ctrl-C ends it.')
  openInBrowser(page)
  let lastRunId = FIRST_RUN_ID
  const watch: Watch = ({ title }, checkRunId) => {
    lastRunId += 1
    const { options, end } = logs.begin({
      ...{ id: lastRunId, title, checkRunId },
      onStep: () => wait(paceMs, ending)
    })
    return { end, options: { ...options, cancel: ending, signalTimings: QUICK } }
  }
  const problems = await tellAll(github, { watch, stop: ending })
  if (!ending.aborted) say(`The page stays until Ctrl-C: ${page}`)
  // The server keeps the process alive.
  await new Promise<void>(resolve => {
    if (ending.aborted) resolve()
    else ending.addEventListener('abort', () => resolve())
  })
  say('\nEnded.')
  return problems
}

const wait = (milliseconds: number, ending: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal: ending }).catch(() => undefined)

/** Aborts when the process is told to end: Ctrl-C, a closed terminal, `kill`. */
function endSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort())
  }
  return controller.signal
}
