import type { Deployment, ListedDeployment, Status } from '../deployment/deployment.ts'
import { payloadText, readOrigin } from '../deployment/origin.ts'
import type { Begun } from '../deployment/start-record.ts'
import {
  afterCreate,
  BY_POST,
  byHand,
  NOTHING_CHANGED,
  stillSo
} from '../finalize/error-context.ts'
import type { StartInputs } from '../inputs/types.ts'
import { ActionError, leaving } from '../lib/errors.ts'
import { description, visible } from '../lib/text.ts'
import type { Tools } from '../mode.ts'
import { compareUrl, idText, type Outputs } from '../report/outputs.ts'
import type { RunContext } from '../runner/context.ts'
import type { Plan } from './plan.ts'
import { jobKeyWarning, madeByJobKey, previousOf } from './previous.ts'

/**
 * Creates the deployment or takes one over, and posts its initial state. What post needs to close it is
 * remembered before each request that could be the last. Returns what was begun.
 */
export async function start(
  tools: Tools,
  run: RunContext,
  inputs: StartInputs,
  plan: Plan
): Promise<Begun> {
  tools.remember(plan.begun)
  const taken = plan.takeOver ? await leaving(NOTHING_CHANGED, takeOver(tools, plan)) : undefined
  const environment = taken?.deployment.environment ?? plan.begun.environment
  let isDoubtful = false
  const onResend = () => {
    isDoubtful = true
    tools.remember({ ...plan.begun, isDoubtful })
  }
  const making = () =>
    leaving(
      afterCreate(() => isDoubtful),
      create(tools, plan, onResend)
    )
  const made = taken?.deployment ?? making()
  // Beside the create and of no consequence: it must cost no time and can do no harm.
  const reading = readHistory(tools, plan.moveTo || environment)
  const deployment = await made
  const begun = { ...openOf(plan, deployment, taken?.status), isDoubtful }
  tools.remember(begun)
  tools.publish(outputsOf(begun))
  const isClosedByPost = inputs.failOnError || inputs.autoFinish || inputs.command !== undefined
  const remedy = isClosedByPost ? BY_POST : byHand(begun.id)
  const isOpen = stillSo({ ...begun, state: 'none' }, remedy)
  await leaving(isOpen, refuseOtherCommit(tools, plan, begun))

  tools.remember({ ...begun, onItsWay: inputs.initialState })
  const initial = tools.deployments.setStatus(begun.id, {
    state: inputs.initialState,
    description: description('', inputs.description),
    logUrl: begun.logUrl,
    environmentUrl: begun.environmentUrl,
    environment: plan.moveTo,
    autoInactive: false
  })
  const status = await leaving(isOpen, initial)
  const entered = [{ state: inputs.initialState, at: tools.now() }]
  const posted = { ...begun, statusId: status.id, entered }
  tools.publish({ state: status.state, 'status-id': idText(status.id) })
  const started = withHistory(tools, run, inputs, posted, await reading)
  if (started.id > 0) tell(tools, run, started, plan.takeOver !== undefined, status)
  return started
}

/** What somebody looks for later, and last what was done. */
function tell(
  { log }: Tools,
  run: RunContext,
  begun: Begun,
  isTakenOver: boolean,
  { state }: Status
): void {
  const { id, environment, repository, sha, refName, previousId, previousSha } = begun
  const name = refName === '' || refName === sha ? '' : ` (${refName})`
  log.info(`Commit: ${sha}${name}`)
  if (previousId > 0) log.info(`Active until now: deployment ${previousId} at ${previousSha}`)
  if (previousId > 0 && previousSha !== sha) {
    log.info(`Changes: ${compareUrl(run, repository, previousSha, sha)}`)
  }
  log.info(`Log: ${begun.logUrl}`)
  const did = isTakenOver ? 'Took over' : 'Started'
  log.info(`${did} deployment ${id} of ${environment} at ${sha.slice(0, 7)}: ${state}`)
}

/** A list that could not be had is an empty one: what was active before is a convenience. */
const readHistory = (tools: Tools, environment: string): Promise<readonly ListedDeployment[]> =>
  tools.deployments.newest(environment).catch(() => [])

async function create(tools: Tools, plan: Plan, onResend: () => void): Promise<Deployment> {
  if (!plan.create)
    throw new ActionError('There is neither a deployment to take over nor one to create.')
  return tools.deployments.create(plan.create.wanted, onResend)
}

async function takeOver(
  tools: Tools,
  plan: Plan
): Promise<{ deployment: Deployment; status: Status | undefined }> {
  const { id = 0, known } = plan.takeOver ?? {}
  const [deployment, status] = await Promise.all([
    known ?? tools.deployments.get(id),
    // Its link must not vanish with our first status.
    tools.deployments.latestStatus(id)
  ])
  return { deployment, status }
}

function openOf(plan: Plan, deployment: Deployment, status: Status | undefined): Begun {
  return {
    ...plan.begun,
    phase: 'open',
    id: deployment.id,
    environment: plan.moveTo || deployment.environment,
    task: deployment.task,
    ref: deployment.ref,
    refName: plan.begun.refName || readOrigin(deployment.payload)?.ref || deployment.ref,
    sha: deployment.sha,
    url: deployment.url,
    takenAtStatusId: status?.id ?? 0,
    transient: deployment.transient || plan.begun.transient,
    payload: deployment.payload,
    environmentUrl: plan.begun.environmentUrl || status?.environmentUrl || ''
  }
}

export const outputsOf = (begun: Begun): Outputs => ({
  'deployment-id': idText(begun.id),
  'deployment-url': begun.url,
  environment: begun.environment,
  'environment-url': begun.environmentUrl,
  'log-url': begun.logUrl,
  ref: begun.ref,
  sha: begun.sha,
  task: begun.task,
  payload: payloadText(begun.payload)
})

/** A branch can move and a server can be wrong: a deployment of another commit is never left behind. */
async function refuseOtherCommit(tools: Tools, plan: Plan, begun: Begun): Promise<void> {
  const meant = plan.create?.commit.sha ?? ''
  if (meant === '' || begun.sha === meant) return
  const text = `Recorded commit ${visible(begun.sha, 64)} instead of ${meant}`
  await tools.deployments.setStatus(begun.id, {
    state: 'inactive',
    description: description(text, ''),
    logUrl: begun.logUrl,
    environmentUrl: '',
    environment: '',
    autoInactive: false
  })
  tools.remember({ ...begun, phase: 'nothing', finished: 'inactive' })
  throw new ActionError(
    `GitHub recorded commit ${visible(begun.sha, 64)} for deployment ${begun.id} of ${begun.repository} instead of ${meant}, so it was marked inactive. Run the job again.`
  )
}

function withHistory(
  tools: Tools,
  run: RunContext,
  inputs: StartInputs,
  begun: Begun,
  history: readonly ListedDeployment[]
): Begun {
  const previous = previousOf(history, begun)
  if (madeByJobKey(history, run, inputs.checkRunId, begun.id)) {
    tools.log.warning(jobKeyWarning(begun.environment, inputs.checkRunId !== undefined))
  }
  if (previous) {
    tools.publish({
      'previous-deployment-id': idText(previous.id),
      'previous-sha': previous.sha,
      'compare-url': compareUrl(run, begun.repository, previous.sha, begun.sha)
    })
  }
  const started: Begun = {
    ...begun,
    phase: 'started',
    previousId: previous?.id ?? 0,
    previousSha: previous?.sha ?? ''
  }
  tools.remember(started)
  return started
}
