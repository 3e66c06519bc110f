import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { openPage } from '../../scripts/pictures/open-page.ts'
import { markdownPage } from '../../scripts/pictures/page.ts'
import { deploySummary, pushed } from '../../scripts/pictures/scenarios.ts'
import { act } from '../support/act.ts'
import { ONE_LINE } from '../support/hostile.ts'
import { ROOT, startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { openBrowser } from './support/browser.ts'

// Summaries as GitHub shows them: its flavor of Markdown and its stylesheet, in a real browser.
const folder = mkdtempSync(join(tmpdir(), 'summary-'))
const modules = pathToFileURL(join(ROOT, 'node_modules')).href
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterEach(async () => {
  await Promise.all(browser.contexts().map(context => context.close()))
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Scheme = 'light' | 'dark'

/** Opens the page of a summary. */
function show(summary: string, scheme: Scheme = 'light'): Promise<Page> {
  const file = join(folder, 'summary.html')
  writeFileSync(file, markdownPage('Summary', summary, modules))
  return openPage(browser, pathToFileURL(file).href, scheme)
}

const DEPLOY = {
  environment: 'qa',
  jobStatus: 'success',
  seconds: 134,
  event: pushed('Fix totals')
}

const linksOf = async (page: Page): Promise<[string, string][]> =>
  page
    .locator('main a')
    .evaluateAll(links => links.map(link => [link.textContent ?? '', link.getAttribute('href') ?? '']))

/** The accessibility violations that axe finds. */
async function obstacles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)
}

test.each<Scheme>(['light', 'dark'])('a deploy in %s colours', async scheme => {
  const page = await show(await deploySummary(DEPLOY), scheme)
  expect(await page.locator('main h3').textContent()).toBe('✅ Deployed to qa')
  const repository = 'https://github.com/octo-org/octo-repo'
  expect(await linksOf(page)).toEqual([
    ['https://app.example.com', 'https://app.example.com/'],
    [expect.stringMatching(/^[0-9a-f]{7}$/), expect.stringMatching(`^${repository}/commit/[0-9a-f]{40}$`)],
    [expect.stringMatching(/^since /), expect.stringMatching(`^${repository}/compare/\\w{40}\\.{3}\\w{40}$`)],
    [expect.stringMatching(/^\d+$/), `${repository}/deployments/activity_log?environments_filter=qa`],
    ['job', expect.stringMatching(`^${repository}/actions/runs/\\d+/job/\\d+$`)]
  ])
  expect(await obstacles(page)).toEqual([])
})

/** Untrusted text stays text: it adds no element, and ends no table, paragraph or heading. */
async function expectInert(page: Page, columns: number): Promise<void> {
  const alive = page.locator('main').locator('script, img, iframe, form, input, code, details, del')
  expect(await alive.count()).toBe(0)
  const cells = await page
    .locator('main tr')
    .evaluateAll(rows => rows.map(row => row.querySelectorAll('th, td').length))
  expect(new Set(cells)).toEqual(new Set([columns]))
  const texts = await page.locator('main').locator('h3, p, td').allTextContents()
  // GitHub looks for these in what is shown, after entities are read.
  expect(texts.length).toBeGreaterThan(4)
  expect(texts.join('\n')).not.toMatch(/[@#]\w/)
  for (const [, address] of await linksOf(page)) {
    expect(new URL(address).origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$|^https:\/\/(github\.com|app\.example\.com)$/)
  }
}

test('untrusted text is shown verbatim and has no effect', async () => {
  const inputs = { description: ONE_LINE.slice(0, 100) }
  const event = pushed(ONE_LINE, `@octocat ${ONE_LINE}`)
  const environment = ONE_LINE.slice(0, 250)
  const page = await show(await deploySummary({ ...DEPLOY, environment, event, inputs }))
  await expectInert(page, 5)
  // As it reads, but for what keeps the mention and the runner's command apart.
  const line = (await page.locator('main p').last().textContent()) ?? ''
  expect(line.replaceAll('\u200b', '')).toContain('<img src=x onerror=1> </td></details> [x](javascript:1)')
  expect(await page.locator('main h3 a').count()).toBe(0)
  expect(await page.locator('main p').first().locator('a').count()).toBe(1)
})

test('a deactivate is a table, whatever the environments are called', async () => {
  const github = await startGitHub()
  const environment = ONE_LINE.slice(0, 250)
  seed(github, { environment }, { environment, state: 'in_progress' }, { environment: 'qa' })
  const inputs = { mode: 'deactivate', environment: '*<*, qa', delete: 'deployments' }
  const { summary } = await act(github, inputs)
  const page = await show(summary)
  await expectInert(page, 4)
  expect(await page.locator('main tbody tr').count()).toBe(3)
  expect(await page.locator('main h3').textContent()).toMatch(/Deactivated 3 deployments and deleted 3$/)
  expect((await linksOf(page)).map(([text]) => text)).toEqual(expect.arrayContaining(['qa']))
  expect(await obstacles(page)).toEqual([])
})
