import { inactiveStatus, isFinal, type ListedDeployment } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { describeOpen } from '../finalize/error-context.ts'
import type { Deployments } from '../github/deployments.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import { description } from '../lib/text.ts'
import type { Log } from '../runner/step.ts'

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
  `It is not known whether main created a deployment of "${environment}": if one is still open, finish it with "mode: finish", its "deployment-id", and its "state".`

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
      `There may be a second deployment besides ${record.id}, as its creation was sent twice. ${error.message}`
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
      found.push(...page.filter(one => readOrigin(one.payload)?.key === record.key))
      // This `start` created it, so older pages do not contain it.
      if (page.some(one => Date.parse(one.createdAt) < record.startedAt - 600_000)) break
    }
    const isEnough = isUnseen && found.length > 0 && !record.mayHaveDuplicate
    if (isEnough || found.length > 1 || waitMs === undefined) {
      return found.sort((one, other) => one.id - other.id)
    }
    await clock.sleep(waitMs)
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
    const remedy = `make it inactive with "mode: deactivate" and "deployment-id: ${duplicate.id}"`
    const onFailure = describeOpen(duplicate, remedy)
    await deployments.setStatus(duplicate.id, status, { onFailure })
    log.warning(`GitHub created deployment ${duplicate.id} besides ${of}. It was made inactive.`)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.warning(`Deployment ${duplicate.id} is a duplicate of ${of}. ${error.message}`)
  }
}
