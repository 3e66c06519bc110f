import { isUnfinished, type State, sameName } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { diagram, duration, type Entered, spans } from '../deployment/timeline.ts'
import type { FinalizeResult } from '../finalize/final-status.ts'
import { escapeMarkdown, facts, link, type Summary } from '../lib/markdown.ts'
import type { RunContext } from '../runner/context.ts'

export const NOTHING_CHANGED = ' (dry run, nothing was changed)'

const EMBLEMS: Readonly<Record<string, string>> = {
  success: '✅',
  failure: '❌',
  error: '⚠️',
  inactive: '⚪',
  in_progress: '🔄',
  queued: '⏳',
  pending: '⏳'
}

interface SummaryFacts {
  readonly id: number
  readonly repository: string
  readonly environment: string
  readonly sha: string
  readonly refName: string
  readonly state: State
  readonly environmentUrl: string
  readonly logUrl: string
  readonly description: string
  readonly previousSha: string
  readonly isDryRun: boolean
  /** Milliseconds since 1970, when it began and when it got its state; 0 where it is not told. */
  readonly began: number
  readonly ended: number
  readonly entered: readonly Entered[]
}

/** The summary of a deployment that got its final state. */
export function finalizedSummary(
  run: RunContext,
  closed: FinalizeResult,
  { now, isDryRun }: { readonly now: number; readonly isDryRun: boolean }
): Summary {
  const { target } = closed
  const record = target.record
  // Of what another job made only the beginning is known; of what was over already not even the end.
  const created = isUnfinished(target.state) ? Date.parse(target.createdAt) || 0 : 0
  const began = record ? record.startedAt : created
  return deploymentSummary(run, {
    ...target,
    ...closed,
    repository: record?.repository ?? run.repository,
    previousSha: record?.previousSha ?? '',
    isDryRun,
    began,
    ended: began > 0 ? now : 0,
    entered: record ? record.entered : [{ state: 'open', at: created }]
  })
}

/** The summary of a deployment that another job is to finish. */
export const startedSummary = (run: RunContext, record: StartRecord, state: State): Summary =>
  deploymentSummary(run, { ...record, state, isDryRun: record.dryRun, began: 0, ended: 0 })

function deploymentSummary(run: RunContext, shown: SummaryFacts): Summary {
  const { state, sha, previousSha, entered, began, ended, isDryRun } = shown
  const repository = `${run.serverUrl}/${shown.repository}`
  const page = environmentPage(run, shown.repository, shown.environment)
  const compare = `${repository}/compare/${previousSha}...${sha}`
  const name = shown.refName === sha ? '' : escapeMarkdown(shown.refName)
  const commit = sha === '' ? '' : link(sha.slice(0, 7), `${repository}/commit/${sha}`)
  const unsent = shown.id === 0 ? ['deployment', ...entered.map(one => one.state), state] : [state]
  const parts = entered.length > 1 ? `: ${spans(entered, ended)}` : ''
  return paragraphs([
    `### ${EMBLEMS[state]} ${state}: ${link(shown.environment, shown.environmentUrl || page)}${isDryRun ? NOTHING_CHANGED : ''}`,
    escapeMarkdown(shown.description),
    subjectLine(run, shown),
    facts([
      ['Commit', [name, commit].filter(part => part !== '').join(' at ')],
      ['Changes', previousSha === '' ? '' : link(`since ${previousSha.slice(0, 7)}`, compare)],
      ['Duration', ended === 0 || isDryRun ? '' : `${duration(ended - began)}${parts}`],
      ['Would be sent', isDryRun ? unsent.join(', ') : ''],
      ['Deployment', shown.id === 0 ? 'none' : link(String(shown.id), page)],
      ['Log', link('job', shown.logUrl)]
    ]),
    isDryRun || ended === 0 ? '' : diagram(entered, { state, at: ended })
  ])
}

/** What the commit is, by whom, in which pull request, where the run's event tells it of this very commit. */
function subjectLine(run: RunContext, { sha, repository }: SummaryFacts): string {
  const { subject, pullRequest } = run.event
  const isOurs = sameName(repository, run.repository)
  if (!isOurs || sha === '' || !subject?.shas.includes(sha)) return ''
  const [title = ''] = subject.title.split(/[\r\n]/)
  const number = pullRequest?.number
  const pull =
    number === undefined ? '' : link(`#${number}`, `${run.serverUrl}/${repository}/pull/${number}`)
  const what = [escapeMarkdown(title.trim()), pull].filter(part => part !== '').join(' ')
  const by = subject.author === '' ? '' : `by ${escapeMarkdown(subject.author)}`
  return [what, by].filter(part => part !== '').join(', ')
}

/** GitHub's page of an environment's deployments. */
export const environmentPage = (run: RunContext, repository: string, environment: string): string =>
  `${run.serverUrl}/${repository}/deployments/activity_log?environments_filter=${encodeURIComponent(environment)}`

/** Parts with an empty line between, the empty ones left out. */
export const paragraphs = (parts: readonly string[]): Summary =>
  `${parts.filter(part => part !== '').join('\n\n')}\n`

export const joinSummaries = (summaries: readonly Summary[]): Summary => summaries.join('\n')
