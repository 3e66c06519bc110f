import type { DeploymentRecord, RepositoryStore } from '../../simulator/github/index.ts'
import { count, deploymentItem } from './deployment.ts'
import { environmentItem, environmentNames, isSameName } from './environment.ts'
import { foreign, type Html, html } from './html.ts'
import { documentOf } from './layout.ts'
import { type Places, placesOf } from './links.ts'
import { stateWords } from './words.ts'

const PER_PAGE = 25

export interface PageOptions {
  readonly now: number
  /** Only this one. */
  readonly environment?: string
  /** Only those of this commit. */
  readonly sha?: string
  /** From 1. */
  readonly page?: number
}

/** The page of a repository's deployments, newest first: all of it, with its style and script. */
export function deploymentsPage(store: RepositoryStore, options: PageOptions): string {
  const { environment, sha, now, page = 1 } = options
  const places = placesOf(store)
  const shown = { store, places, now }
  const all = store
    .deployments()
    .filter(each => environment === undefined || isSameName(each.environment, environment))
    .filter(each => sha === undefined || each.sha === sha)
    .toReversed()
  const visible = all.slice((page - 1) * PER_PAGE, page * PER_PAGE)
  const names = environment === undefined ? environmentNames(store) : [environment]
  const heading = headingOf(options)
  const body = html`
<h1>${heading}</h1>
<p id="news" role="status">${news(store, all[0])}</p>
${sha !== undefined ? undefined : environmentList(names.map(name => environmentItem(shown, name)))}
<section id="list" aria-labelledby="list-title"><h2 id="list-title">${count(all.length, 'deployment')}</h2>
<p class="quiet">Newest first. All times are UTC.</p>
<ol class="deployments">
${visible.map(each => deploymentItem(shown, each))}</ol>
${pager(places, options, all.length)}</section>`
  const title = `${environment ?? sha?.slice(0, 7) ?? 'Deployments'} · ${places.repository}`
  return documentOf(places, { title, body })
}

function headingOf({ environment, sha }: PageOptions): Html {
  if (environment !== undefined) return foreign(environment)
  return sha === undefined ? html`Deployments` : html`Commit <code>${sha.slice(0, 7)}</code>`
}

// It stands in a live region, so that who cannot see the page hears of each change.
const news = (store: RepositoryStore, newest: DeploymentRecord | undefined): Html =>
  newest
    ? html`${foreign(newest.environment)}: deployment ${newest.id} is ${stateWords(store.shownState(newest.id)).toLowerCase()}.`
    : html`Nothing has been deployed yet.`

const environmentList = (items: readonly Html[]): Html =>
  html`<section id="environments" aria-labelledby="environments-title"><h2 id="environments-title">${count(items.length, 'environment')}</h2>
<ul class="environments">
${items}</ul></section>`

function addressOf(places: Places, { environment, sha }: PageOptions): string {
  if (environment !== undefined) return places.environment(environment)
  return sha === undefined ? places.deployments : places.commit(sha)
}

function pager(places: Places, options: PageOptions, total: number): Html {
  const { page = 1 } = options
  if (total <= PER_PAGE) return html``
  const base = addressOf(places, options)
  const to = (number: number): string => `${base}${base.includes('?') ? '&' : '?'}page=${number}`
  const newer = page > 1 ? html`<a href="${to(page - 1)}">Newer</a>` : undefined
  const older = page * PER_PAGE < total ? html`<a href="${to(page + 1)}">Older</a>` : undefined
  return html`<nav id="pager" aria-label="Pages">${newer} ${older}</nav>`
}
