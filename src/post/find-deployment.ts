import { inactiveStatus, isFinal, type ListedDeployment } from '../deployment/deployment.ts'
import { isOfJob } from '../deployment/origin.ts'
import { withoutReason } from '../deployment/outcome.ts'
import { newStartRecord, type StartRecord } from '../deployment/start-record.ts'
import { describeOpen } from '../finalize/error-context.ts'
import type { Deployments } from '../github/deployments.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import { description } from '../lib/text.ts'
import { logUrl } from '../runner/context.ts'
import type { Log } from '../runner/step.ts'
import type { PostDeps } from './deps.ts'

// GitHub's lists can lag, so an empty one counts only after these waits.
// 12 s in all: GitHub can work on a create for 10 s after main was killed.
const LOOK_AGAIN_MS = [1_000, 2_000, 4_000, 5_000] as const

interface FindDeps {
  readonly deployments: Deployments
  readonly log: Log
  readonly clock: Clock
}

/**
 * The deployment that main started, with its id. If main was killed before GitHub's answer, or sent the create twice,
 * GitHub is asked for the key: the first deployment counts, and any other becomes inactive.
 */
export async function findDeployment(deps: FindDeps, record: StartRecord): Promise<StartRecord | undefined> {
  const isUnseen = record.phase === 'creating'
  if ((!isUnseen && !record.mayHaveDuplicate) || record.dryRun) return record
  const made = await findAllWithKey(deps, record, isUnseen)
  const known = record.id > 0 ? record.id : made[0]?.id
  for (const one of made) if (one.id !== known) await deactivateDuplicate(deps, record, one, known ?? 0)
  if (!isUnseen) return record
  const [first] = made
  if (!first) return undefined
  deps.log.info(`Found deployment ${first.id}, whose creation was not confirmed.`)
  const { id, environment, task, sha } = first
  const finished = isFinal(first.state) ? first.state : undefined
  return { ...record, id, environment, task, sha, finished, phase: 'open' }
}

const describeUnknown = ({ environment }: StartRecord): string =>
  `It is not known whether main created a deployment of "${environment}": if one is still open, finish it with \`mode: finish\`, its \`deployment-id\`, and \`state\`.`

/** If the deployment is known, a failed search for a second one must not keep it open. */
async function findAllWithKey(
  deps: FindDeps,
  record: StartRecord,
  isUnseen: boolean
): Promise<readonly ListedDeployment[]> {
  try {
    return await pollForKey(deps, record, isUnseen)
  } catch (error) {
    if (record.id === 0 || !(error instanceof ActionError)) throw error
    deps.log.warning(
      `There may be a second deployment besides ${record.id}, as its creation was sent twice. ${error.message}`,
      error.section
    )
    return []
  }
}

/** Oldest first. Looks again if there is none yet, or if a second one can still appear. */
async function pollForKey(
  { deployments, clock }: FindDeps,
  record: StartRecord,
  isUnseen: boolean
): Promise<ListedDeployment[]> {
  const environments = record.environment === '' ? [] : [record.environment]
  // The search is one operation, whatever the number of its lists.
  const until = clock.now() + record.timeoutMs
  for (const waitMs of [...LOOK_AGAIN_MS, undefined]) {
    const found: ListedDeployment[] = []
    for await (const page of deployments.list(environments, describeUnknown(record), until)) {
      found.push(...page.filter(one => one.origin?.key === record.key))
      // This `start` created it, so older pages do not contain it.
      if (page.some(one => Date.parse(one.createdAt) < record.startedAt - 600_000)) break
    }
    const isEnough = isUnseen && found.length > 0 && !record.mayHaveDuplicate
    if (isEnough || found.length > 1 || waitMs === undefined) {
      return found.sort((one, other) => one.id - other.id)
    }
    await deployments.pause(waitMs)
  }
  return []
}

async function deactivateDuplicate(
  { deployments, log }: FindDeps,
  record: StartRecord,
  duplicate: ListedDeployment,
  of: number
): Promise<void> {
  if (duplicate.state === 'inactive') return
  try {
    const status = inactiveStatus({ environmentUrl: '' }, description(`Duplicate of ${of}`, ''), record.logUrl)
    const remedy = `make it inactive with \`mode: deactivate\` and \`deployment-id: ${duplicate.id}\``
    const onFailure = describeOpen(duplicate, remedy)
    await deployments.setStatus(duplicate.id, status, { onFailure })
    log.warning(
      `GitHub created two deployments for one request, ${of} and ${duplicate.id}. Deployment ${duplicate.id} was made inactive.`,
      'duplicate'
    )
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.warning(`Deployment ${duplicate.id} is a duplicate of ${of}. ${error.message}`, 'duplicate')
  }
}

// A job lasts at most 35 days on a self-hosted runner, 6 hours on GitHub's; its deployments are among the newest.
const MAX_PAGES = 5

/**
 * The record of a `start` whose post step finds no saved state: the file was deleted, or main had not ended. First
 * this job's own record, then GitHub: an unfinished deployment of this job, if exactly one fits (contract, P3).
 */
export async function findRecord(post: PostDeps): Promise<StartRecord | undefined> {
  const { step, run, journal, checkRunId } = post
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
    found.push(...page.filter(one => !known.has(one.id) && !isFinal(one.state) && isOfJob(one, run, checkRunId)))
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
      `The state that main saved is missing, and several unfinished deployments can be of this step: ${ids}. Finish each with \`mode: finish\` and its \`deployment-id\`.`,
      'open'
    )
  }
  return undefined
}

/** The record of a main step that did not complete, from GitHub's data and the inputs. */
function recordOf({ run, checkRunId }: PostDeps, one: ListedDeployment): StartRecord {
  const { origin } = one
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
