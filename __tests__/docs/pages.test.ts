import { expect, test } from '@jest/globals'
import { createRunLogs, deploymentsPage, servePages } from '../../demo/pages/index.ts'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runWorkflow } from '../../simulator/runner/index.ts'
import { ROOT, startGitHub } from '../support/story.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const at = (minutes: number) => NOW + minutes * 60_000
const SHA = 'a'.repeat(40)

/** What a reader sees: no tags, no blanks but single ones. */
const seen = (page: string): string =>
  page
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

const hrefs = (page: string): string[] =>
  [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

/** The tags alone, without what their attributes say. */
const skeleton = (page: string): string[] =>
  [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))

test('the page tells of environments and of each deployment what GitHub would', async () => {
  let now = NOW
  const { store } = await startGitHub({ now: () => now })
  const logUrl = 'https://ci.example.com/1'
  const seed = { environment: 'production', environmentUrl: 'https://www.example.com', logUrl }
  store.seedDeployment({ ...seed, ref: 'main', state: 'success' })
  now = at(5)
  const { id } = store.seedDeployment({
    ...{ environment: 'production', sha: SHA, task: 'deploy:api', description: 'Release 2' },
    ...{ state: 'in_progress', payload: { 'deploy-status-action': { ref: 'topic' } } }
  })
  now = at(6) + 5_000
  store.seedStatus(id, { state: 'failure', description: 'Failed', logUrl })
  now = at(9)
  const page = deploymentsPage(store, { now })
  const text = seen(page)
  expect(text).toContain('Active 6dcb09b , 9 minutes ago View deployment')
  expect(text).toContain('Failure aaaaaaa , 2 minutes ago')
  expect(text).toContain('topic at aaaaaaa for deploy:api by github-actions[bot] , 4 minutes ago')
  expect(text).toContain('took 1 min 5 s Release 2')
  expect(text).toContain('Created 2026-03-01 12:05:00 In progress 12:05:00')
  expect(text).toContain('Failure 12:06:05 Failed Log')
  expect(hrefs(page)).toEqual(expect.arrayContaining(['https://www.example.com/', logUrl]))
})

const PLAIN = { name: 'qa', text: 'words' }
const HOSTILE = {
  name: `"><script>alert(1)</script><img src=x onerror='alert(2)'>\u0000\ud800`,
  text: `</main><a href="javascript:alert(3)" autofocus onfocus=alert(4)>${'\u202e'}</bdi>&#x3c;`
}

async function pageWith({ name, text }: typeof PLAIN): Promise<string> {
  const { store } = await startGitHub({ now: () => NOW })
  const deployment = store.seedDeployment({
    ...{ environment: name, description: text, task: text, creator: text, sha: SHA },
    payload: { 'deploy-status-action': { ref: text } }
  })
  const status = store.seedStatus(deployment.id, { state: 'success', description: text })
  // GitHub refuses these two; the page does not rely on that.
  status.environmentUrl = 'javascript:alert(5)'
  status.logUrl = 'data:text/html,<script>alert(6)</script>'
  return deploymentsPage(store, { now: NOW })
}

test('whatever strangers write stays text: it adds no tag, no attribute and no address', async () => {
  const hostile = await pageWith(HOSTILE)
  expect(skeleton(hostile)).toEqual(skeleton(await pageWith(PLAIN)))
  expect(hrefs(hostile).filter(href => !/^(\/|#main$|data:,$)/.test(href))).toEqual([])
  expect(hostile).toContain('&lt;/main&gt;&lt;a href=&quot;javascript:')
  expect(hostile).not.toContain('\u0000')
})

const NAMES = ['..', 'activity_log', 'pr-12/api', 'a b%2F?#', 'Ünï', 'half \ud800', '']

/** Reads every page of the local GitHub that a reader can come to by links. */
async function crawl(github: LocalGitHub): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const waiting = [`${github.origin}/`]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const address = next.replace(/#.*/, '')
    if (pages.has(address)) continue
    const answer = await fetch(address)
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`)
    pages.set(address, text)
    const links = hrefs(text).map(href => new URL(href, answer.url))
    waiting.push(...links.filter(url => url.origin === github.origin).map(url => url.href))
  }
  return pages
}

test('every link leads to a page, by names of any kind, and none of it is a request of the API', async () => {
  const github = await startGitHub()
  servePages(github)
  const logUrl = `${github.origin}/octo-org/octo-repo/actions/runs/12/attempts/1`
  for (const environment of NAMES) github.store.seedDeployment({ environment, logUrl })
  const ids = NAMES.map((_, index) => github.store.deployments()[index]?.id ?? 0)
  for (const id of ids) github.store.seedStatus(id, { state: 'success', logUrl })
  for (let more = 0; more < 25; more += 1) github.store.seedDeployment({ environment: 'qa' })
  const pages = await crawl(github)
  const shown = (id: number) => [...pages.values()].filter(page => page.includes(`id="d${id}"`))
  // On the page of all (the second of them), on that of its commit, and on that of its environment.
  expect(ids.map(id => shown(id).length)).toEqual(NAMES.map(() => 3))
  expect([...pages.keys()]).toContain(logUrl)
  expect(github.requests).toEqual([])
  for (const path of ['nothing', 'deployments/nothing', 'deployments/%ff', 'actions/runs/1', 'a/b']) {
    const answer = await fetch(`${github.origin}/octo-org/octo-repo/${path}`)
    expect([path, answer.status]).toEqual([path, 404])
  }
})

test('the log of a job is shown while it runs: its steps, what they say, and no secret', async () => {
  const github = await startGitHub()
  const logs = createRunLogs()
  servePages(github, logs)
  const address = `${github.origin}/octo-org/octo-repo/actions/runs/7/job/4242`
  const during: string[] = []
  const { options, end } = logs.begin({
    ...{ id: 7, title: 'A push', checkRunId: () => 4242 },
    onStep: async () => void during.push(seen(await (await fetch(address)).text()))
  })
  const first = 'echo "::add-mask::hush"; echo "hush <b>loud</b>"; echo "::warning::Mind"'
  const result = await runWorkflow({
    workflow: `on: push\njobs: { deploy: { steps: [{ name: First, run: '${first}' }, { name: Second, run: 'exit 3' }] } }\n`,
    ...{ root: ROOT, event: event('push'), env: { ...github.env() } },
    ...options
  })
  expect(during[1]).toContain('Run 7: in progress.')
  expect(during[1]).toContain('First *** &lt;b&gt;loud&lt;/b&gt; Warning: Mind Second')
  end(result)
  const after = seen(await (await fetch(address)).text())
  expect(after).toContain('Run 7: failure.')
  expect(after).toContain('deploy Failure 2 steps')
  expect(after).toContain('Second Error: Process completed with exit code 3.')
})
