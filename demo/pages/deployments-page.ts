import type { DeploymentRecord, RepositoryStore } from '../../simulator/github/index.ts'
import { count, deploymentItem } from './deployment.ts'
import { environmentItem, environmentNames, isSameName } from './environment.ts'
import { type Html, html, isolate } from './html.ts'
import { documentOf } from './layout.ts'
import { type PageUrls, pageUrls } from './links.ts'
import { stateWords } from './words.ts'

const PER_PAGE = 25

export interface PageOptions {
  readonly now: number
  /** Shows only this environment. */
  readonly environment?: string
  /** Shows only the deployments of this commit. */
  readonly sha?: string
  /** Shows the deployments of `sha` and of this earlier commit. */
  readonly baseSha?: string
  /** Sections between the environments and the deployments. */
  readonly sections?: readonly Html[]
  /** Starts at 1. */
  readonly page?: number
}

/** The page of a repository's deployments, newest first, as a complete HTML document. */
export function deploymentsPage(store: RepositoryStore, options: PageOptions): string {
  const { environment, sha, baseSha, now, sections = [], page = 1 } = options
  const urls = pageUrls(store)
  const view = { store, urls, now }
  const all = store
    .deployments()
    .filter(each => environment === undefined || isSameName(each.environment, environment))
    .filter(each => sha === undefined || each.sha === sha || each.sha === baseSha)
    .toReversed()
  const visible = all.slice((page - 1) * PER_PAGE, page * PER_PAGE)
  const names = environment === undefined ? environmentNames(store) : [environment]
  const heading = headingOf(options)
  const body = html`
<h1>${heading}</h1>
<p id="news" role="status">${news(store, all[0])}</p>
${sha !== undefined ? undefined : environmentList(names.map(name => environmentItem(view, name)))}
${sections}
<section id="list" aria-labelledby="list-title"><h2 id="list-title">${count(all.length, 'deployment')}</h2>
<p class="quiet">${range(page, all.length)}Newest first. All times are UTC.</p>
<ol class="deployments">
${visible.map(each => deploymentItem(view, each))}</ol>
${pager(urls, options, all.length)}</section>`
  const title = `${environment ?? sha?.slice(0, 7) ?? 'Deployments'} · ${urls.repository}`
  return documentOf(urls, { title, body })
}

/** `1 to 25. `, or nothing if one page shows all. */
const range = (page: number, total: number): string =>
  total <= PER_PAGE ? '' : `${(page - 1) * PER_PAGE + 1} to ${Math.min(page * PER_PAGE, total)}. `

function headingOf({ environment, sha, baseSha }: PageOptions): Html {
  if (environment !== undefined) return isolate(environment)
  if (sha !== undefined && baseSha !== undefined) {
    return html`Changes from <code>${baseSha.slice(0, 7)}</code> to <code>${sha.slice(0, 7)}</code>`
  }
  return sha === undefined ? html`Deployments` : html`Commit <code>${sha.slice(0, 7)}</code>`
}

// In a live region, so that screen readers announce changes.
const news = (store: RepositoryStore, newest: DeploymentRecord | undefined): Html =>
  newest
    ? html`${isolate(newest.environment)}: deployment ${newest.id} is ${stateWords(store.deploymentState(newest.id)).toLowerCase()}.`
    : html`Nothing has been deployed yet.`

const environmentList = (items: readonly Html[]): Html =>
  html`<section id="environments" aria-labelledby="environments-title"><h2 id="environments-title">${count(items.length, 'environment')}</h2>
<ul class="environments">
${items}</ul></section>`

function addressOf(urls: PageUrls, { environment, sha, baseSha }: PageOptions): string {
  if (environment !== undefined) return urls.environment(environment)
  if (sha !== undefined && baseSha !== undefined) return urls.compare(baseSha, sha)
  return sha === undefined ? urls.deployments : urls.commit(sha)
}

function pager(urls: PageUrls, options: PageOptions, total: number): Html {
  const { page = 1 } = options
  if (total <= PER_PAGE) return html``
  const base = addressOf(urls, options)
  const to = (number: number): string => `${base}${base.includes('?') ? '&' : '?'}page=${number}`
  const newer = page > 1 ? html`<a href="${to(page - 1)}">Newer</a>` : undefined
  const older = page * PER_PAGE < total ? html`<a href="${to(page + 1)}">Older</a>` : undefined
  return html`<nav id="pager" aria-label="Pages">${newer} ${older}</nav>`
}
