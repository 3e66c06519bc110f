import type { StartRecord } from '../deployment/start-record.ts'
import { describeOpen, POST_REMEDY } from '../finalize/error-context.ts'
import { isCertainlyNotDone, isReadOnlyToken, tolerated } from '../github/tolerated-errors.ts'
import type { StartInputs } from '../inputs/types.ts'
import { description } from '../lib/text.ts'
import { type Deps, type ModeResult, NO_RESULT } from '../mode.ts'
import { startedSummary } from '../report/summary.ts'
import { refuseFinish } from './checks.ts'
import { startNothing } from './ended.ts'
import { openDeployment } from './open-deployment.ts'
import { type DeployPlan, planStart } from './plan.ts'
import { runWrapped } from './wrapped-command.ts'

/** The `start` mode: begins the deployment, and runs the command where there is one to wrap. */
export async function startMode(deps: Deps, inputs: StartInputs): Promise<ModeResult> {
  const { run } = deps
  refuseFinish(deps, inputs)
  const plan = planStart(deps, inputs)
  if (plan.kind === 'nothing') {
    deps.save(plan.record)
    return startNothing(deps, inputs, plan.ended)
  }
  if (plan.kind === 'create') deps.log.info(`Environment: ${plan.wanted.environment} (${plan.source})`)
  const record = await startDeployment(deps, inputs, plan)
  if (inputs.command) return runWrapped({ deps, run, inputs }, inputs.command, record)
  const isLeft = record.phase === 'started' && !inputs.autoFinish
  return isLeft ? { summary: startedSummary(run, record, inputs.initialState), failure: '' } : NO_RESULT
}

/** Starts, and decides what a failure on the way means for post, for `finish` and for the step. */
async function startDeployment(deps: Deps, inputs: StartInputs, plan: DeployPlan): Promise<StartRecord> {
  const { run } = deps
  let last = plan.record
  const save = (record: StartRecord) => {
    last = record
    deps.save(record)
  }
  try {
    const record = await openDeployment({ ...deps, save }, inputs, plan)
    if (inputs.command && inputs.initialState !== 'in_progress') {
      // Queued until now: from here on it runs.
      save({ ...record, phase: 'open', pendingState: 'in_progress' })
      const status = inProgressStatus(record)
      const { id } = await deps.deployments.setStatus(record.id, status, {
        onFailure: onFailure(record)
      })
      save({ ...record, statusId: id })
    }
    return last
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    // A create that was sent twice may have been done the first time, whatever became of the second.
    const isUnmade = last.phase === 'creating' && !last.mayHaveDuplicate && isCertainlyNotDone(error)
    const isNothing = isReadOnlyToken(error, run) || isUnmade
    // Whatever was on its way, main has waited for it.
    const isAsGood = warning !== undefined && last.phase === 'open'
    const phase = isNothing ? 'nothing' : isAsGood ? 'started' : last.phase
    save({ ...last, phase, pendingState: undefined })
    if (warning === undefined) throw error
    deps.log.warning(warning)
    return last
  }
}

const onFailure = (record: StartRecord) => describeOpen({ ...record, state: 'none' }, POST_REMEDY)

const inProgressStatus = (record: StartRecord) => ({
  state: 'in_progress' as const,
  description: description('', record.description),
  logUrl: record.logUrl,
  environmentUrl: record.environmentUrl,
  environment: '',
  autoInactive: false
})
