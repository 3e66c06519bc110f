import { spawn } from 'node:child_process'

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
  linux: ['xdg-open']
}

/** Opens a URL with the platform's program. Does nothing if there is none. */
export function openInBrowser(address: string): void {
  const [program, ...parameters] = OPENERS[process.platform] ?? []
  if (program === undefined) return
  // In its own process group, so that Ctrl-C does not end a browser that this starts.
  const child = spawn(program, [...parameters, address], { detached: true, stdio: 'ignore' })
  child.on('error', () => undefined)
  child.unref()
}
