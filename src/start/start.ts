import type { StartRecord } from '../deployment/start-record.ts'
import { describeOpen, POST_REMEDY } from '../finalize/error-context.ts'
import { isCertainlyNotDone, isReadOnlyToken, tolerated } from '../github/tolerated-errors.ts'
import type { StartInputs } from '../inputs/types.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { startedSummary } from '../report/summary.ts'
import { refuseFinish } from './checks.ts'
import { startNothing } from './ended.ts'
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
