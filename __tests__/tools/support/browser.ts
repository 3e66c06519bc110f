import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome']

/** Starts the headless Chromium of this machine. The caller closes it. It downloads nothing. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find(existsSync)
  if (executablePath === undefined) {
    throw new Error(`No Chromium in ${PLACES.join(' or ')}. Run "bash .ci/tools browser".`)
  }
  // The sandbox does not work for root, as in containers. The pages are our own.
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
}
