import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../support/scenario.ts'

/** `npm run demo -- --open` in a terminal. */
export interface Demo {
  /** The URL that it prints. */
  readonly address: string
  /** The URL that it passes to the platform's opener, which is a stand-in. */
  opened(): Promise<string>
  /** Sends SIGINT to the whole process group, as a terminal does. Resolves when the process has ended. */
  pressCtrlC(): Promise<{ code: number | null; leftOver: string[] }>
  kill(): Promise<void>
}

/** Starts the demo and waits for the URL that it prints. */
export async function startDemo(parameters: readonly string[]): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'demo-open-'))
  const note = join(folder, 'opened')
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" >"${note}"\n`, { mode: 0o755 })
  // The command of package.json without npm and its shell, which have exit codes of their own.
  const command = ['--import', 'tsx', join('demo', 'main.ts'), '--open', ...parameters]
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, TMPDIR: folder, PATH: `${folder}:${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, name)
  }
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  let printed = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      printed += text
      const [, found] = /^Open this page: (\S+)$/m.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
    child.on('error', reject)
    child.on('close', () => reject(new Error(`The demo ended at once:\n${printed}`)))
  })
  return {
    address,
    opened: async () => (existsSync(note) ? readFileSync(note, 'utf8') : ''),
    pressCtrlC: async () => {
      signal('SIGINT')
      const code = await ended
      return {
        code,
        leftOver: readdirSync(folder).filter(name => name.startsWith('simulated-runner'))
      }
    },
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) signal('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
