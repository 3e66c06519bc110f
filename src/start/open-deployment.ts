import { type AutoInactive, type Deployment, isFinal, type Status } from '../deployment/deployment.ts'
import { payloadText } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { afterCreate, describeOpen, manualRemedy, NOTHING_CHANGED, POST_REMEDY } from '../finalize/error-context.ts'
import { defaultAutoInactive } from '../finalize/target.ts'
import type { StartInputs } from '../inputs/types.ts'
import { description } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import { compareUrl, idText, type Outputs } from '../report/outputs.ts'
import { environmentPage } from '../report/result.ts'
import { readHead } from '../runner/git.ts'
import { FROM_INPUT, fromDeployment } from '../runner/infer.ts'
import { checkCommit, rejectOtherCommit, warnAboutReuse } from './checks.ts'
import type { DeployPlan } from './plan.ts'
import { publishPrevious, readHistory, soon } from './previous.ts'

type CreatePlan = Extract<DeployPlan, { kind: 'create' }>
type ReusePlan = Extract<DeployPlan, { kind: 'reuse' }>

/**
 * Creates or reuses the deployment, and posts its initial state. Before each request that can be the last, it saves
 * what the post step needs. Returns the record. Throws an ActionError.
 */
export async function openDeployment(deps: Deps, inputs: StartInputs, plan: DeployPlan): Promise<StartRecord> {
  deps.save(plan.record)
  const opening = plan.kind === 'create' ? create(deps, plan) : reuse(deps, inputs, plan)
  // Beside the create, so that it costs no time.
  const early = plan.kind === 'create' ? readHistory(deps, plan.record.environment) : undefined
  const readingHead = readHead(deps.step.env, inputs.repository, deps.clock)
  const record = await opening
  const reading = soon(deps, early ?? readHistory(deps, record.environment))
  // One record for both: if GitHub rejected the commit, no initial state is sent, and the post step finds none.
  deps.save({ ...record, pendingState: inputs.initialState })
  deps.publish(outputsOf(record))
  const onFailure = describeOpen({ ...record, state: 'none' }, remedyFor(inputs, record))
  if (plan.kind === 'create') {
    await rejectOtherCommit(deps, plan.commit.sha, record, onFailure)
  }
  const initial = {
    state: inputs.initialState,
    description: description('', inputs.description),
    logUrl: record.logUrl,
    environmentUrl: record.environmentUrl,
    environment: plan.kind === 'reuse' ? plan.moveTo : ''
  }
  const status = await deps.deployments.setStatus(record.id, initial, { onFailure })
  deps.publish({ state: status.state, 'status-id': idText(status.id) })
  const previous = publishPrevious(deps, inputs, record, await reading)
  const started: StartRecord = { ...record, ...previous, phase: 'started', statusId: status.id }
  deps.save(started)
  if (!started.dryRun) logStart(deps, started, status)
  checkCommit(deps, deps.run, {
    head: await readingHead,
    recorded: started.sha,
    isReused: started.isReused
  })
  return started
}

/** What finishes the deployment if `start` fails now. */
function remedyFor(inputs: StartInputs, { id }: StartRecord): string {
  const isFinishedByPost = inputs.failOnError || inputs.autoFinish || inputs.command !== undefined
  return isFinishedByPost ? POST_REMEDY : manualRemedy(id)
}

async function create(deps: Deps, { record, wanted }: CreatePlan): Promise<StartRecord> {
  let mayHaveDuplicate = false
  const created = await deps.deployments.create(wanted, {
    onResend: () => {
      mayHaveDuplicate = true
      deps.save({ ...record, mayHaveDuplicate })
    },
    onFailure: afterCreate(() => mayHaveDuplicate)
  })
  return { ...withDeployment(record, created), mayHaveDuplicate }
}

async function reuse(deps: Deps, inputs: StartInputs, plan: ReusePlan): Promise<StartRecord> {
  const { id, known, record, moveTo } = plan
  const [deployment, status] = await Promise.all([
    known ?? deps.deployments.get(id, NOTHING_CHANGED),
    // The first status of this action keeps the environment URL of the newest one.
    deps.deployments.latestStatus(id, NOTHING_CHANGED)
  ])
  warnAboutReuse(deps.log, inputs, deployment)
  const reused = withDeployment(record, deployment)
  const environment = moveTo || reused.environment
  const source = inputs.environment === '' ? fromDeployment(id) : FROM_INPUT
  deps.log.info(`Environment: ${environment} (${source})`)
  return {
    ...reused,
    environment,
    autoInactive: autoInactiveOf(inputs, { ...deployment, environment }, record),
    reusedAtStatusId: status?.id ?? 0,
    wasFinal: status !== undefined && isFinal(status.state),
    environmentUrl: record.environmentUrl || status?.environmentUrl || ''
  }
}

/** A deployment of this action keeps the rule of the `start` that created it. */
const autoInactiveOf = (inputs: StartInputs, deployment: Deployment, { autoInactive }: StartRecord): AutoInactive =>
  inputs.autoInactive ?? (deployment.origin ? defaultAutoInactive(deployment, inputs.task) : autoInactive)

const withDeployment = (record: StartRecord, deployment: Deployment): StartRecord => ({
  ...record,
  phase: 'open',
  id: deployment.id,
  environment: deployment.environment,
  task: deployment.task,
  ref: deployment.ref,
  refName: record.refName || deployment.origin?.ref || deployment.ref,
  sha: deployment.sha,
  url: deployment.url,
  transient: deployment.transient || record.transient,
  payload: deployment.payload
})

/** Logs what a reader looks for later, and last what was done. */
function logStart({ log, run }: Deps, record: StartRecord, { state }: Status): void {
  const { id, environment, repository, sha, refName, previousId, previousSha } = record
  const name = refName === '' || refName === sha ? '' : ` (${refName})`
  log.info(`Commit: ${sha}${name}`)
  if (previousId > 0) log.info(`Previous active deployment: ${previousId} at ${previousSha}`)
  const changes = previousId > 0 ? compareUrl(run, repository, previousSha, sha) : ''
  if (changes !== '') log.info(`Changes: ${changes}`)
  log.info(`Log: ${record.logUrl}`)
  const did = record.isReused ? 'Reused' : 'Started'
  const page = environmentPage(run, repository, environment)
  log.info(`${did} deployment ${id} of ${environment} (${state}): ${page}`)
}

const outputsOf = (record: StartRecord): Outputs => ({
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
