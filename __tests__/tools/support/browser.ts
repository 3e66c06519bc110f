import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome']

/** A headless Chromium of this machine's own; the caller closes it. Nothing is fetched, not even a font. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find(existsSync)
  if (executablePath === undefined) {
    throw new Error(`No Chromium in ${PLACES.join(' or ')}. Run "bash .ci/tools browser".`)
  }
  // Root, as in containers, has no sandbox; the pages are our own.
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
}
