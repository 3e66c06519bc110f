/**
 * Runs one command in a process group of its own and ends as it ends. Started by `command.ts` as
 * `node launch.js <file for the group's id> <command> <arguments…>`.
 */
import { spawn } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'

const [groupFile = '', command = '', ...parameters] = process.argv.slice(2)
const isWindows = process.platform === 'win32'

// The signal is for the command; this process only has to stay until it has ended.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)

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
if (child.pid !== undefined) {
  writeFileSync(`${groupFile}.new`, String(child.pid))
  renameSync(`${groupFile}.new`, groupFile)
}
