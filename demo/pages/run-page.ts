import type { DeploymentRecord, RepositoryStore } from '../../simulator/github/index.ts'
import { count } from './deployment.ts'
import { foreign, type Html, html } from './html.ts'
import { documentOf } from './layout.ts'
import { type Places, placesOf } from './links.ts'
import type { JobLog, RunLog, StepLog } from './run-logs.ts'
import { badge } from './words.ts'

/** The page of a run, or of one of its jobs with its log. */
export function runPage(
  store: RepositoryStore,
  run: { id: number; log: RunLog | undefined; checkRunId?: number | undefined }
): string {
  const places = placesOf(store)
  const { id, log, checkRunId } = run
  const jobs = (log?.jobs ?? []).filter(
    job => checkRunId === undefined || job.checkRunId === checkRunId
  )
  const body = html`
<h1>${foreign(log?.title ?? `Run ${id}`)}</h1>
<p id="news" role="status">Run ${id}: ${log?.conclusion ?? (log ? 'in progress' : 'unknown')}.</p>
${deploymentLinks(places, deploymentsOf(store, id))}
${jobs.length === 0 ? html`<p>Its log is not kept here.</p>` : jobs.map(jobSection)}
`
  return documentOf(places, { title: `${log?.title ?? `Run ${id}`} · ${places.repository}`, body })
}

/** The deployments whose states lead to this run. */
export const deploymentsOf = (store: RepositoryStore, run: number): readonly DeploymentRecord[] =>
  store.deployments().filter(({ statuses }) =>
    // The number is followed by a slash or is the last: run 12 isn't run 123.
    statuses.some(({ logUrl }) => `${logUrl}/`.includes(`/actions/runs/${run}/`))
  )

const deploymentLinks = (places: Places, deployments: readonly DeploymentRecord[]): Html =>
  html`<ul class="plain">
${deployments.map(({ id, environment }) => html`<li><a href="${places.environment(environment)}#d${id}">Deployment ${id} of ${foreign(environment)}</a></li>`)}</ul>`

const jobSection = ({ checkRunId, name, steps, conclusion }: JobLog): Html =>
  html`<section id="j${checkRunId}" aria-labelledby="j${checkRunId}-title">
<div class="head"><h2 id="j${checkRunId}-title">${foreign(name)}</h2>${jobBadge(conclusion)}</div>
<p class="quiet">${count(steps.length, 'step')}</p>
${steps.map((step, index) => stepDetails(step, `j${checkRunId}-${index}`))}
</section>
`

const jobBadge = (conclusion: JobLog['conclusion']): Html => {
  if (conclusion === undefined) return badge('in_progress')
  return conclusion === 'cancelled' || conclusion === 'skipped'
    ? html`<span class="state" data-state="inactive">${conclusion}</span>`
    : badge(conclusion)
}

const stepDetails = ({ name, lines }: StepLog, id: string): Html =>
  lines.length === 0
    ? html`<p class="step" id="${id}">${foreign(name)}</p>
`
    : html`<details class="step" id="${id}" open><summary>${foreign(name)}</summary><pre>${lines.join('\n')}</pre></details>
`
