import { sameName } from '../deployment/deployment.ts'
import { escapeMarkdown, link, type Summary, table } from '../lib/markdown.ts'
import type { RunContext } from '../runner/context.ts'
import { environmentPage, NOTHING_CHANGED, paragraphs } from './summary.ts'

/** The result of `deactivate`. */
export interface DeactivateReport {
  readonly run: RunContext
  readonly repository: string
  readonly isDryRun: boolean
  readonly changed: readonly {
    readonly id: number
    readonly environment: string
    readonly before: string
    readonly state: string
    readonly isDeleted: boolean
  }[]
  readonly deletedEnvironments: readonly string[]
  readonly failed: number
}

const MAX_ROWS = 100
const MAX_LINKS = 10

/** The summary of `deactivate`: counts, environments, and a table of the deployments. */
export function deactivateSummary(report: DeactivateReport): Summary {
  const { run, repository, changed: all, deletedEnvironments, failed } = report
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
  const counts = `${deactivated} made inactive, ${deleted} deleted`
  const where = `${linked.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return paragraphs([
    `### ⚪ Deactivated${report.isDryRun ? NOTHING_CHANGED : ''}`,
    all.length === 0 ? 'There was nothing to deactivate.' : `${counts}, of ${where}`,
    failed === 0 ? '' : `⚠️ ${failed} failed, the log says why`,
    all.length === 0 ? '' : table(['Deployment', 'Environment', 'Before', 'After'], rows),
    more > 0 ? `and ${more} more` : '',
    gone.length === 0 ? '' : `Environments deleted: ${gone.join(', ')}`
  ])
}
