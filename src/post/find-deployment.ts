import { isFinal, type ListedDeployment } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { describeOpen } from '../finalize/error-context.ts'
import type { Deployments } from '../github/deployments.ts'
import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import { description } from '../lib/text.ts'
import type { Log } from '../runner/step.ts'

// GitHub's lists may lag: looked for again after so long, before nothing there counts as nothing made.
const LOOK_AGAIN_MS = [1_000, 2_000, 4_000] as const

interface FindDeps {
  readonly deployments: Deployments
  readonly log: Log
  readonly clock: Clock
}

/**
 * The deployment that main began, with its id. Where main did not live to see GitHub's answer, or sent
 * the create twice, GitHub is asked for the key: the first one made counts, any other becomes inactive.
 */
export async function findDeployment(
  deps: FindDeps,
  record: StartRecord
): Promise<StartRecord | undefined> {
  const isUnseen = record.phase === 'creating'
  if ((!isUnseen && !record.mayHaveDuplicate) || record.dryRun) return record
  const made = await findAllWithKey(deps, record, isUnseen)
  const known = record.id > 0 ? record.id : made[0]?.id
  for (const one of made)
    if (one.id !== known) await deactivateDuplicate(deps, record, one, known ?? 0)
  if (!isUnseen) return record
  const [first] = made
  if (!first) return undefined
  deps.log.info(`Found deployment ${first.id}, whose creation was not confirmed.`)
  const { id, environment, task, sha } = first
  const finished = isFinal(first.state) ? first.state : undefined
  return { ...record, id, environment, task, sha, finished, phase: 'open' }
}

const describeUnknown = ({ environment }: StartRecord): string =>
  `It is not known whether main made a deployment of "${environment}": look for one that is still open, and close it with "mode: finish", its "deployment-id" and the "state" that it came to.`

/** Where the one that counts is known, a search for a second one that fails must not keep it open. */
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

/** Oldest first. Looks again where nothing is there yet, or where a second one may still appear. */
async function pollForKey(
  { deployments, clock }: FindDeps,
  record: StartRecord,
  isUnseen: boolean
): Promise<ListedDeployment[]> {
  const environments = record.environment === '' ? [] : [record.environment]
  for (const waitMs of [...LOOK_AGAIN_MS, undefined]) {
    const found: ListedDeployment[] = []
    for await (const page of deployments.list(environments, describeUnknown(record))) {
      found.push(...page.filter(one => readOrigin(one.payload)?.key === record.key))
      // Made by this very start, so that older pages cannot hold it.
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
    const status = {
      state: 'inactive' as const,
      description: description(`Duplicate of ${of}`, ''),
      logUrl: record.logUrl,
      environmentUrl: '',
      environment: '',
      autoInactive: false
    }
    const remedy = `retire it with "mode: deactivate" and "deployment-id: ${duplicate.id}"`
    const onFailure = describeOpen(duplicate, remedy)
    await deployments.setStatus(duplicate.id, status, { onFailure })
    log.warning(`GitHub made deployment ${duplicate.id} besides ${of}; it was marked inactive.`)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.warning(`Deployment ${duplicate.id} is a duplicate of ${of}. ${error.message}`)
  }
}
