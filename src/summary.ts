import type { Begun } from './begun.ts'
import type { RunContext } from './context.ts'
import { escapeMarkdown, facts, link } from './markdown.ts'
import type { Closed } from './modes/final-status.ts'
import type { Work } from './modes/retire.ts'

/** Markdown for the job's page. */
export type Summary = string

// The runner drops a summary of over 1 MiB; a table that long is read by nobody.
const MAX_SUMMARY_CHARS = 64 * 1024
const MAX_ROWS = 100

const EMBLEMS: Readonly<Record<string, string>> = {
  success: '✅',
  failure: '❌',
  error: '⚠️',
  inactive: '⚪',
  in_progress: '🔄',
  queued: '⏳',
  pending: '⏳'
}

/** The summary of a deployment that got its final state. */
export function closedSummary(run: RunContext, closed: Closed, now: number): Summary {
  const { target } = closed
  const begun = target.begun
  return deploymentSummary(run, {
    ...target,
    repository: begun?.repository ?? run.repository,
    state: closed.state,
    environmentUrl: closed.environmentUrl,
    logUrl: closed.logUrl,
    description: closed.description,
    previousSha: begun?.previousSha ?? '',
    durationMs: begun?.startedAt ? now - begun.startedAt : undefined
  })
}

/** The summary of a deployment that another job is to finish. */
export const beganSummary = (run: RunContext, begun: Begun, state: string): Summary =>
  deploymentSummary(run, { ...begun, state, durationMs: undefined })

interface Shown {
  readonly id: number
  readonly repository: string
  readonly environment: string
  readonly sha: string
  readonly refName: string
  readonly state: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
  readonly previousSha: string
  readonly durationMs: number | undefined
}

function deploymentSummary(run: RunContext, shown: Shown): Summary {
  const repository = `${run.serverUrl}/${shown.repository}`
  const page = `${repository}/deployments/activity_log?environments_filter=${encodeURIComponent(shown.environment)}`
  const name = shown.refName === shown.sha ? '' : shown.refName
  const commit =
    shown.sha === '' ? '' : link(shown.sha.slice(0, 7), `${repository}/commit/${shown.sha}`)
  const compare = `${repository}/compare/${shown.previousSha}...${shown.sha}`
  const title = `### ${EMBLEMS[shown.state] ?? ''} ${shown.state}: ${link(shown.environment, shown.environmentUrl || page)}`
  return `${title}\n\n${facts([
    ['What happened', escapeMarkdown(shown.description)],
    ['Commit', [commit, escapeMarkdown(name)].filter(part => part).join(' ')],
    [
      'Changes',
      shown.previousSha === '' ? '' : link(`since ${shown.previousSha.slice(0, 7)}`, compare)
    ],
    ['Deployment', shown.id === 0 ? 'none, dry run' : link(String(shown.id), page)],
    ['Log', link('job', shown.logUrl)],
    ['Duration', shown.durationMs === undefined ? '' : duration(shown.durationMs)]
  ])}\n`
}

/** A span of time as a person says it. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}

export const joined = (summaries: readonly Summary[]): Summary => summaries.join('\n')

/** The summary of `deactivate`: a table of what it did, or in a dry run would have done. */
export function deactivatedSummary(
  work: Pick<Work, 'done' | 'deletedEnvironments'>,
  isDryRun: boolean
): Summary {
  const would = isDryRun ? ' (dry run, nothing was changed)' : ''
  const rows = [...work.done.values()].slice(0, MAX_ROWS).map(one => {
    const after = one.isDeleted ? `${one.state}, deleted` : one.state
    return `| ${one.id} | ${escapeMarkdown(one.environment)} | ${one.before} | ${after} |`
  })
  const more = work.done.size - rows.length
  const head = '| Deployment | Environment | Before | After |\n| --- | --- | --- | --- |'
  const table = rows.length === 0 ? 'There was nothing to retire.' : [head, ...rows].join('\n')
  const gone = work.deletedEnvironments.map(escapeMarkdown).join(', ')
  return [
    `### ⚪ Deactivated${would}`,
    table,
    more > 0 ? `and ${more} more` : '',
    gone === '' ? '' : `Environments deleted: ${gone}`
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n')
}

/** Cut where the runner would drop all of it. */
export function fitting(summary: Summary): Summary {
  if (summary.length <= MAX_SUMMARY_CHARS) return summary
  // At the end of a line: half a row of a table would be read as something else.
  const kept = summary.slice(0, MAX_SUMMARY_CHARS)
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n…\n`
}
