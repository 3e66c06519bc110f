import type { DeploymentRecord, RepositoryStore } from '../../simulator/github/index.ts'
import { stateWithReason, type View, viewLink } from './deployment.ts'
import { type Html, html, isolate } from './html.ts'
import { age } from './words.ts'

/** Names are case-insensitive. URLs cannot contain lone surrogates, so all lone surrogates are equal. */
export const isSameName = (a: string, b: string): boolean => keyOf(a) === keyOf(b)

const keyOf = (name: string): string => name.toWellFormed().toLowerCase()

/** Environments in order of creation, so that the live page does not reorder them. */
export function environmentNames(store: RepositoryStore): string[] {
  const names = [
    ...store.environments().map(({ name }) => name),
    // Deleting an environment does not delete its deployments.
    ...store.deployments().map(({ environment }) => environment)
  ]
  return names.filter((name, index) => names.findIndex(each => isSameName(each, name)) === index)
}

/** An environment with its active deployment and, if different, its newest one. */
export function environmentItem(view: View, name: string): Html {
  const { store, urls } = view
  const own = store.deployments().filter(({ environment }) => isSameName(environment, name))
  const active = own.findLast(({ id }) => store.deploymentState(id) === 'ACTIVE')
  const rows = [...new Set([active, own.at(-1)])].filter(each => each !== undefined)
  return html`<li id="e-${encodeURIComponent(keyOf(name))}">
<h3><a href="${urls.environment(name)}">${isolate(name)}</a></h3>
${rows.length === 0 ? html`<p class="facts">Never deployed</p>` : rows.map(each => row(view, each))}
</li>
`
}

const row = ({ store, urls, now }: View, deployment: DeploymentRecord): Html =>
  html`<p class="facts">${stateWithReason(store, deployment)} <span>${urls.commitLink(deployment.sha)}, ${age(deployment.updatedAt, now)}</span> <span class="view">${viewLink(store, deployment)}</span></p>
`
