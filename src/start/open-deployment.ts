import type { Deployment, ListedDeployment, Status } from '../deployment/deployment.ts'
import { payloadText, readOrigin } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import {
  afterCreate,
  describeOpen,
  manualRemedy,
  NOTHING_CHANGED,
  POST_REMEDY
} from '../finalize/error-context.ts'
import type { OnFailure } from '../github/error-messages.ts'
import type { CreateOptions } from '../github/writes.ts'
import type { StartInputs } from '../inputs/types.ts'
import { ActionError } from '../lib/errors.ts'
import { description, sanitizeLine } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import { compareUrl, idText, type Outputs } from '../report/outputs.ts'
import type { RunContext } from '../runner/context.ts'
import { checkCommit } from './commit-check.ts'
import type { Plan } from './plan.ts'
import { jobKeyWarning, madeByJobKey, previousOf } from './previous.ts'

/**
 * Creates the deployment or takes one over, and posts its initial state. What post needs to close it is
 * remembered before each request that could be the last. Returns what was begun.
 */
export async function openDeployment(
  deps: Deps,
  run: RunContext,
  inputs: StartInputs,
  plan: Plan
): Promise<StartRecord> {
  deps.save(plan.record)
  const taken = plan.reuse ? await reuse(deps, plan) : undefined
  const environment = taken?.deployment.environment ?? plan.record.environment
  let mayHaveDuplicate = false
  const onResend = () => {
    mayHaveDuplicate = true
    deps.save({ ...plan.record, mayHaveDuplicate: mayHaveDuplicate })
  }
  const options = { onResend, onFailure: afterCreate(() => mayHaveDuplicate) }
  const made = taken?.deployment ?? create(deps, plan, options)
  // Beside the create and of no consequence: it must cost no time and can do no harm.
  const reading = readHistory(deps, plan.moveTo || environment)
  const readingHead = deps.readHead(inputs.repository)
  const deployment = await made
  const record = { ...recordOf(plan, deployment, taken?.status), mayHaveDuplicate }
  deps.save(record)
  deps.publish(outputsOf(record))
  const isClosedByPost = inputs.failOnError || inputs.autoFinish || inputs.command !== undefined
  const remedy = isClosedByPost ? POST_REMEDY : manualRemedy(record.id)
  const onFailure = describeOpen({ ...record, state: 'none' }, remedy)
  await rejectOtherCommit(deps, plan, record, onFailure)

  deps.save({ ...record, pendingState: inputs.initialState })
  const initial = {
    state: inputs.initialState,
    description: description('', inputs.description),
    logUrl: record.logUrl,
    environmentUrl: record.environmentUrl,
    environment: plan.moveTo,
    autoInactive: false
  }
  const status = await deps.deployments.setStatus(record.id, initial, { onFailure })
  const posted = { ...record, statusId: status.id }
  deps.publish({ state: status.state, 'status-id': idText(status.id) })
  const started = withHistory(deps, run, inputs, posted, await reading)
  if (started.id > 0) logStart(deps, run, started, plan.reuse !== undefined, status)
  checkCommit(deps, run, {
    head: await readingHead,
    recorded: started.sha,
    isReused: plan.reuse !== undefined
  })
  return started
}

/** What somebody looks for later, and last what was done. */
function logStart(
  { log }: Deps,
  run: RunContext,
  record: StartRecord,
  isTakenOver: boolean,
  { state }: Status
): void {
  const { id, environment, repository, sha, refName, previousId, previousSha } = record
  const name = refName === '' || refName === sha ? '' : ` (${refName})`
  log.info(`Commit: ${sha}${name}`)
  if (previousId > 0) log.info(`Active until now: deployment ${previousId} at ${previousSha}`)
  if (previousId > 0 && previousSha !== sha) {
    log.info(`Changes: ${compareUrl(run, repository, previousSha, sha)}`)
  }
  log.info(`Log: ${record.logUrl}`)
  const did = isTakenOver ? 'Took over' : 'Started'
  log.info(`${did} deployment ${id} of ${environment} at ${sha.slice(0, 7)}: ${state}`)
}

