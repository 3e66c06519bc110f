import { isFinal, type ListedDeployment } from '../deployment/deployment.ts'
import { type Origin, readOrigin } from '../deployment/origin.ts'
import { newStartRecord, type StartRecord } from '../deployment/start-record.ts'
import { withoutReason } from '../finalize/target.ts'
import { logUrl } from '../runner/context.ts'
import type { PostDeps } from './deps.ts'

// A job lasts at most 35 days on a self-hosted runner, 6 hours on GitHub's; its deployments are among the newest.
const MAX_PAGES = 5

/**
 * The record of a `start` whose post step finds no saved state: the file was deleted, or main had not ended. First
 * this job's own record, then GitHub: an unfinished deployment of this job, if exactly one fits (contract, P3).
 */
export async function findRecord(post: PostDeps): Promise<StartRecord | undefined> {
  const { step, run, journal } = post
  const records = journal.all()
  const action = step.env['GITHUB_ACTION'] ?? ''
  const own = records.filter(record => record.action === action)
  // A composite action that is used twice gives its steps the same name.
  const open = own.filter(record => record.finished === undefined)
  const candidates = own.length > 1 ? open : own
  if (candidates.length === 1) return candidates[0]
  if (run.runId === undefined) return undefined
  const deps = await post.connect({ repository: run.repository, timeoutMs: 120_000 })
  const known = new Set(records.filter(record => !open.includes(record)).map(({ id }) => id))
  const found: ListedDeployment[] = []
  let pages = 0
  for await (const page of deps.deployments.list([])) {
    found.push(...page.filter(one => !known.has(one.id) && isOfJob(post, one)))
    pages += 1
    if (pages === MAX_PAGES) break
  }
  // A record without a valid mark gives only an id.
  const hinted = found.find(one => one.id === post.savedId)
  const [only] = found
  if (hinted) return recordOf(post, hinted)
  if (only && found.length === 1) return recordOf(post, only)
  if (found.length > 1) {
    const ids = found.map(one => `${one.id} of "${one.environment}"`).join(', ')
    step.log.warning(
      `The state that main saved is missing, and several unfinished deployments can be of this step: ${ids}. Finish each with \`mode: finish\` and its \`deployment-id\`.`
    )
  }
  return undefined
}

function isOfJob({ run, checkRunId }: PostDeps, one: ListedDeployment): boolean {
  const origin = readOrigin(one.payload)
  return (
    !isFinal(one.state) &&
    origin?.runId === run.runId &&
    origin?.runAttempt === run.runAttempt &&
    origin.job === run.job &&
    (checkRunId === undefined || origin.checkRunId === checkRunId)
  )
}

/** What GitHub and the inputs tell; main had not completed. */
function recordOf({ run, checkRunId }: PostDeps, one: ListedDeployment): StartRecord {
  const origin: Origin | undefined = readOrigin(one.payload)
  return newStartRecord({
    key: origin?.key ?? '',
    repository: run.repository,
    phase: one.state === 'none' ? 'open' : 'started',
    hasEnded: true,
    id: one.id,
    environment: one.environment,
    task: one.task,
    ref: one.ref,
    sha: one.sha,
    refName: origin?.ref ?? '',
    transient: origin?.transient === true,
    checkRunId: checkRunId ?? 0,
    logUrl: one.logUrl || logUrl(run, checkRunId),
    environmentUrl: one.environmentUrl,
    description: withoutReason(one.description),
    autoInactive: origin?.transient === true || one.task !== 'deploy' ? 'task' : 'true',
    autoFinish: origin?.autoFinish !== false,
    startedAt: Date.parse(one.createdAt)
  })
}
