import { verdictOfCommand } from '../deployment/outcome.ts'
import type { Begun } from '../deployment/start-record.ts'
import { BY_POST, stillSo } from '../finalize/error-context.ts'
import { type Closed, closedLine } from '../finalize/final-status.ts'
import { close } from '../finalize/finalize.ts'
import { fromBegun } from '../finalize/target.ts'
import { isReadOnlyToken, isRefusal, tolerated } from '../github/tolerated-errors.ts'
import { sendable, urlProblem } from '../inputs/parsers.ts'
import type { Command, StartInputs } from '../inputs/types.ts'
import { leaving } from '../lib/errors.ts'
import { description, visible } from '../lib/text.ts'
import { type Ending, NOTHING_TO_SAY, type Tools } from '../mode.ts'
import { idText, OUTPUTS } from '../report/outputs.ts'
import { beganSummary, closedSummary } from '../report/summary.ts'
import type { CommandEnd } from '../runner/command.ts'
import type { RunContext } from '../runner/context.ts'
import { start } from './open-deployment.ts'
import type { Plan } from './plan.ts'

/** The `start` mode: begins the deployment, and runs the command where there is one to wrap. */
export async function wrap(
  tools: Tools,
  run: RunContext,
  inputs: StartInputs,
  plan: Plan
): Promise<Ending> {
  const begun = await begin(tools, run, inputs, plan)
  if (inputs.command) return runWrapped(tools, run, inputs, inputs.command, begun)
  const isLeft = begun.phase === 'started' && !inputs.autoFinish
  return isLeft
    ? { summary: beganSummary(run, begun, inputs.initialState), failure: '' }
    : NOTHING_TO_SAY
}

/** Starts, and decides what a failure on the way means for post, for `finish` and for the step. */
async function begin(
  tools: Tools,
  run: RunContext,
  inputs: StartInputs,
  plan: Plan
): Promise<Begun> {
  let last = plan.begun
  const remember = (begun: Begun) => {
    last = begun
    tools.remember(begun)
  }
  try {
    const begun = await start({ ...tools, remember }, run, inputs, plan)
    if (inputs.command && inputs.initialState !== 'in_progress') {
      // Queued until now: from here on it runs.
      remember({ ...begun, phase: 'open', onItsWay: 'in_progress' })
      const setting = tools.deployments.setStatus(begun.id, working(begun))
      const { id } = await leaving(isOpen(begun), setting)
      const entered = [...begun.entered, { state: 'in_progress' as const, at: tools.now() }]
      remember({ ...begun, statusId: id, entered })
    }
    return last
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    // A create that was sent twice may have been done the first time, whatever became of the second.
    const isUnmade = last.phase === 'creating' && !last.isDoubtful && isRefusal(error)
    const isNothing = isReadOnlyToken(error, run) || isUnmade
    // Whatever was on its way, main has waited for it.
    const isAsGood = warning !== undefined && last.phase === 'open'
    const phase = isNothing ? 'nothing' : isAsGood ? 'started' : last.phase
    remember({ ...last, phase, onItsWay: undefined })
    if (warning === undefined) throw error
    tools.log.warning(warning)
    return last
  }
}

async function runWrapped(
  tools: Tools,
  run: RunContext,
  inputs: StartInputs,
  command: Command,
  begun: Begun
): Promise<Ending> {
  if (inputs.dryRun) {
    tools.log.info(`Dry run: would run with ${command.shell}: ${visible(command.run)}`)
    return NOTHING_TO_SAY
  }
  const isReported = begun.id > 0 && begun.phase !== 'nothing'
  const end = await tools.runCommand(command)
  for (const [name, value] of end.outputs) {
    // GitHub's names have no case.
    if (!(OUTPUTS as readonly string[]).includes(name.toLowerCase())) tools.passOn(name, value)
  }
  if (end.wasInterrupted) {
    return {
      summary: undefined,
      failure: 'The command was interrupted; the post step reports how the job ends.'
    }
  }
  const failure = end.exitCode === 0 ? '' : `The command failed with exit code ${end.exitCode}.`
  const url = urlOf(tools, end)
  if (url !== '') tools.publish({ 'environment-url': url })
  if (!isReported) return { summary: undefined, failure }
  const ended: Begun = {
    ...begun,
    exitCode: end.exitCode,
    isUrlSettled: url !== '',
    environmentUrl: url || begun.environmentUrl
  }
  tools.remember(ended)
  if (!inputs.autoFinish) {
    // A command that failed is closed by post, which then writes the summary.
    const summary = failure === '' ? beganSummary(run, ended, 'in_progress') : undefined
    return { summary, failure }
  }
  return report(tools, run, inputs, ended, failure)
}

const isOpen = (begun: Begun) => stillSo({ ...begun, state: 'none' }, BY_POST)

const working = (begun: Begun) => ({
  state: 'in_progress' as const,
  description: description('', begun.description),
  logUrl: begun.logUrl,
  environmentUrl: begun.environmentUrl,
  environment: '',
  autoInactive: false
})

async function report(
  tools: Tools,
  run: RunContext,
  inputs: StartInputs,
  ended: Begun,
  failure: string
): Promise<Ending> {
  try {
    const verdict = verdictOfCommand(ended.exitCode ?? 1)
    const closing = { ...ended, target: fromBegun(ended), verdict }
    const closed = await leaving(isOpen(ended), close(tools, closing))
    publishClosed(tools, closed)
    tools.remember({ ...ended, finished: closed.state })
    return { summary: closedSummary(run, closed, { now: tools.now(), isDryRun: false }), failure }
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    if (warning === undefined) throw error
    tools.log.warning(warning)
    return { summary: undefined, failure }
  }
}

/** The address that the command wrote as an output; one that is no link is left out, not fatal. */
function urlOf(tools: Tools, end: CommandEnd): string {
  const named = [...end.outputs].find(([name]) => name.toLowerCase() === 'environment-url')
  const url = named?.[1].trim() ?? ''
  const problem = url === '' ? undefined : urlProblem(url)
  if (problem) tools.log.warning(`environment-url: ${problem}; it is left out`)
  return url === '' || problem ? '' : sendable(url)
}

export function publishClosed(tools: Tools, closed: Closed): void {
  tools.log.info(closedLine(closed))
  tools.publish({
    state: closed.state,
    'status-id': idText(closed.statusId),
    'environment-url': closed.environmentUrl
  })
}
