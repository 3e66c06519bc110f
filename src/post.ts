import { type Begun, readBegun } from './begun.ts'
import { type Env, type RunContext, readContext } from './context.ts'
import { isFinal, type ListedDeployment } from './deployment.ts'
import type { Deployments } from './github/deployments.ts'
import { openDeployments } from './github/open.ts'
import { sameRepository } from './inputs/common.ts'
import { sendable, urlProblem } from './inputs/values.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { close, closedLine } from './modes/close.ts'
import { fromBegun } from './modes/target.ts'
import { verdictOfCommand } from './modes/wrap.ts'
import { parseJson } from './parse.ts'
import { readOrigin } from './payload.ts'
import {
  isUnfinishedResult,
  listResults,
  unknownResult,
  type Verdict,
  verdictOf,
  worst
} from './result.ts'
import { openStep, type Step } from './step.ts'
import { closedSummary } from './summary.ts'

/**
 * The post step: gives what `start` began its final state. Of the inputs it reads again only what can
 * become known late (in nested composites the others may come back wrong), each where it is not empty.
 */
export async function runPost(env: Env): Promise<void> {
  const step = openStep(env)
  const tokens = [step.input('token'), step.input('fallback-token')]
  for (const token of tokens) step.mask(token)
  const begun = readBegun(parseJson(step.savedState))
  if (!begun || begun.phase === 'nothing') return step.log.info('Nothing to finish.')

  const run = readContext(env)
  const ledger = openLedger(run, begun.checkRunId)
  const noted = ledger.get(begun.key)
  const { id, finished } = noted ?? begun
  if (finished) {
    return step.log.info(`Deployment ${id} is ${finished} already: the job has finished it.`)
  }
  const deployments = openDeployments(run, {
    ...begun,
    tokens: usable(tokens, run, begun),
    tell: step.log.info
  })
  const found = begun.phase === 'creating' ? await findByKey(deployments, begun, step) : begun
  if (!found) return step.log.info('Nothing to finish: no deployment was made.')
  if (isLeftOpen(found)) return step.log.info(`Deployment ${found.id} is left to a later "finish".`)
  if (!noted && (await isFinishedOnGitHub(deployments, found))) {
    return step.log.info(`Deployment ${found.id} is final already.`)
  }
  await finishLate(step, run, ledger, deployments, found)
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
  !begun.autoFinish && begun.phase === 'started' && (begun.exitCode ?? 0) === 0

/** The deployment of a create whose answer main did not see: killed in the middle, or lost on the way. */
async function findByKey(
  deployments: Deployments,
  begun: Begun,
  step: Step
): Promise<Begun | undefined> {
  const names = begun.environment === '' ? [] : [begun.environment]
  for await (const page of deployments.list(names)) {
    const found = page.find(one => readOrigin(one.payload)?.key === begun.key)
    if (!found) continue
    step.log.info(`Found deployment ${found.id}, whose creation was not confirmed.`)
    return { ...begun, ...knownOf(found), phase: 'open' }
  }
  return undefined
}

const knownOf = ({ id, environment, task, sha }: ListedDeployment) => ({
  id,
  environment,
  task,
  sha
})

/** Without the ledger only GitHub can tell whether a `finish` was there before. */
async function isFinishedOnGitHub(deployments: Deployments, begun: Begun): Promise<boolean> {
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
  const verdict = lateVerdict(step, begun)
  const closed = await close(
    { deployments, log: step.log },
    {
      target: fromBegun(begun),
      verdict,
      description: step.input('description') || begun.description,
      environmentUrl: lateUrl(step) || begun.environmentUrl,
      logUrl: begun.logUrl,
      autoInactive: begun.autoInactive
    }
  )
  ledger.put({ ...begun, finished: closed.state })
  step.log.info(closedLine(closed))
  if (begun.summary) await step.writeSummary(closedSummary(run, closed, Date.now()))
}

/** From the command's exit code where it wrapped one that ended by itself; else from the job. */
function lateVerdict(step: Step, begun: Begun): Verdict {
  if (begun.exitCode !== undefined) return verdictOfCommand(begun.exitCode)
  const results = listResults(step.input('state'))
  const unfinished = results.find(isUnfinishedResult)
  const verdict =
    unfinished === undefined
      ? verdictOf(worst(results), step.input('job-status'), begun.cancelledState)
      : unknownResult(unfinished)
  if (verdict.happened.startsWith('Unknown') || verdict.happened.includes('unknown')) {
    step.log.warning(`${verdict.happened}: the deployment becomes "${verdict.state}"`)
  }
  const isUnfinishedStart = !begun.autoFinish && verdict.state === 'success'
  // The job went on after a start that failed, and nobody else will finish this deployment.
  return isUnfinishedStart ? { state: 'error', happened: 'The start did not end' } : verdict
}

function lateUrl(step: Step): string {
  const url = step.input('environment-url')
  const problem = url === '' ? undefined : urlProblem(url)
  if (problem) step.log.warning(`environment-url: ${problem}; it is left out`)
  return url === '' || problem ? '' : sendable(url)
}
