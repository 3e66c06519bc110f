import type { DeploymentRecord, RepositoryStore } from '../github/index.ts'
import { viewLink } from './deployment.ts'
import { foreign, type Html, html } from './html.ts'
import type { Places } from './links.ts'
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

/** An environment: how its newest deployment stands, and what is active. */
export function environmentItem(
  { store, places, now }: { store: RepositoryStore; places: Places; now: number },
  name: string
): Html {
  const own = store.deployments().filter(({ environment }) => isSameName(environment, name))
  const newest = own.at(-1)
  const active = own.findLast(({ id }) => store.shownState(id) === 'ACTIVE')
  return html`<li id="e-${encodeURIComponent(keyOf(name))}">
<div class="head"><h3><a href="${places.environment(name)}">${foreign(name)}</a></h3>${newest ? badge(store.shownState(newest.id)) : undefined}</div>
<p class="facts">${newest ? html`Newest ${places.commitLink(newest.sha)}, ${age(newest.updatedAt, now)}` : html`Never deployed`}</p>
<p class="facts">${active ? activeFacts(store, places, active) : html`Nothing is active`}</p>
</li>
`
}

const activeFacts = (store: RepositoryStore, places: Places, active: DeploymentRecord): Html =>
  html`Active ${places.commitLink(active.sha)} <span class="view">${viewLink(store, active)}</span>`
