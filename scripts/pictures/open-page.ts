import type { Browser, Page } from 'playwright-core'

// As wide as the column of a repository's README.
const WIDTH = 880

/** Opens one of our pages as it is when all on it is drawn. Throws what Mermaid finds wrong in a diagram. */
export async function openPage(
  browser: Browser,
  address: string,
  colorScheme: 'light' | 'dark'
): Promise<Page> {
  const viewport = { width: WIDTH, height: 200 }
  // A context of its own, which axe asks for; closing it closes the page.
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 })
  const page = await context.newPage()
  await page.goto(address)
  await page.waitForSelector('body[data-drawn]')
  const drawn = await page.locator('body').getAttribute('data-drawn')
  if (drawn !== 'yes') throw new Error(`The page is not drawn: ${drawn}`)
  return page
}
