import { setTimeout as pause } from 'node:timers/promises'
import type { LocalGitHub } from '../simulator/github/index.ts'
import { openInBrowser } from './open-in-browser.ts'
import { createRunLogs, servePages } from './pages/index.ts'
import { print, runScenarios, type Watch } from './run-scenarios.ts'

// Shorter than the runner's own times, so that Ctrl-C ends the demo at once.
const QUICK = { interruptMs: 250, terminateMs: 250, streamsMs: 250 }
const FIRST_RUN_ID = 17_000_000_000

/** Runs the scenarios while serving pages like GitHub's. Serves them until the process gets a signal. */
export async function showLive(github: LocalGitHub, paceMs: number): Promise<string[]> {
  const logs = createRunLogs()
  const stopSignal = createStopSignal()
  servePages(github, logs)
  const page = `${github.origin}/octo-org/octo-repo/deployments`
  print(`Open this page: ${page}`)
  print('Ctrl-C ends it.')
  openInBrowser(page)
  let lastRunId = FIRST_RUN_ID
  const watch: Watch = ({ title, event }, checkRunId) => {
    lastRunId += 1
    const { options, end } = logs.begin({
      ...{ id: lastRunId, title, event, checkRunId },
      onStep: () => wait(paceMs, stopSignal)
    })
    return { end, options: { ...options, cancel: stopSignal, signalTimings: QUICK } }
  }
  const problems = await runScenarios(github, { watch, stop: stopSignal })
  if (!stopSignal.aborted) print(`The page stays until Ctrl-C: ${page}`)
  // The open server keeps the process alive.
  await new Promise<void>(resolve => {
    if (stopSignal.aborted) resolve()
    else stopSignal.addEventListener('abort', () => resolve())
  })
  print('\nEnded.')
  return problems
}

const wait = (milliseconds: number, ending: AbortSignal): Promise<void> =>
  pause(milliseconds, undefined, { signal: ending }).catch(() => undefined)

/** Aborts on Ctrl-C, a closed terminal, or `kill`. */
function createStopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort())
  }
  return controller.signal
}
