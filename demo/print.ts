import type { DeploymentRecord, LocalGitHub, RequestRecord } from '../simulator/github/index.ts'
import type { WorkflowResult } from '../simulator/runner/index.ts'
import { printedSummary } from './printed-summary.ts'

const time = (at: number): string => new Date(at).toISOString().slice(11, 19)

/** The statuses of a deployment, as on GitHub's page. */
export function timeline(deployment: DeploymentRecord, shown: string): string[] {
  const head = `Deployment ${deployment.id} of ${deployment.environment} at ${deployment.sha.slice(0, 7)}, shown as ${shown.toLowerCase()}`
  const events = deployment.statuses.map(status => {
    const facts = [status.description, status.environmentUrl].filter(part => part !== '')
    return `  ${time(status.createdAt)}  ${status.state.padEnd(11)}  ${facts.join('  ')}`.trimEnd()
  })
  const log = deployment.statuses.at(-1)?.logUrl ?? ''
  return [head, `  ${time(deployment.createdAt)}  created`, ...events, `  log: ${log}`]
}

/** A request and its response status in one line. */
export function requestLine(request: RequestRecord): string {
  const body = request.body as Record<string, unknown> | undefined
  const state = typeof body?.['state'] === 'string' ? ` ${body['state']}` : ''
  const path = request.path.replace(/^\/repos\/[^/]+\/[^/]+/, '')
  return `  ${request.method} ${path}${state}  ->  ${request.status}`
}

/** Prints the deployment, the requests and the job summary of a scenario. */
export function printScenario(
  github: LocalGitHub,
  result: WorkflowResult,
  requests: readonly RequestRecord[],
  deployment: DeploymentRecord | undefined,
  print: (text: string) => void
): void {
  if (deployment) {
    for (const line of timeline(deployment, github.store.deploymentState(deployment.id))) print(line)
  }
  print('Requests:')
  for (const request of requests) print(requestLine(request))
  const summaries = Object.values(result.jobs).flatMap(job => job.summaries)
  print('Job summary:')
  for (const line of printedSummary(summaries.join('\n'), github.origin)) print(`  ${line}`)
}
