import type { Browser, Page } from 'playwright-core'

// The width of the README on GitHub, in pixels.
const WIDTH = 880

/** Opens a page at the size of the pictures. */
export async function openPage(browser: Browser, address: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const viewport = { width: WIDTH, height: 200 }
  // axe needs a context for each page. Closing the context closes the page.
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 })
  const page = await context.newPage()
  await page.goto(address)
  return page
}