/** A list that could not be had is an empty one: what was active before is a convenience. */
const readHistory = (deps: Deps, environment: string): Promise<readonly ListedDeployment[]> =>
  deps.deployments.newest(environment).catch(() => [])

async function create(deps: Deps, plan: Plan, options: CreateOptions): Promise<Deployment> {
  if (!plan.create)
    throw new ActionError('There is neither a deployment to take over nor one to create.')
  return deps.deployments.create(plan.create.wanted, options)
}

async function reuse(
  deps: Deps,
  plan: Plan
): Promise<{ deployment: Deployment; status: Status | undefined }> {
  const { id = 0, known } = plan.reuse ?? {}
  const [deployment, status] = await Promise.all([
    known ?? deps.deployments.get(id, NOTHING_CHANGED),
    // Its link must not vanish with our first status.
    deps.deployments.latestStatus(id, NOTHING_CHANGED)
  ])
  return { deployment, status }
}

function recordOf(plan: Plan, deployment: Deployment, status: Status | undefined): StartRecord {
  return {
    ...plan.record,
    phase: 'open',
    id: deployment.id,
    environment: plan.moveTo || deployment.environment,
    task: deployment.task,
    ref: deployment.ref,
    refName: plan.record.refName || readOrigin(deployment.payload)?.ref || deployment.ref,
    sha: deployment.sha,
    url: deployment.url,
    reusedAtStatusId: status?.id ?? 0,
    transient: deployment.transient || plan.record.transient,
    payload: deployment.payload,
    environmentUrl: plan.record.environmentUrl || status?.environmentUrl || ''
  }
}

export const outputsOf = (record: StartRecord): Outputs => ({
  'deployment-id': idText(record.id),
  'deployment-url': record.url,
  environment: record.environment,
  'environment-url': record.environmentUrl,
  'log-url': record.logUrl,
  ref: record.ref,
  sha: record.sha,
  task: record.task,
  payload: payloadText(record.payload)
})

/** A branch can move and a server can be wrong: a deployment of another commit is never left behind. */
async function rejectOtherCommit(
  deps: Deps,
  plan: Plan,
  record: StartRecord,
  onFailure: OnFailure
): Promise<void> {
  const meant = plan.create?.commit.sha ?? ''
  if (meant === '' || record.sha === meant) return
  const text = `Recorded commit ${sanitizeLine(record.sha, 64)} instead of ${meant}`
  const status = {
    state: 'inactive' as const,
    description: description(text, ''),
    logUrl: record.logUrl,
    environmentUrl: '',
    environment: '',
    autoInactive: false
  }
  await deps.deployments.setStatus(record.id, status, { onFailure })
  deps.save({ ...record, phase: 'nothing', finished: 'inactive' })
  throw new ActionError(
    `GitHub recorded commit ${sanitizeLine(record.sha, 64)} for deployment ${record.id} of ${record.repository} instead of ${meant}, so it was marked inactive. Run the job again.`
  )
}

function withHistory(
  deps: Deps,
  run: RunContext,
  inputs: StartInputs,
  record: StartRecord,
  history: readonly ListedDeployment[]
): StartRecord {
  const previous = previousOf(history, record)
  if (madeByJobKey(history, run, inputs.checkRunId, record.id)) {
    deps.log.warning(jobKeyWarning(record.environment, inputs.checkRunId !== undefined))
  }
  if (previous) {
    deps.publish({
      'previous-deployment-id': idText(previous.id),
      'previous-sha': previous.sha,
      'compare-url': compareUrl(run, record.repository, previous.sha, record.sha)
    })
  }
  const started: StartRecord = {
    ...record,
    phase: 'started',
    previousId: previous?.id ?? 0,
    previousSha: previous?.sha ?? ''
  }
  deps.save(started)
  return started
}
