import { isFinal, sameName } from '../deployment/deployment.ts'
import {
  isUnfinishedResult,
  type Outcome,
  outcomeOf,
  outcomeOfCommand,
  parseResults,
  unknownResult,
  worstResult
} from '../deployment/outcome.ts'
import { parseStartRecord, type StartRecord } from '../deployment/start-record.ts'
import { describeOpen, manualRemedy } from '../finalize/error-context.ts'
import { finalizeResultLine } from '../finalize/final-status.ts'
import { targetFromRecord } from '../finalize/target.ts'
import type { Deployments } from '../github/deployments.ts'
import { openDeployments } from '../github/open.ts'
import { normalizeUrl, urlProblem } from '../inputs/parsers.ts'
import { parseJson } from '../lib/json.ts'
import { finalizedSummary } from '../report/summary.ts'
import { type RunContext, readContext } from '../runner/context.ts'
import { type Journal, openJournal } from '../runner/journal.ts'
import type { Step } from '../runner/step.ts'
import { finalizeUntilLast } from './finalize-again.ts'
import { findDeployment } from './find-deployment.ts'
import { isToBeReplaced, replaceInterrupted } from './replace-interrupted.ts'

/**
 * The post step: gives what `start` began its final state. Of the inputs it reads again only what can
 * become known late (in nested composites the others may come back wrong), each where it is not empty.
 */
export async function runPost(step: Step): Promise<void> {
  const tokens = [step.input('token'), step.input('fallback-token')]
  for (const token of tokens) step.mask(token)
  const saved = parseStartRecord(parseJson(step.savedState))
  if (!saved || saved.phase === 'nothing') return step.log.info('Nothing to finish.')

  const run = readContext(step.env)
  const journal = openJournal(run, saved.checkRunId, step.redact)
  const noted = journal.get(saved.key)
  const deployments = openDeployments(run, {
    ...saved,
    tokens: usableTokens(tokens, run, saved),
    clock: step.clock,
    log: step.log.info,
    debug: step.debug
  })
  const record = await findDeployment({ deployments, log: step.log, clock: step.clock }, saved)
  if (!record) return step.log.info('Nothing to finish: no deployment was made.')
  // Also by another `start` of the job that took over the same one.
  const finished = record.finished ?? journal.all().find(one => one.id === record.id)?.finished
  const jobStatus = step.input('job-status').toLowerCase()
  if (record.hasCommand && isToBeReplaced(record, jobStatus, outcomeOfCommandRun(step, record))) {
    return finalizeLate(step, run, journal, deployments, record)
  }
  if (finished) {
    const who = saved.phase === 'creating' ? '' : ': the job has finished it'
    return step.log.info(`Deployment ${record.id} is ${finished} already${who}.`)
  }
  if (isLeftOpen(record))
    return step.log.info(`Deployment ${record.id} is left to a later "finish".`)
  const isMaybeFinished = !noted || record.exitCode !== undefined || record.wasInterrupted
  if (isMaybeFinished && (await isFinishedOnGitHub(deployments, record))) {
    return step.log.info(`Deployment ${record.id} is final already.`)
  }
  await finalizeLate(step, run, journal, deployments, record)
}

const onFailure = (record: StartRecord) =>
  describeOpen({ ...record, state: record.finished ?? 'none' }, manualRemedy(record.id))

/** The fallback is the workflow's own token, which can do nothing in another repository. */
function usableTokens(
  tokens: readonly string[],
  run: RunContext,
  record: StartRecord
): readonly string[] {
  const isOwn = sameName(record.repository, run.repository)
  const [own = '', fallback = ''] = tokens
  const candidates = isOwn ? [own, fallback] : [own]
  return [...new Set(candidates)].filter(token => /^[\x21-\x7e]+$/.test(token))
}

/** Left to a `finish` on purpose; one whose start did not get to its end is closed all the same. */
const isLeftOpen = (record: StartRecord): boolean =>
  !record.autoFinish && record.phase === 'started' && (!record.hasCommand || record.exitCode === 0)

/** Without the ledger only GitHub can tell whether a `finish` was there before, or main itself at a command's end. */
async function isFinishedOnGitHub(deployments: Deployments, record: StartRecord): Promise<boolean> {
  if (record.id === 0) return false
  const status = await deployments.latestStatus(record.id, onFailure(record))
  return status !== undefined && isFinal(status.state)
}

async function finalizeLate(
  step: Step,
  run: RunContext,
  journal: Journal,
  deployments: Deployments,
  record: StartRecord
): Promise<void> {
  const request = {
    target: targetFromRecord(record),
    outcome: lateOutcome(step, record),
    description: step.input('description') || record.description,
    environmentUrl: lateUrl(step, record) || record.environmentUrl,
    logUrl: record.logUrl,
    autoInactive: record.autoInactive,
    onFailure: onFailure(record)
  }
  const deps = { deployments, log: step.log, clock: step.clock }
  const result = record.finished
    ? await replaceInterrupted(deps, request)
    : await finalizeUntilLast(deps, record, request)
  if (!result) return step.log.info(`Deployment ${record.id} was changed after the interruption.`)
  journal.put(record)
  if (isFinal(result.state)) journal.finish(record.id, result.state)
  step.log.info(finalizeResultLine(result))
  if (!record.summary) return
  const facts = { now: step.clock.now(), isDryRun: record.dryRun }
  await step.writeSummary(finalizedSummary(run, result, facts))
}

/** From the command's exit code where it wrapped one that ended by itself; else from the job. */
function lateOutcome(step: Step, record: StartRecord): Outcome {
  if (record.hasCommand) return outcomeOfCommandRun(step, record)
  const results = parseResults(step.input('state'))
  const unfinished = results.find(isUnfinishedResult)
  const outcome =
    unfinished === undefined
      ? outcomeOf(worstResult(results), step.input('job-status'), record.cancelledState)
      : unknownResult(unfinished)
  if (/unknown/i.test(outcome.reason)) {
    step.log.warning(`${outcome.reason}: the deployment becomes "${outcome.state}"`)
  }
  const isUnfinishedStart = !record.autoFinish && outcome.state === 'success'
  // The job went on after a start that failed, and nobody else will finish this deployment.
  return isUnfinishedStart ? { state: 'error', reason: 'The start did not end' } : outcome
}

/** The exit code where there is one that counts; else it never ran, or was interrupted. */
function outcomeOfCommandRun(step: Step, record: StartRecord): Outcome {
  if (record.exitCode !== undefined) return outcomeOfCommand(record.exitCode)
  const isCancelled = step.input('job-status').toLowerCase() === 'cancelled'
  if (isCancelled) return outcomeOf('cancelled', '', record.cancelledState)
  const hasRun = record.phase === 'started'
  return { state: 'failure', reason: hasRun ? 'Interrupted' : 'The command did not run' }
}

function lateUrl(step: Step, record: StartRecord): string {
  if (record.isUrlFromCommand) return record.environmentUrl
  const url = step.input('environment-url')
  const problem = url === '' ? undefined : urlProblem(url)
  if (problem) step.log.warning(`environment-url: ${problem}; it is left out`)
  return url === '' || problem ? '' : normalizeUrl(url)
}
