import type { Browser, Page } from 'playwright-core'

// As wide as the column of a repository's README.
const WIDTH = 880

/** Opens a page of the documentation's pictures. */
export async function openPage(browser: Browser, address: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const viewport = { width: WIDTH, height: 200 }
  // A context of its own, which axe asks for; closing it closes the page.
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 })
  const page = await context.newPage()
  await page.goto(address)
  return page
}
