import { expect, test } from '@jest/globals'
import { createRunLogs, deploymentsPage, servePages } from '../../demo/pages/index.ts'
import { printedSummary } from '../../demo/printed-summary.ts'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { RunnerEvent } from '../../simulator/runner/index.ts'
import { ACTION, runJobs, startGitHub } from '../support/scenario.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const at = (minutes: number) => NOW + minutes * 60_000
const SHA = 'a'.repeat(40)

/** The text of a page, with single spaces. */
const seen = (page: string): string =>
  page
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

const hrefs = (page: string): string[] =>
  [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

/** The tags of a page, without the values of their attributes. */
const skeleton = (page: string): string[] =>
  [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))

test('the page shows environments and deployments as GitHub does', async () => {
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
  store.seedStatus(id, { state: 'failure', description: 'Canceled', logUrl })
  now = at(9)
  const page = deploymentsPage(store, { now })
  const text = seen(page)
  expect(text).toContain('1 environment production Active 6dcb09b , 9 minutes ago View deployment')
  // Below the active deployment, a newer one is labeled with its result.
  expect(text).toContain('Failure Canceled aaaaaaa , 2 minutes ago')
  expect(text).toContain('topic at aaaaaaa for deploy:api by github-actions[bot] , 4 minutes ago')
  expect(text).toContain('took 1 min 5 s Release 2')
  expect(text).toContain('2 states since 2026-03-01 12:05:00 of deployment')
  expect(text).toContain('In progress 12:05:00 Failure 12:06:05 Canceled Log')
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
  // GitHub rejects these two, but the page does not rely on that.
  status.environmentUrl = 'javascript:alert(5)'
  status.logUrl = 'data:text/html,<script>alert(6)</script>'
  return deploymentsPage(store, { now: NOW })
}

test('untrusted text adds no tag, attribute, or link to the page', async () => {
  const hostile = await pageWith(HOSTILE)
  expect(skeleton(hostile)).toEqual(skeleton(await pageWith(PLAIN)))
  expect(hrefs(hostile).filter(href => !/^(\/|#main$|data:,$)/.test(href))).toEqual([])
  expect(hostile).toContain('&lt;/main&gt;&lt;a href=&quot;javascript:')
  expect(hostile).not.toContain('\u0000')
})

const NAMES = ['..', 'activity_log', 'pr-12/api', 'a b%2F?#', 'Ünï', 'half \ud800', '']

/** Reads every page of the simulated GitHub that links lead to. */
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

test('every link leads to a page, for any environment name, and no page needs the API', async () => {
  const github = await startGitHub()
  servePages(github)
  const logUrl = `${github.origin}/octo-org/octo-repo/actions/runs/12/attempts/1`
  for (const environment of NAMES) github.store.seedDeployment({ environment, logUrl })
  const ids = NAMES.map((_, index) => github.store.deployments()[index]?.id ?? 0)
  for (const id of ids) github.store.seedStatus(id, { state: 'success', logUrl })
  for (let more = 0; more < 25; more += 1) github.store.seedDeployment({ environment: 'qa' })
  const pages = await crawl(github)
  const shown = (id: number) => [...pages.values()].filter(page => page.includes(`id="d${id}"`))
  // On the second page of all deployments, on that of its commit, and on that of its environment.
  expect(ids.map(id => shown(id).length)).toEqual(NAMES.map(() => 3))
  expect([...pages.keys()]).toContain(logUrl)
  expect(github.requests).toEqual([])
  for (const path of ['nothing', 'deployments/nothing', 'deployments/%ff', 'actions/runs/1', 'a/b']) {
    const answer = await fetch(`${github.origin}/octo-org/octo-repo/${path}`)
    expect([path, answer.status]).toEqual([path, 404])
  }
})

/** Runs jobs as the demo does, and records their logs. */
async function runLogged(github: LocalGitHub, jobs: string, { event, onStep = () => undefined }: Logged) {
  const logs = createRunLogs()
  servePages(github, logs)
  const { options, end } = logs.begin({ id: 7, title: 'A run', checkRunId: () => 4242, event, onStep })
  const result = await runJobs(github, jobs, { event, ...options })
  end(result)
  return result
}

interface Logged {
  event: RunnerEvent
  onStep?: () => Promise<void> | undefined
}

const textAt = async (github: LocalGitHub, path: string): Promise<string> =>
  seen(await (await fetch(`${github.origin}/octo-org/octo-repo/${path}`)).text())

test('the log of a job is shown while it runs, with its steps and without secrets', async () => {
  const github = await startGitHub()
  const address = 'actions/runs/7/job/4242'
  const during: string[] = []
  const first = 'echo "::add-mask::hush"; echo "hush <b>loud</b>"; echo "::warning::Mind"'
  await runLogged(github, `deploy: { steps: [{ name: First, run: '${first}' }, { name: Second, run: 'exit 3' }] }`, {
    event: event('push'),
    onStep: async () => void during.push(await textAt(github, address))
  })
  expect(during[1]).toContain('Run 7: in progress.')
  expect(during[1]).toContain('First *** &lt;b&gt;loud&lt;/b&gt; Warning: Mind Second')
  const after = await textAt(github, address)
  expect(after).toContain('Run 7: failure.')
  expect(after).toContain('deploy Failure 2 steps')
  expect(after).toContain('Second Error: Process completed with exit code 3.')
})

const PREVIEW = `
  deploy:
    steps:
      - uses: ${ACTION}
        with: { environment-url: 'https://pr-12.example.com' }
      - run: RESULT
`
const PULL = { number: 12, sha: SHA, branch: 'taxes', payload: { pull_request: { title: '<b>Taxes</b>' } } }

test.each([
  ['true', 'temporarily deployed to pr-12', 'This branch was successfully deployed 1 active deployment'],
  ['exit 1', 'had a problem deploying to pr-12', 'This branch had an error being deployed 1 failed deployment']
])('a pull request shows its deployment, and the run its summary: %s', async (command, line, box) => {
  const github = await startGitHub({ commits: [SHA] })
  github.store.seedDeployment({ environment: 'pr-12', transient: true, state: 'success' })
  const opened = event('pull_request', { action: 'opened', ...PULL })
  const { jobs } = await runLogged(github, PREVIEW.replace('RESULT', command), { event: opened })
  const text = await textAt(github, 'pull/12')
  expect(text).toContain('&lt;b&gt;Taxes&lt;/b&gt; #12 Open')
  expect(text).toContain(`github-actions[bot] ${line}`)
  expect(text).toContain(box)
  const run = await textAt(github, 'actions/runs/7')
  const [heading = ''] = printedSummary(jobs['deploy']?.summaries.join('\n') ?? '', github.origin)
  expect(run).toContain(`Job summary ${heading.replace(/ \(https.*/, '')}`)
  const paths = [...(await crawl(github)).keys()].map(page => new URL(page).pathname)
  const compared = `/octo-org/octo-repo/compare/${github.store.deployments()[0]?.sha}...${SHA}`
  expect(paths).toEqual(expect.arrayContaining(['/octo-org/octo-repo/pull/12', compared]))
})

test('the page of a pull request says that it has no deployment, and the page of a closed one that its preview is destroyed', async () => {
  const github = await startGitHub({ commits: [SHA] })
  const closed = event('pull_request', { action: 'closed', ...PULL })
  await runLogged(github, 'test: { steps: [{ run: "true" }] }', { event: closed })
  expect(await textAt(github, 'pull/12')).toContain('#12 Closed')
  expect(await textAt(github, 'pull/12')).toContain('This branch has not been deployed No deployments')
  github.store.seedDeployment({ environment: 'pr-12', sha: SHA, transient: true, state: 'inactive' })
  expect(await textAt(github, 'pull/12')).toContain('This branch was previously deployed 1 destroyed deployment')
})

test('the terminal shows a summary as text, with links that work after the demo', () => {
  const page = 'http://127.0.0.1:1/octo-org'
  const summary = `### ✅ [qa](https://qa.example.com/)

Use &#96;x&#96; &amp; y

| Commit | Log |
| --- | --- |
| main at [1111111](${page}/commit/1) | [job](${page}/actions) |
`
  expect(printedSummary(summary, 'http://127.0.0.1:1')).toEqual([
    '✅ qa (https://qa.example.com/)',
    'Use `x` & y',
    'Commit           Log',
    'main at 1111111  job'
  ])
})
