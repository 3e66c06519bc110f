import { isFinal } from '../deployment/deployment.ts'
import {
  isUnfinishedResult,
  listResults,
  unknownResult,
  type Verdict,
  verdictOf,
  verdictOfCommand,
  worst
} from '../deployment/outcome.ts'
import { type Begun, readBegun } from '../deployment/start-record.ts'
import { byHand, stillSo } from '../finalize/error-context.ts'
import { closedLine } from '../finalize/final-status.ts'
import { fromBegun } from '../finalize/target.ts'
import type { Deployments } from '../github/deployments.ts'
import { openDeployments } from '../github/open.ts'
import { sameRepository } from '../inputs/common.ts'
import { sendable, urlProblem } from '../inputs/parsers.ts'
import { leaving } from '../lib/errors.ts'
import { parseJson } from '../lib/json.ts'
import { closedSummary } from '../report/summary.ts'
import { type RunContext, readContext } from '../runner/context.ts'
import { type Ledger, openLedger } from '../runner/journal.ts'
import type { Step } from '../runner/step.ts'
import { closeForGood } from './finalize-again.ts'
import { findBegun } from './find-deployment.ts'

/**
 * The post step: gives what `start` began its final state. Of the inputs it reads again only what can
 * become known late (in nested composites the others may come back wrong), each where it is not empty.
 */
export async function runPost(step: Step): Promise<void> {
  const tokens = [step.input('token'), step.input('fallback-token')]
  for (const token of tokens) step.mask(token)
  const saved = readBegun(parseJson(step.savedState))
  if (!saved || saved.phase === 'nothing') return step.log.info('Nothing to finish.')

  const run = readContext(step.env)
  const ledger = openLedger(run, saved.checkRunId, step.clean)
  const noted = ledger.get(saved.key)
  const deployments = await openDeployments(run, {
    ...saved,
    tokens: usable(tokens, run, saved),
    clock: step.clock,
    tell: step.log.info,
    debug: step.debug
  })
  const begun = await findBegun({ deployments, log: step.log, clock: step.clock }, saved)
  if (!begun) return step.log.info('Nothing to finish: no deployment was made.')
  // Also by another `start` of the job that took over the same one.
  const finished = begun.finished ?? ledger.all().find(one => one.id === begun.id)?.finished
  if (finished) {
    const who = saved.phase === 'creating' ? '' : ': the job has finished it'
    return step.log.info(`Deployment ${begun.id} is ${finished} already${who}.`)
  }
  if (isLeftOpen(begun)) return step.log.info(`Deployment ${begun.id} is left to a later "finish".`)
  const isOpen = stillSo({ ...begun, state: 'none' }, byHand(begun.id))
  const isMaybeFinished = !noted || begun.exitCode !== undefined
  if (isMaybeFinished && (await leaving(isOpen, isFinishedOnGitHub(deployments, begun)))) {
    return step.log.info(`Deployment ${begun.id} is final already.`)
  }
  await leaving(isOpen, finishLate(step, run, ledger, deployments, begun))
}

/** The fallback is the workflow's own token, which can do nothing in another repository. */
function usable(tokens: readonly string[], run: RunContext, begun: Begun): readonly string[] {
  const isOwn = sameRepository(begun.repository, run.repository)
  const [own = '', fallback = ''] = tokens
  const candidates = isOwn ? [own, fallback] : [own]
  return [...new Set(candidates)].filter(token => /^[\x21-\x7e]+$/.test(token))
}

/** Left to a `finish` on purpose; one whose start did not get to its end is closed all the same. */
const isLeftOpen = (begun: Begun): boolean =>
  !begun.autoFinish && begun.phase === 'started' && (!begun.hasCommand || begun.exitCode === 0)

/** Without the ledger only GitHub can tell whether a `finish` was there before, or main itself at a command's end. */
async function isFinishedOnGitHub(deployments: Deployments, begun: Begun): Promise<boolean> {
  if (begun.id === 0) return false
  const status = await deployments.latestStatus(begun.id)
  return status !== undefined && isFinal(status.state)
}

async function finishLate(
  step: Step,
  run: RunContext,
  ledger: Ledger,
  deployments: Deployments,
  begun: Begun
): Promise<void> {
  const closing = {
    target: fromBegun(begun),
    verdict: lateVerdict(step, begun),
    description: step.input('description') || begun.description,
    environmentUrl: lateUrl(step, begun) || begun.environmentUrl,
    logUrl: begun.logUrl,
    autoInactive: begun.autoInactive
  }
  const tools = { deployments, log: step.log, clock: step.clock }
  const closed = await closeForGood(tools, begun, closing)
  ledger.put(begun)
  ledger.finish(begun.id, closed.state)
  step.log.info(closedLine(closed))
  if (!begun.summary) return
  const facts = { now: step.clock.now(), isDryRun: begun.dryRun }
  await step.writeSummary(closedSummary(run, closed, facts))
}

/** From the command's exit code where it wrapped one that ended by itself; else from the job. */
function lateVerdict(step: Step, begun: Begun): Verdict {
  if (begun.hasCommand) return verdictOnCommand(step, begun)
  const results = listResults(step.input('state'))
  const unfinished = results.find(isUnfinishedResult)
  const verdict =
    unfinished === undefined
      ? verdictOf(worst(results), step.input('job-status'), begun.cancelledState)
      : unknownResult(unfinished)
  if (/unknown/i.test(verdict.happened)) {
    step.log.warning(`${verdict.happened}: the deployment becomes "${verdict.state}"`)
  }
  const isUnfinishedStart = !begun.autoFinish && verdict.state === 'success'
  // The job went on after a start that failed, and nobody else will finish this deployment.
  return isUnfinishedStart ? { state: 'error', happened: 'The start did not end' } : verdict
}

/** The exit code where there is one that counts; else it never ran, or was interrupted. */
function verdictOnCommand(step: Step, begun: Begun): Verdict {
  if (begun.exitCode !== undefined) return verdictOfCommand(begun.exitCode)
  const isCancelled = step.input('job-status').toLowerCase() === 'cancelled'
  if (isCancelled) return verdictOf('cancelled', '', begun.cancelledState)
  const hasRun = begun.phase === 'started'
  return { state: 'failure', happened: hasRun ? 'Interrupted' : 'The command did not run' }
}

function lateUrl(step: Step, begun: Begun): string {
  if (begun.isUrlSettled) return begun.environmentUrl
  const url = step.input('environment-url')
  const problem = url === '' ? undefined : urlProblem(url)
  if (problem) step.log.warning(`environment-url: ${problem}; it is left out`)
  return url === '' || problem ? '' : sendable(url)
}
