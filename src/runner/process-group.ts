import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

// After SIGTERM the runner kills within 2.5 s, and only those processes whose parents still live.
const KILL_AFTER_MS = 1_500
const GRACE_MS = 500
const POLL_MS = 25

/** The process group of a wrapped command, begun by `launch.ts`, which writes its id to a file. */
export interface ProcessGroup {
  readonly wasInterrupted: () => boolean
  /** Passes a signal on that was meant for the step. */
  readonly forwardSignal: (signal: NodeJS.Signals) => void
  /** Ends what an interrupted command left running; what another one leaves is its own affair. */
  readonly end: () => Promise<void>
}

export function groupIn(file: string): ProcessGroup {
  const received = new Set<NodeJS.Signals>()
  let killing: NodeJS.Timeout | undefined
  let isKilled = false
  return {
    wasInterrupted: () => received.size > 0,
    forwardSignal(signal) {
      // The runner's second word: who has not heard the first does not get more time than this.
      if (signal === 'SIGTERM' && received.has('SIGINT')) {
        killing ??= setTimeout(() => {
          isKilled = send(file, 'SIGKILL')
        }, KILL_AFTER_MS)
      }
      received.add(signal)
      const isNoted = note(file, signal)
      if (idIn(file) !== undefined && (!isNoted || takeNote(file))) send(file, signal)
    },
    async end() {
      clearTimeout(killing)
      // A shell's background processes ignore SIGINT: they would deploy on with nobody watching.
      if (received.size === 0 || isKilled || !send(file, 'SIGTERM')) return
      for (let waited = 0; waited < GRACE_MS; waited += POLL_MS) {
        await new Promise(resolve => setTimeout(resolve, POLL_MS))
        if (!send(file, 0)) return
      }
      send(file, 'SIGKILL')
    }
  }
}

/**
 * The signal is written down before the group's id is looked for, and the launcher looks for the note after
 * it has written the id: whoever comes second sees the other, and who takes the note passes it on.
 */
function note(file: string, signal: NodeJS.Signals): boolean {
  try {
    writeFileSync(`${file}.noting`, signal)
    renameSync(`${file}.noting`, `${file}.signal`)
    return true
  } catch {
    // A full disk: nothing is lost where the group is known already.
    return false
  }
}

function takeNote(file: string): boolean {
  try {
    rmSync(`${file}.signal`)
    return true
  } catch {
    return false
  }
}

function idIn(file: string): number | undefined {
  try {
    const id = Number(readFileSync(file, 'utf8'))
    return Number.isSafeInteger(id) && id > 1 ? id : undefined
  } catch {
    return undefined
  }
}

/**
 * False where there is nobody left to tell. Windows has no process groups: there the runner ends the tree, and
 * its Ctrl-C reaches the command too, which shares the console: Node would end it at once in place of a SIGINT.
 */
function send(file: string, signal: NodeJS.Signals | 0): boolean {
  const id = idIn(file)
  if (id === undefined) return false
  const isWindows = process.platform === 'win32'
  try {
    return process.kill(isWindows ? id : -id, isWindows && signal === 'SIGINT' ? 0 : signal)
  } catch {
    return false
  }
}
