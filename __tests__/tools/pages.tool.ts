import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { createRunLogs, servePages } from '../../demo/pages/index.ts'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runWorkflow } from '../../simulator/runner/index.ts'
import { ROOT, startGitHub } from '../support/scenario.ts'
import { openBrowser } from './support/browser.ts'
import { startDemo } from './support/demo.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const said: string[] = []
afterEach(() => {
  // No script error, and nothing that the content security policy blocked.
  expect(said.splice(0)).toEqual([])
})

async function openPage(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.on('pageerror', error => said.push(error.message))
  page.on('console', message => {
    // Chromium logs a closed server and a missing page.
    if (!/ERR_CONNECTION_REFUSED|status of 404/.test(message.text())) said.push(message.text())
  })
  await page.goto(address)
  return page
}

test('the page of the demo updates itself from in progress to active, until Ctrl-C', async () => {
  const demo = await startDemo(['--pace', '0.5'])
  try {
    const page = await openPage(demo.address)
    const first = page.locator('main ol.deployments > li').last()
    await first.locator('.head .state', { hasText: 'In progress' }).waitFor()
    const summary = first.locator('summary')
    await summary.press('Enter')
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))

    await first.locator('.head .state', { hasText: 'Active' }).waitFor()
    expect(await page.evaluate(() => Object(globalThis).isSamePage)).toBe(true)
    // An update keeps the focus and closed details.
    expect(await summary.evaluate(element => element.matches(':focus'))).toBe(true)
    expect(await first.locator('details').getAttribute('open')).toBeNull()
    const view = first.getByRole('link', { name: /^View deployment/ })
    expect(await view.getAttribute('href')).toBe('https://www.example.com/')
    expect(await demo.opened()).toBe(demo.address)

    await summary.press('Enter')
    await first.getByRole('link', { name: /^Log/ }).last().click()
    await page.getByRole('heading', { name: 'A push to main is deployed' }).waitFor()
    await page.getByText('Replace this line with your own deploy').waitFor()

    await page.goBack()
    await page.locator('.environments .state', { hasText: 'In progress' }).waitFor()
    const { code, leftOver } = await demo.pressCtrlC()
    expect({ code, leftOver }).toEqual({ code: 0, leftOver: [] })
    await page.getByText('The simulated GitHub has ended.').waitFor()
    await page.context().close()
  } finally {
    await demo.kill()
  }
})

// Without a blank, hyphen, or slash, at which a browser would break the line.
const LONG = 'averylongname'.repeat(10)
const SHA = 'a'.repeat(40)
const HOSTILE = '<img src=x onerror="throw Error()">'

/** A repository with deployments in many states and with long names, and the URLs of its pages. */
async function populated(): Promise<{ github: LocalGitHub; addresses: string[] }> {
  const github = await startGitHub()
  const logs = createRunLogs()
  servePages(github, logs)
  const root = `${github.origin}/octo-org/octo-repo`
  const logUrl = `${root}/actions/runs/7/job/4242`
  const common = { logUrl, description: LONG, environmentUrl: 'https://www.example.com' }
  const states = ['success', 'failure', 'queued', 'inactive', 'in_progress'] as const
  for (const state of states) github.store.seedDeployment({ ...common, environment: 'qa', state })
  for (const environment of [LONG, HOSTILE]) {
    github.store.seedDeployment({ ...common, environment, task: LONG, state: 'success' })
  }
  for (let more = 0; more < 25; more += 1) github.store.seedDeployment({ environment: 'qa' })
  const pull = event('pull_request', { sha: SHA, number: 12, payload: { pull_request: { title: LONG } } })
  github.store.seedDeployment({ ...common, environment: LONG, sha: SHA, state: 'success' })
  const { options, end } = logs.begin({
    ...{ id: 7, title: LONG, event: pull, checkRunId: () => 4242, onStep: () => undefined }
  })
  const summary = `| ${LONG} | b |\\n| --- | --- |\\n| ${LONG} | ${LONG} |\\n`
  end(
    await runWorkflow({
      workflow: `on: push\njobs: { deploy: { steps: [{ run: 'echo ${LONG}' }, { run: 'printf "${summary}" >> "$GITHUB_STEP_SUMMARY"' }] } }\n`,
      ...{ root: ROOT, event: pull },
      ...options
    })
  )
  const hostile = `deployments/${encodeURIComponent(HOSTILE)}`
  const paths = ['deployments?page=2', hostile, 'pull/12', 'actions/runs/7', 'nothing']
  return { github, addresses: [...paths.map(path => `${root}/${path}`), logUrl] }
}

/** Serious accessibility problems. */
const serious = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))

test('no page has a serious accessibility problem, light or dark, or scrolls sideways on a phone', async () => {
  const { addresses } = await populated()
  const phone = { viewport: { width: 320, height: 640 } }
  const page = await openPage('about:blank', phone)
  for (const address of addresses) {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(address)
    const sizes = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))
    expect([address, sizes.scrollWidth]).toEqual([address, sizes.clientWidth])
    const light = serious(await new AxeBuilder({ page }).analyze())
    expect([address, light]).toEqual([address, []])
    await page.emulateMedia({ colorScheme: 'dark' })
    // Nothing else differs.
    const dark = serious(await new AxeBuilder({ page }).withRules('color-contrast').analyze())
    expect([address, dark]).toEqual([address, []])
  }
  await page.context().close()
})

test('the keyboard is enough: it skips the header, reaches each link, and closes and opens details', async () => {
  const { github } = await populated()
  const page = await openPage(`${github.origin}/`)
  const focused = () => page.locator(':focus').textContent()
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skip to content')
  expect(await page.locator('.skip').evaluate(link => link.getBoundingClientRect().height)).toBeGreaterThan(10)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('qa')
  const summary = page.locator('summary').first()
  while ((await focused()) !== (await summary.textContent())) await page.keyboard.press('Tab')
  const isOpen = () =>
    page
      .locator('details')
      .first()
      .evaluate(element => element.hasAttribute('open'))
  const seen = [await isOpen()]
  for (const key of ['Enter', 'Space']) {
    await page.keyboard.press(key)
    seen.push(await isOpen())
  }
  expect(seen).toEqual([true, false, true])
  expect(await summary.evaluate(element => element.matches(':focus-visible'))).toBe(true)
  await page.context().close()
})

test('the page is complete without its script', async () => {
  const { github } = await populated()
  const page = await openPage(`${github.origin}/`, { javaScriptEnabled: false })
  expect(await page.locator('ol.deployments > li').count()).toBe(25)
  await page.getByRole('link', { name: 'Older' }).click()
  expect(await page.locator('ol.deployments > li').count()).toBe(8)
  await page.context().close()
})
