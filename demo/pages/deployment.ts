import type {
  DeploymentRecord,
  RepositoryStore,
  StatusRecord
} from '../../simulator/github/index.ts'
import { foreign, type Html, html, link } from './html.ts'
import type { Places } from './links.ts'
import { age, badge, clock, moment, refOf, took } from './words.ts'

/** What every part of a page is made of. */
export interface Shown {
  store: RepositoryStore
  places: Places
  now: number
}

/** "View deployment". GitHub withdraws it from what is destroyed. */
export function viewLink(store: RepositoryStore, { id, statuses }: DeploymentRecord): Html {
  const address = statuses.at(-1)?.environmentUrl ?? ''
  if (address === '' || store.shownState(id) === 'DESTROYED') return html``
  return link(address, html`View deployment<span class="hidden"> ${id}</span>`)
}

/** One deployment: what it is, and all its states with their times and logs. */
export function deploymentItem({ store, places, now }: Shown, deployment: DeploymentRecord): Html {
  const { id, environment, sha, task, creator, createdAt, statuses } = deployment
  const ref = refOf(deployment)
  const time = took(deployment)
  return html`<li id="d${id}"><article aria-labelledby="h${id}">
<div class="head"><h3 id="h${id}"><a href="${places.environment(environment)}">${foreign(environment)}</a> <span class="number">${id}</span></h3>
${badge(store.shownState(id))}<span class="view">${viewLink(store, deployment)}</span></div>
<p class="facts">${ref === undefined ? undefined : html`<span class="ref">${foreign(ref)}</span> at `}${places.commitLink(sha)}
${task === 'deploy' ? undefined : html`for ${foreign(task)} `}by ${foreign(creator.login)}, ${age(createdAt, now)}${time === undefined ? undefined : html`, took ${time}`}</p>
${deployment.description ? html`<p>${foreign(deployment.description)}</p>` : undefined}
<details open><summary>${count(statuses.length, 'state')}<span class="hidden"> of deployment ${id}</span></summary>
<ol class="states">
<li><span class="state">Created</span> ${moment(createdAt)}</li>
${statuses.map(status => statusItem(status))}</ol></details>
</article></li>
`
}

const statusItem = ({ id, state, createdAt, description, logUrl }: StatusRecord): Html =>
  html`<li>${badge(state)} ${clock(createdAt)}${description === '' ? undefined : html` ${foreign(description)}`}
${logUrl === '' ? undefined : html` ${link(logUrl, html`Log<span class="hidden"> of state ${id}</span>`)}`}</li>
`

/** `1 state`, `2 states` */
export const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`
