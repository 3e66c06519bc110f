import { spawn } from 'node:child_process'

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
  linux: ['xdg-open']
}

/** Opens an address by the platform's own program; where there is none, nothing happens. */
export function openInBrowser(address: string): void {
  const [program, ...parameters] = OPENERS[process.platform] ?? []
  if (program === undefined) return
  // In a group of its own, so that Ctrl-C here does not reach a browser that this has started.
  const child = spawn(program, [...parameters, address], { detached: true, stdio: 'ignore' })
  child.on('error', () => undefined)
  child.unref()
}
