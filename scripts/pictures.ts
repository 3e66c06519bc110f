/** Draws the pictures of `docs/pictures`, light and dark, and writes their HTML. Needs Chromium. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { openBrowser } from '../__tests__/tools/support/browser.ts'
import { PICTURES } from './pictures/list.ts'
import { openPage } from './pictures/open-page.ts'

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))
mkdirSync(folder, { recursive: true })

const browser = await openBrowser()
try {
  for (const [name, html] of Object.entries(PICTURES)) {
    const file = `${folder}${name}.html`
    writeFileSync(file, await html())
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage(browser, pathToFileURL(file).href, colorScheme)
      const path = `${folder}${name}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true })
      await page.context().close()
      process.stdout.write(`${path}\n`)
    }
  }
} finally {
  await browser.close()
}
