import {
  type DeactivationTarget,
  isLive,
  type ListedDeployment,
  toDeactivationTarget
} from '../deployment/deployment.ts'
import { isOfRef, refTypeOf, shortRef } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { describeOpen, NOTHING_CHANGED, POST_REMEDY } from '../finalize/error-context.ts'
import { markInactive } from '../finalize/supersede.ts'
import { isCertainlyNotDone, isReadOnlyToken, tolerated } from '../github/tolerated-errors.ts'
import type { StartInputs } from '../inputs/types.ts'
import { countOf, description } from '../lib/text.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { deploymentsOutput, idText } from '../report/outputs.ts'
import { deactivateSummary, startedSummary } from '../report/summary.ts'
import { logUrl } from '../runner/context.ts'
import { type Ended, inferEnvironment, isPreviewOf } from '../runner/infer.ts'
import { refuseFinish } from './checks.ts'
import { openDeployment } from './open-deployment.ts'
import { type DeployPlan, planStart } from './plan.ts'
import { runWrapped } from './wrapped-command.ts'

/** The `start` mode: creates or reuses the deployment, and runs the command of `run`. */
export async function startMode(deps: Deps, inputs: StartInputs): Promise<ModeResult> {
  refuseFinish(deps, inputs)
  const plan = planStart(deps, inputs)
  if (plan.kind === 'nothing') {
    deps.save(plan.record)
    return startNothing(deps, inputs, plan.ended)
  }
  if (plan.kind === 'create') deps.log.info(`Environment: ${plan.wanted.environment} (${plan.source})`)
  const record = await startDeployment(deps, inputs, plan)
  if (inputs.command) return runWrapped(deps, inputs, inputs.command, record)
  const isLeft = record.phase === 'started' && !inputs.autoFinish
  return isLeft ? { summary: startedSummary(deps.run, record, inputs.initialState) } : {}
}

/** Starts, and decides what a failure on the way means for post, for `finish` and for the step. */
async function startDeployment(deps: Deps, inputs: StartInputs, plan: DeployPlan): Promise<StartRecord> {
  let last = plan.record
  const save = (record: StartRecord) => {
    last = record
    deps.save(record)
  }
  try {
    const record = await openDeployment({ ...deps, save }, inputs, plan)
    if (inputs.command && inputs.initialState !== 'in_progress') {
      save({ ...record, phase: 'open', pendingState: 'in_progress' })
      const { id, environmentUrl, logUrl } = record
      const onFailure = describeOpen({ ...record, state: 'none' }, POST_REMEDY)
      const running = { state: 'in_progress', description: record.description, logUrl, environmentUrl } as const
      const status = await deps.deployments.setStatus(id, running, { onFailure })
      deps.publish({ state: status.state, 'status-id': idText(status.id) })
      save({ ...record, statusId: status.id })
    }
    return last
  } catch (error) {
    const warning = tolerated(error, deps.run, inputs.failOnError)
    // A create that was sent twice may have been done the first time, whatever became of the second.
    const isUnmade = last.phase === 'creating' && !last.mayHaveDuplicate && isCertainlyNotDone(error)
    const isNothing = isReadOnlyToken(error, deps.run) || isUnmade
    // Whatever was on its way, main has waited for it.
    const isAsGood = warning !== undefined && last.phase === 'open'
    const phase = isNothing ? 'nothing' : isAsGood ? 'started' : last.phase
    save({ ...last, phase, pendingState: undefined })
    if (warning === undefined) throw error
    deps.log.warning(warning.message, warning.section)
    return last
  }
}

/**
 * A `start` for a closed pull request or a deleted ref. It creates nothing, and marks inactive only what this pull
 * request or ref has deployed: anyone can open and close a pull request.
 */
async function startNothing(deps: Deps, inputs: StartInputs, ended: Ended): Promise<ModeResult> {
  const { run, log } = deps
  const environment = inferEnvironment(run, inputs.environment)
  log.info(`Environment: ${environment.name} (${environment.source})`)
  const targets: DeactivationTarget[] = []
  for await (const page of deps.deployments.list([environment.name], NOTHING_CHANGED)) {
    const own = page.filter(one => isLive(one.state) && isOf(ended, inputs.task, one))
    targets.push(...own.map(toDeactivationTarget))
  }
  const { done, failures } = await markInactive(
    deps.deployments,
    targets,
    description(reasonOf(ended), inputs.description),
    inputs.logUrl || logUrl(run, inputs.checkRunId)
  )
  const changed = done.map(one => ({ ...one, before: one.state, state: 'inactive', isDeleted: false }))
  deps.publish({
    'deployment-id': '',
    environment: environment.name,
    deactivated: String(inputs.dryRun ? 0 : changed.length),
    deployments: deploymentsOutput(changed)
  })
  if (inputs.command) log.warning(`run: the command was not started. ${reasonOf(ended)}.`, 'ended')
  log.info(sentenceOf(ended, changed.length, inputs.dryRun))
  if (changed.length === 0) return { error: failures[0] }
  const facts = { changed, deletedEnvironments: [], failed: failures.length }
  return { summary: deactivateSummary(run, inputs, facts), error: failures[0] }
}

/** Whether a deployment belongs to the pull request or ref. */
function isOf(ended: Ended, task: string, one: ListedDeployment): boolean {
  if (task !== '' && one.task !== task) return false
  if (ended.kind === 'ref') return isOfRef(one, ended.ref)
  const isNewer = Date.parse(one.createdAt) >= Date.parse(ended.closedAt)
  const isOwn = one.origin?.pullRequest === ended.number || isPreviewOf(one.environment, ended.number)
  return isOwn && !isNewer
}

function reasonOf(ended: Ended): string {
  if (ended.kind === 'pull') return 'The pull request is closed'
  return `The ${refTypeOf(ended.ref)} ${shortRef(ended.ref)} was deleted`
}

function sentenceOf(ended: Ended, count: number, isDryRun: boolean): string {
  const nothing = `${reasonOf(ended)}, so nothing was deployed.`
  if (count === 0) return `${nothing} No deployment was marked inactive.`
  const were = isDryRun ? 'would be' : count === 1 ? 'was' : 'were'
  const them = count === 1 ? 'it' : 'them'
  return `${nothing} ${countOf(count, 'deployment')} ${were} marked inactive. To delete ${them}, use \`mode: deactivate\`.`
}
