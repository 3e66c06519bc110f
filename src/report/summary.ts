import { isFinal, type State, sameName } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { FinalizeResult } from '../finalize/final-status.ts'
import { escapeMarkdown, facts, link, type Summary, table } from '../lib/markdown.ts'
import type { RunContext } from '../runner/context.ts'
import { compareUrl } from './outputs.ts'
import { deactivationSentence, environmentPage, resultSentence } from './result.ts'

const NOTHING_CHANGED = ' (dry run, nothing was changed)'

const ICONS: Readonly<Record<string, string>> = {
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
  /** Milliseconds from the start of the deployment to its final state; `undefined` if unknown. */
  readonly duration: number | undefined
}

/** The summary of a deployment with its final state. */
export function finalizedSummary(
  run: RunContext,
  result: FinalizeResult,
  {
    now,
    isDryRun,
    repository = run.repository
  }: { readonly now: number; readonly isDryRun: boolean; readonly repository?: string }
): Summary {
  const { target } = result
  const record = target.record
  // A deployment that was final before this step has ended at an unknown time.
  const created = isFinal(target.state) ? Number.NaN : Date.parse(target.createdAt)
  const started = record?.startedAt ?? created
  return deploymentSummary(run, {
    ...target,
    ...result,
    repository: record?.repository ?? repository,
    previousSha: record?.previousSha ?? '',
    isDryRun,
    duration: started > 0 ? now - started : undefined
  })
}

/** The summary of a deployment that a later `finish` completes. */
export const startedSummary = (run: RunContext, record: StartRecord, state: State): Summary =>
  deploymentSummary(run, { ...record, state, isDryRun: record.dryRun, duration: undefined })

function deploymentSummary(run: RunContext, deployment: SummaryFacts): Summary {
  const { state, sha, duration, isDryRun } = deployment
  const repository = `${run.serverUrl}/${deployment.repository}`
  const page = environmentPage(run, deployment.repository, deployment.environment)
  const name = deployment.refName === sha ? '' : escapeMarkdown(deployment.refName)
  const sentence = resultSentence(deployment, escapeMarkdown(deployment.environment))
  const commit = sha === '' ? '' : link(sha.slice(0, 7), `${repository}/commit/${sha}`)
  return paragraphs([
    `### ${ICONS[state]} ${sentence}${isDryRun ? NOTHING_CHANGED : ''}`,
    link(deployment.environmentUrl || 'View deployment', deployment.environmentUrl || page),
    escapeMarkdown(deployment.description.replace(/\s+/g, ' ')),
    subjectLine(run, deployment),
    facts([
      ['Commit', [name, commit].filter(part => part !== '').join(' at ')],
      ['Changes', changesLink(run, deployment)],
      ['Duration', duration === undefined || isDryRun ? '' : formatDuration(duration)],
      ['Deployment', deployment.id === 0 ? 'none' : link(String(deployment.id), page)],
      ['Log', link('job', deployment.logUrl)]
    ])
  ])
}

/** A link to what changed since the previous deployment; empty if there is none, or if it has the same commit. */
function changesLink(run: RunContext, { repository, previousSha, sha }: SummaryFacts): string {
  const compare = previousSha === '' ? '' : compareUrl(run, repository, previousSha, sha)
  return compare === '' ? '' : link(`since ${previousSha.slice(0, 7)}`, compare)
}

/** A duration in milliseconds as text, such as `2 min 14 s`. */
function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}

/** Title, author and pull request of the commit, if the event describes this commit. */
function subjectLine(run: RunContext, { sha, repository }: SummaryFacts): string {
  const { subject, pullRequest } = run.event
  const isOurs = sameName(repository, run.repository)
  if (!isOurs || sha === '' || !subject?.shas.includes(sha)) return ''
  const [title = ''] = subject.title.split(/[\r\n]/)
  const number = pullRequest?.number
  const pull = number === undefined ? '' : link(`#${number}`, `${run.serverUrl}/${repository}/pull/${number}`)
  const what = [escapeMarkdown(title.trim()), pull].filter(part => part !== '').join(' ')
  const by = subject.author === '' ? '' : `by ${escapeMarkdown(subject.author)}`
  return [what, by].filter(part => part !== '').join(', ')
}

/** Joins the non-empty parts with an empty line between them. */
const paragraphs = (parts: readonly string[]): Summary => `${parts.filter(part => part !== '').join('\n\n')}\n`

export const joinSummaries = (summaries: readonly Summary[]): Summary => summaries.join('\n')

/** A deployment before and after `deactivate`. */
export interface ChangedDeployment {
  readonly id: number
  readonly environment: string
  readonly task: string
  readonly before: string
  readonly state: string
  readonly isDeleted: boolean
}

const MAX_ROWS = 100
const MAX_LINKS = 10

/** The summary of `deactivate`: counts, environments, and a table of the deployments. */
export function deactivateSummary(
  run: RunContext,
  { repository, dryRun }: { readonly repository: string; readonly dryRun: boolean },
  {
    changed: all,
    deletedEnvironments,
    failed
  }: {
    readonly changed: readonly ChangedDeployment[]
    readonly deletedEnvironments: readonly string[]
    readonly failed: number
  }
): Summary {
  const deactivated = all.filter(one => one.state !== one.before).length
  const deleted = all.filter(one => one.isDeleted).length
  const names = [...new Set(all.map(one => one.environment))]
  const linked = names.slice(0, MAX_LINKS).map(name => {
    const isGone = deletedEnvironments.some(other => sameName(other, name))
    return isGone ? `${escapeMarkdown(name)} (deleted)` : link(name, environmentPage(run, repository, name))
  })
  const rows = all.slice(0, MAX_ROWS).map(one => {
    const after = one.isDeleted ? `${one.state}, deleted` : one.state
    return [String(one.id), escapeMarkdown(one.environment), one.before, after]
  })
  const others = names.length - linked.length
  const more = all.length - rows.length
  const gone = deletedEnvironments.filter(name => !names.some(other => sameName(other, name))).map(escapeMarkdown)
  const where = `${linked.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return paragraphs([
    `### ${failed === 0 ? '⚪' : '⚠️'} ${deactivationSentence(deactivated, deleted, failed)}${dryRun ? NOTHING_CHANGED : ''}`,
    where,
    failed === 0 ? '' : 'See the log for the errors.',
    all.length === 0 ? '' : table(['Deployment', 'Environment', 'Before', 'After'], rows),
    more > 0 ? `and ${more} more` : '',
    gone.length === 0 ? '' : `Environments deleted: ${gone.join(', ')}`
  ])
}
