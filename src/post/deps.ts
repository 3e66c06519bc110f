import { sameName } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { Deployments } from '../github/deployments.ts'
import { openDeployments } from '../github/open.ts'
import { parseCheckRunId } from '../inputs/common.ts'
import type { Clock } from '../lib/clock.ts'
import { getId, getText, parseJson } from '../lib/json.ts'
import { type RunContext, readContext } from '../runner/context.ts'
import { createSeal, type Journal, openJournal, type Seal } from '../runner/journal.ts'
import type { Log, Step } from '../runner/step.ts'

/** GitHub's side, once it is known which repository the record is about. */
export interface Connected {
  readonly step: Step
  readonly run: RunContext
  readonly deployments: Deployments
  readonly log: Log
  readonly clock: Clock
}

/** What a post step has to work with. */
export interface PostDeps {
  readonly step: Step
  readonly run: RunContext
  readonly seal: Seal
  readonly journal: Journal
  readonly checkRunId: number | undefined
  /** The deployment that the saved state names, believed or not. */
  readonly savedId: number | undefined
  /** Opens the API with the first usable token. */
  connect(target: Pick<StartRecord, 'repository' | 'timeoutMs'> & Partial<StartRecord>): Promise<Connected>
}

/** Opens a post step. Masks the tokens first. */
export function openPost(step: Step): PostDeps {
  const tokens = [step.input('token'), step.input('fallback-token')]
  for (const token of tokens) step.mask(token)
  const run = readContext(step.env)
  const checkRunId = parseCheckRunId(step.input('check-run-id'))
  const seal = createSeal(step.input('fallback-token'), run, checkRunId)
  const journal = openJournal(run, { seal, checkRunId, redact: step.redact })
  return {
    step,
    run,
    seal,
    journal,
    checkRunId,
    savedId: getId(parseJson(getText(parseJson(step.savedState), 'json')), 'id'),
    async connect({ repository, timeoutMs, dryRun = false, actionPath }) {
      const isInNested = actionPath !== undefined && actionPath !== run.actionPath
      const deployments = await openDeployments(run, {
        repository,
        timeoutMs,
        dryRun,
        tokens: usableTokens(tokens, run, repository),
        fallbackStatuses: isInNested ? [401, 403, 404] : [401],
        clock: step.clock,
        log: step.log.info,
        warn: step.log.warning,
        debug: step.debug
      })
      return { step, run, deployments, log: step.log, clock: step.clock }
    }
  }
}

/** In a composite inside a composite, `GITHUB_ACTION_PATH` differs between main and post (seen on runner 2.336.0). */
export const isNested = ({ run }: PostDeps, record: StartRecord): boolean => record.actionPath !== run.actionPath

/** The fallback is the workflow's own token, which can do nothing in another repository. */
function usableTokens(
  [own = '', fallback = '']: readonly string[],
  run: RunContext,
  repository: string
): readonly string[] {
  const candidates = sameName(repository, run.repository) ? [own, fallback] : [own]
  return [...new Set(candidates)].filter(token => /^[\x21-\x7e]+$/.test(token))
}
