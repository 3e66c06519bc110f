import { isFinal } from '../deployment/deployment.ts'
import { outcomeOfCommand } from '../deployment/outcome.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import { describeOpen, POST_REMEDY } from '../finalize/error-context.ts'
import { type FinalizeResult, finalizeResultLine } from '../finalize/final-status.ts'
import { finalize } from '../finalize/finalize.ts'
import { targetFromRecord } from '../finalize/target.ts'
import { isCertainlyNotDone, isReadOnlyToken, tolerated } from '../github/tolerated-errors.ts'
import { toAsciiUrl, urlProblem } from '../inputs/parsers.ts'
import type { Command, StartInputs } from '../inputs/types.ts'
import { withContext } from '../lib/errors.ts'
import { description, sanitizeLine } from '../lib/text.ts'
import { type Deps, type ModeResult, NO_RESULT } from '../mode.ts'
import { idText, OUTPUTS } from '../report/outputs.ts'
import { finalizedSummary, startedSummary } from '../report/summary.ts'
import type { CommandEnd } from '../runner/command.ts'
import type { RunContext } from '../runner/context.ts'
import { openDeployment } from './open-deployment.ts'
import type { Plan } from './plan.ts'

/** The `start` mode: begins the deployment, and runs the command where there is one to wrap. */
export async function startMode(
  deps: Deps,
  run: RunContext,
  inputs: StartInputs,
  plan: Plan
): Promise<ModeResult> {
  const record = await startDeployment(deps, run, inputs, plan)
  if (inputs.command) return runWrapped(deps, run, inputs, inputs.command, record)
  const isLeft = record.phase === 'started' && !inputs.autoFinish
  return isLeft
    ? { summary: startedSummary(run, record, inputs.initialState), failure: '' }
    : NO_RESULT
}

/** Starts, and decides what a failure on the way means for post, for `finish` and for the step. */
async function startDeployment(
  deps: Deps,
  run: RunContext,
  inputs: StartInputs,
  plan: Plan
): Promise<StartRecord> {
  let last = plan.record
  const save = (record: StartRecord) => {
    last = record
    deps.save(record)
  }
  try {
    const record = await openDeployment({ ...deps, save }, run, inputs, plan)
    if (inputs.command && inputs.initialState !== 'in_progress') {
      // Queued until now: from here on it runs.
      save({ ...record, phase: 'open', pendingState: 'in_progress' })
      const setting = deps.deployments.setStatus(record.id, inProgressStatus(record))
      const { id } = await withContext(isOpen(record), setting)
      save({ ...record, statusId: id })
    }
    return last
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    // A create that was sent twice may have been done the first time, whatever became of the second.
    const isUnmade =
      last.phase === 'creating' && !last.mayHaveDuplicate && isCertainlyNotDone(error)
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

async function runWrapped(
  deps: Deps,
  run: RunContext,
  inputs: StartInputs,
  command: Command,
  record: StartRecord
): Promise<ModeResult> {
  if (inputs.dryRun) {
    deps.log.info(`Dry run: would run with ${command.shell}: ${sanitizeLine(command.run)}`)
    return NO_RESULT
  }
  const isReported = record.id > 0 && record.phase !== 'nothing'
  const end = await deps.runCommand(command)
  for (const [name, value] of end.outputs) {
    // GitHub's names have no case.
    if (!(OUTPUTS as readonly string[]).includes(name.toLowerCase()))
      deps.setCommandOutput(name, value)
  }
  if (end.wasInterrupted) {
    return {
      summary: undefined,
      failure: 'The command was interrupted; the post step reports how the job ends.'
    }
  }
  const failure = end.exitCode === 0 ? '' : `The command failed with exit code ${end.exitCode}.`
  const url = urlOf(deps, end)
  if (url !== '') deps.publish({ 'environment-url': url })
  if (!isReported) return { summary: undefined, failure }
  const ended: StartRecord = {
    ...record,
    exitCode: end.exitCode,
    isUrlFromCommand: url !== '',
    environmentUrl: url || record.environmentUrl
  }
  deps.save(ended)
  if (!inputs.autoFinish) {
    // A command that failed is closed by post, which then writes the summary.
    const summary = failure === '' ? startedSummary(run, ended, 'in_progress') : undefined
    return { summary, failure }
  }
  return finalizeCommand(deps, run, inputs, ended, failure)
}

const isOpen = (record: StartRecord) => describeOpen({ ...record, state: 'none' }, POST_REMEDY)

const inProgressStatus = (record: StartRecord) => ({
  state: 'in_progress' as const,
  description: description('', record.description),
  logUrl: record.logUrl,
  environmentUrl: record.environmentUrl,
  environment: '',
  autoInactive: false
})

async function finalizeCommand(
  deps: Deps,
  run: RunContext,
  inputs: StartInputs,
  ended: StartRecord,
  failure: string
): Promise<ModeResult> {
  try {
    const outcome = outcomeOfCommand(ended.exitCode ?? 1)
    const closing = { ...ended, target: targetFromRecord(ended), outcome }
    const result = await withContext(isOpen(ended), finalize(deps, closing))
    publishResult(deps, result)
    deps.save({ ...ended, finished: isFinal(result.state) ? result.state : undefined })
    return { summary: finalizedSummary(run, result, { now: deps.now(), isDryRun: false }), failure }
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    if (warning === undefined) throw error
    deps.log.warning(warning)
    return { summary: undefined, failure }
  }
}

/** The address that the command wrote as an output; one that is no link is left out, not fatal. */
function urlOf(deps: Deps, end: CommandEnd): string {
  const named = [...end.outputs].find(([name]) => name.toLowerCase() === 'environment-url')
  const url = named?.[1].trim() ?? ''
  const problem = url === '' ? undefined : urlProblem(url)
  if (problem) deps.log.warning(`environment-url: ${problem}; it is left out`)
  return url === '' || problem ? '' : toAsciiUrl(url)
}

export function publishResult(deps: Deps, result: FinalizeResult): void {
  deps.log.info(finalizeResultLine(result))
  deps.publish({
    state: result.state,
    'status-id': idText(result.statusId),
    'environment-url': result.environmentUrl
  })
}
