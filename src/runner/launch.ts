/**
 * Runs one command in a process group of its own and ends as it ends. Started by `command.ts` as
 * `node launch.js <file for the group's id> <command> <arguments…>`.
 */
import { spawn } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'

const [groupFile = '', command = '', ...parameters] = process.argv.slice(2)
const isWindows = process.platform === 'win32'

// The signal is for the command; this process only has to stay until it has ended.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)

/** A signal that came before there was a group to send it to (see `group.ts`); whoever takes it acts on it. */
function takeNote(): NodeJS.Signals | undefined {
  try {
    renameSync(`${groupFile}.signal`, `${groupFile}.taken`)
    const name = readFileSync(`${groupFile}.taken`, 'utf8')
    return name === 'SIGTERM' ? 'SIGTERM' : 'SIGINT'
  } catch {
    return undefined
  }
}

function run(): void {
  const child = spawn(command, parameters, {
    stdio: 'inherit',
    detached: !isWindows,
    windowsVerbatimArguments: command === 'cmd'
  })
  child.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 127
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
  })
  if (child.pid === undefined) return
  writeFileSync(`${groupFile}.new`, String(child.pid))
  renameSync(`${groupFile}.new`, groupFile)
  const missed = takeNote()
  try {
    if (missed) process.kill(isWindows ? child.pid : -child.pid, missed)
  } catch {
    // It has ended already.
  }
}

const early = takeNote()
if (early) process.exitCode = 128 + constants.signals[early]
else run()
