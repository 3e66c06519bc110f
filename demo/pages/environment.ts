import type { DeploymentRecord, RepositoryStore } from '../../simulator/github/index.ts'
import { type Shown, viewLink } from './deployment.ts'
import { foreign, type Html, html } from './html.ts'
import { age, badge } from './words.ts'

/** GitHub compares names without case. An address cannot hold half a character, so that halves are alike. */
export const isSameName = (a: string, b: string): boolean => keyOf(a) === keyOf(b)

const keyOf = (name: string): string => name.toWellFormed().toLowerCase()

/** Environments in the order they came to be: a list that is sorted anew would move under the reader. */
export function environmentNames(store: RepositoryStore): string[] {
  const names = [
    ...store.environments().map(({ name }) => name),
    // An environment can be deleted while its deployments stay.
    ...store.deployments().map(({ environment }) => environment)
  ]
  return names.filter((name, index) => names.findIndex(each => isSameName(each, name)) === index)
}

/** An environment: what is active there, and how its newest deployment stands where that is another one. */
export function environmentItem(shown: Shown, name: string): Html {
  const { store, places } = shown
  const own = store.deployments().filter(({ environment }) => isSameName(environment, name))
  const active = own.findLast(({ id }) => store.shownState(id) === 'ACTIVE')
  const rows = [...new Set([active, own.at(-1)])].filter(each => each !== undefined)
  return html`<li id="e-${encodeURIComponent(keyOf(name))}">
<h3><a href="${places.environment(name)}">${foreign(name)}</a></h3>
${rows.length === 0 ? html`<p class="facts">Never deployed</p>` : rows.map(each => row(shown, each))}
</li>
`
}

const row = ({ store, places, now }: Shown, deployment: DeploymentRecord): Html =>
  html`<p class="facts">${badge(store.shownState(deployment.id))} ${places.commitLink(deployment.sha)}, ${age(deployment.updatedAt, now)} <span class="view">${viewLink(store, deployment)}</span></p>
`
