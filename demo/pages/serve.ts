import type { IncomingMessage } from 'node:http'
import type { LocalGitHub, Page, RepositoryStore } from '../../simulator/github/index.ts'
import { deploymentsPage } from './deployments-page.ts'
import { environmentNames, isSameName } from './environment.ts'
import { type Html, html, isolate } from './html.ts'
import { documentOf, PAGE_HEADERS } from './layout.ts'
import { pageUrls } from './links.ts'
import { deploymentBox, pullRequestPage } from './pull-request-page.ts'
import { createRunLogs, type RunLogs } from './run-logs.ts'
import { deploymentsOf, runPage } from './run-page.ts'
import { summarySection } from './summary.ts'

/** Serves the pages of the simulated GitHub's first repository at the same paths as on GitHub. */
export function servePages(github: LocalGitHub, logs: RunLogs = createRunLogs()): void {
  const { store } = github
  const { deployments } = pageUrls(store)
  const root = deployments.slice(0, -'deployments'.length)
  github.setPages(request => {
    const url = addressOf(request)
    if (url === undefined) return undefined
    if (url.pathname === '/' || `${url.pathname}/` === root)
      return { status: 302, headers: { location: deployments }, body: '' }
    if (url.pathname === '/favicon.ico') return { status: 204, headers: {}, body: '' }
    if (!url.pathname.startsWith(root)) return undefined
    const parts = decoded(url.pathname.slice(root.length))
    return (parts && pageAt(store, logs, parts, url.searchParams)) ?? notFoundPage(store)
  })
}

const ORIGIN = 'http://localhost'

const addressOf = ({ method, url = '' }: IncomingMessage): URL | undefined =>
  (method === 'GET' || method === 'HEAD') && URL.canParse(url, ORIGIN) ? new URL(url, ORIGIN) : undefined

function decoded(path: string): string[] | undefined {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}

function pageAt(
  store: RepositoryStore,
  logs: RunLogs,
  [first, second, ...rest]: readonly string[],
  query: URLSearchParams
): Page | undefined {
  if (first === 'actions' && second === 'runs') return runAt(store, logs, rest)
  if (rest.length > 0) return undefined
  const common = { now: store.state.clock.now(), page: pageNumber(query) }
  const [baseSha, sha] = first === 'compare' ? (second ?? '').split('...') : [undefined, second]
  if (first === 'commit' || first === 'compare') {
    const exists = [baseSha ?? sha, sha].every(each => store.deployments().some(found => found.sha === each))
    return exists
      ? okPage(deploymentsPage(store, { ...common, ...(sha && { sha }), ...(baseSha && { baseSha }) }))
      : undefined
  }
  if (first === 'pull') {
    const pull = logs.pullRequest(Number(second))
    return pull && okPage(pullRequestPage(store, { pull, now: common.now }))
  }
  if (first !== 'deployments') return undefined
  // GitHub's API returns `activity_log` URLs for environments.
  const name = second === 'activity_log' ? query.get('environments_filter') : second
  if (name === undefined || name === null) {
    return okPage(deploymentsPage(store, { ...common, sections: newest(store, logs) }))
  }
  const environment = environmentNames(store).find(each => isSameName(each, name))
  return environment === undefined ? undefined : okPage(deploymentsPage(store, { ...common, environment }))
}

/** The deployment box of the newest pull request, and the newest job summary. */
function newest(store: RepositoryStore, logs: RunLogs): Html[] {
  const urls = pageUrls(store)
  const pull = logs.pullRequest()
  const run = logs.newestWithSummary()
  const view = { store, urls, now: store.state.clock.now() }
  const pullLink = pull && html`<a href="${urls.pull(pull.number)}">Pull request #${pull.number}</a>`
  const runLink = run && html` of <a href="${urls.run(run.id)}">${isolate(run.title)}</a>`
  return [
    ...(pull ? [html`<p class="over">${pullLink}: ${isolate(pull.title)}</p>`, deploymentBox(view, pull)] : []),
    ...(run ? [summarySection(run.summaries, runLink)] : [])
  ]
}

/** `<run>`, `<run>/job/<check run>` and `<run>/attempts/<attempt>`, below `actions/runs`. */
function runAt(
  store: RepositoryStore,
  logs: RunLogs,
  [run, kind, number, ...rest]: readonly string[]
): Page | undefined {
  const id = Number(run)
  const log = logs.find(id)
  const isKnown = log !== undefined || deploymentsOf(store, id).length > 0
  const isPage = kind === undefined || ((kind === 'job' || kind === 'attempts') && rest.length === 0)
  if (!isKnown || !isPage) return undefined
  const checkRunId = kind === 'job' ? Number(number) : undefined
  return okPage(runPage(store, { id, log, checkRunId }))
}

const pageNumber = (query: URLSearchParams): number => {
  const page = Number(query.get('page') ?? 1)
  return Number.isSafeInteger(page) && page > 0 ? page : 1
}

const okPage = (body: string): Page => ({ status: 200, headers: { ...PAGE_HEADERS }, body })

const notFoundPage = (store: RepositoryStore): Page => {
  const urls = pageUrls(store)
  const body = html`<h1>Not found</h1><p>The simulated GitHub has no such page. <a href="${urls.deployments}">All deployments</a></p>`
  const page = documentOf(urls, { title: 'Not found', body })
  return { status: 404, headers: { ...PAGE_HEADERS }, body: page }
}
