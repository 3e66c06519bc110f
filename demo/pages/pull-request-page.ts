import type { DeploymentRecord, DeploymentState, RepositoryStore } from '../../simulator/github/index.ts'
import { count, stateWithReason, type View, viewLink } from './deployment.ts'
import { isSameName } from './environment.ts'
import { type Html, html, isolate } from './html.ts'
import { documentOf } from './layout.ts'
import { pageUrls } from './links.ts'
import type { PullRequest } from './pull-requests.ts'
import { age, badge, stateWords } from './words.ts'

/** The page of a pull request: a line for each deployment of its newest commit, and the deployment box. */
export function pullRequestPage(store: RepositoryStore, { pull, now }: { pull: PullRequest; now: number }): string {
  const urls = pageUrls(store)
  const view = { store, urls, now }
  const { number, title, author, state, branch, base, sha } = pull
  const body = html`
<h1>${isolate(title)} <span class="number">#${number}</span></h1>
<p class="facts"><span class="label" data-pull="${state}">${state}</span> ${isolate(author)} wants to merge <code>${isolate(branch)}</code> into <code>${isolate(base)}</code></p>
<ol class="timeline">
<li>${isolate(author)} pushed ${urls.commitLink(sha)}</li>
${deploymentsOf(store, pull).map(each => timelineItem(view, each))}</ol>
${deploymentBox(view, pull)}
`
  return documentOf(urls, { title: `${title} · #${number} · ${urls.repository}`, body })
}

/** GitHub shows a deployment on a pull request by its commit. */
const deploymentsOf = (store: RepositoryStore, { sha }: PullRequest): readonly DeploymentRecord[] =>
  store.deployments().filter(each => each.sha === sha)

const timelineItem = (view: View, deployment: DeploymentRecord): Html => {
  const { id, creator, environment, createdAt, transient } = deployment
  const state = view.store.deploymentState(id)
  return html`<li id="t${id}">${isolate(creator.login)} ${verb(state, transient)} <a href="${view.urls.environment(environment)}">${isolate(environment)}</a> ${age(createdAt, view.now)} ${badge(state)} <span class="view">${viewLink(view.store, deployment)}</span></li>
`
}

function verb(state: DeploymentState, isTransient: boolean): string {
  if (state === 'FAILURE' || state === 'ERROR') return 'had a problem deploying to'
  if (state === 'ACTIVE' || state === 'INACTIVE' || state === 'DESTROYED') {
    return isTransient ? 'temporarily deployed to' : 'deployed to'
  }
  return 'requested a deployment to'
}

/** The states that decide the heading, most important first. */
const HEADINGS: readonly (readonly [readonly DeploymentState[], string])[] = [
  [['FAILURE', 'ERROR'], 'This branch had an error being deployed'],
  [['IN_PROGRESS', 'QUEUED', 'PENDING', 'WAITING'], 'This branch is being deployed'],
  [['ACTIVE'], 'This branch was successfully deployed'],
  [['INACTIVE', 'DESTROYED', 'ABANDONED'], 'This branch was previously deployed']
]

const WORDS: Partial<Record<DeploymentState, string>> = { FAILURE: 'failed', IN_PROGRESS: 'in progress' }

/** The box above the merge button: the newest deployment of each environment. */
export function deploymentBox(view: View, pull: PullRequest): Html {
  const deployments = deploymentsOf(view.store, pull)
  const newest = deployments.filter(
    (each, index) => !deployments.slice(index + 1).some(later => isSameName(later.environment, each.environment))
  )
  const states = newest.map(({ id }) => view.store.deploymentState(id))
  const heading = HEADINGS.find(([some]) => states.some(state => some.includes(state)))
  const counts = [...new Set(states)].map(state => {
    const word = WORDS[state] ?? stateWords(state).toLowerCase()
    return count(states.filter(each => each === state).length, `${word} deployment`)
  })
  return html`<section id="box" class="box" aria-labelledby="box-title" data-state="${heading?.[0][0]?.toLowerCase() ?? 'none'}">
<h2 id="box-title">${heading?.[1] ?? 'This branch has not been deployed'}</h2>
<p class="facts">${counts.length === 0 ? 'No deployments' : counts.join(', ')}</p>
<ul>
${newest.map(each => boxRow(view, each))}</ul></section>`
}

const boxRow = (view: View, deployment: DeploymentRecord): Html => {
  const { id, environment } = deployment
  return html`<li id="b${id}"><span class="name"><a href="${view.urls.environment(environment)}#d${id}">${isolate(environment)}</a></span> ${stateWithReason(view.store, deployment)} <span class="view">${viewLink(view.store, deployment)}</span></li>
`
}
