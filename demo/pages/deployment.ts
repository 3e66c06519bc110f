import type { DeploymentRecord, RepositoryStore, StatusRecord } from '../../simulator/github/index.ts'
import { type Html, html, isolate, link } from './html.ts'
import type { PageUrls } from './links.ts'
import { age, badge, clock, durationText, moment, refOf } from './words.ts'

/** What all parts of a page use. */
export interface View {
  store: RepositoryStore
  urls: PageUrls
  now: number
}

/** "View deployment". GitHub does not show it for a destroyed deployment. */
export function viewLink(store: RepositoryStore, { id, statuses }: DeploymentRecord): Html {
  const address = statuses.at(-1)?.environmentUrl ?? ''
  if (address === '' || store.deploymentState(id) === 'DESTROYED') return html``
  return link(address, html`View deployment<span class="hidden"> ${id}</span>`)
}

/** A deployment with all its statuses, their times and logs. */
export function deploymentItem({ store, urls, now }: View, deployment: DeploymentRecord): Html {
  const { id, environment, sha, task, creator, createdAt, statuses } = deployment
  const ref = refOf(deployment)
  const time = durationText(deployment)
  return html`<li id="d${id}"><article aria-labelledby="h${id}">
<div class="head"><h3 id="h${id}"><a href="${urls.environment(environment)}">${isolate(environment)}</a> <span class="number">${id}</span></h3>
${stateWithReason(store, deployment)}<span class="view">${viewLink(store, deployment)}</span></div>
<p class="facts">${ref === undefined ? undefined : html`<span class="ref">${isolate(ref)}</span> at `}${urls.commitLink(sha)}
${task === 'deploy' ? undefined : html`for ${isolate(task)} `}by ${isolate(creator.login)}, ${age(createdAt, now)}${time === undefined ? undefined : html`, took ${time}`}</p>
${deployment.description ? html`<p>${isolate(deployment.description)}</p>` : undefined}
<details open><summary>${count(statuses.length, 'state')} since ${moment(createdAt)}<span class="hidden"> of deployment ${id}</span></summary>
<ol class="states">
${statuses.map(status => statusItem(status))}</ol></details>
</article></li>
`
}

/** The state, and the description of the newest status, which tells a canceled deployment from a failed one. */
export function stateWithReason(store: RepositoryStore, { id, statuses }: DeploymentRecord): Html {
  const reason = statuses.at(-1)?.description ?? ''
  return html`${badge(store.deploymentState(id))}${reason === '' ? undefined : html` <span class="facts">${isolate(reason)}</span>`}`
}

const statusItem = ({ id, state, createdAt, description, logUrl }: StatusRecord): Html =>
  html`<li>${badge(state)} ${clock(createdAt)}${description === '' ? undefined : html` ${isolate(description)}`}
${logUrl === '' ? undefined : html` ${link(logUrl, html`Log<span class="hidden"> of state ${id}</span>`)}`}</li>
`

/** `1 state`, `2 states` */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`
