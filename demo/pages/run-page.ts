import type { DeploymentRecord, RepositoryStore } from '../../simulator/github/index.ts'
import { count } from './deployment.ts'
import { type Html, html, isolate } from './html.ts'
import { documentOf } from './layout.ts'
import { type PageUrls, pageUrls } from './links.ts'
import type { JobLog, RunLog, StepLog } from './run-logs.ts'
import { summarySection } from './summary.ts'
import { badge } from './words.ts'

/** The page of a run or of one of its jobs, with logs. */
export function runPage(
  store: RepositoryStore,
  run: { id: number; log: RunLog | undefined; checkRunId?: number | undefined }
): string {
  const urls = pageUrls(store)
  const { id, log, checkRunId } = run
  const jobs = (log?.jobs ?? []).filter(job => checkRunId === undefined || job.checkRunId === checkRunId)
  const body = html`
<h1>${isolate(log?.title ?? `Run ${id}`)}</h1>
<p id="news" role="status">Run ${id}: ${conclusionWords(log?.conclusion ?? (log ? 'in progress' : 'unknown'))}.</p>
${deploymentLinks(urls, deploymentsOf(store, id))}
${checkRunId === undefined ? summarySection(log?.summaries ?? []) : undefined}
${jobs.length === 0 ? html`<p>This log is not available.</p>` : jobs.map(jobSection)}
`
  return documentOf(urls, { title: `${log?.title ?? `Run ${id}`} · ${urls.repository}`, body })
}

/** The deployments with a status whose log URL belongs to this run. */
export const deploymentsOf = (store: RepositoryStore, run: number): readonly DeploymentRecord[] =>
  store.deployments().filter(({ statuses }) =>
    // With the slash, run 12 does not match run 123.
    statuses.some(({ logUrl }) => `${logUrl}/`.includes(`/actions/runs/${run}/`))
  )

const deploymentLinks = (urls: PageUrls, deployments: readonly DeploymentRecord[]): Html =>
  html`<ul class="plain">
${deployments.map(({ id, environment }) => html`<li><a href="${urls.environment(environment)}#d${id}">Deployment ${id} of ${isolate(environment)}</a></li>`)}</ul>`

const jobSection = ({ checkRunId, name, steps, conclusion }: JobLog): Html =>
  html`<section id="j${checkRunId}" aria-labelledby="j${checkRunId}-title">
<div class="head"><h2 id="j${checkRunId}-title">${isolate(name)}</h2>${jobBadge(conclusion)}</div>
<p class="quiet">${count(steps.length, 'step')}</p>
${steps.map((step, index) => stepDetails(step, `j${checkRunId}-${index}`))}
</section>
`

// The `job` context says `cancelled`; GitHub's documentation says "canceled".
const conclusionWords = (conclusion: string): string => (conclusion === 'cancelled' ? 'canceled' : conclusion)

const jobBadge = (conclusion: JobLog['conclusion']): Html => {
  if (conclusion === undefined) return badge('in_progress')
  return conclusion === 'cancelled' || conclusion === 'skipped'
    ? html`<span class="state" data-state="inactive">${conclusionWords(conclusion)}</span>`
    : badge(conclusion)
}

const stepDetails = ({ name, lines }: StepLog, id: string): Html =>
  lines.length === 0
    ? html`<p class="step" id="${id}">${isolate(name)}</p>
`
    : html`<details class="step" id="${id}" open><summary>${isolate(name)}</summary><pre>${lines.join('\n')}</pre></details>
`
