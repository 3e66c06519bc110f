import type { Clock } from '../lib/clock.ts'
import type { RunContext } from '../runner/context.ts'
import { connect } from './client.ts'
import { type Deployments, deploymentsOf } from './deployments.ts'
import { dryRunOf } from './dry-run.ts'
import type { Warn } from './rest.ts'

export interface Opening {
  readonly repository: string
  readonly dryRun: boolean
  readonly timeoutMs: number
  readonly clock: Clock
  /** The first is used; after a 401 the next one. */
  readonly tokens: readonly string[]
  /** Answers after which the next token is used; 401 unless given. */
  readonly fallbackStatuses?: readonly number[]
  /** One line for the log. */
  readonly log: (text: string) => void
  readonly warn: Warn
  /** One line for the debug log; `undefined` if debug logging is off. */
  readonly debug: ((line: string) => void) | undefined
}

/** The deployments of a repository. In a dry run writes are logged instead of sent. */
export function openDeployments(run: RunContext, opening: Opening): Deployments {
  const { repository, tokens, log, debug, warn, clock, timeoutMs, fallbackStatuses = [401] } = opening
  const requestLog = debug && { log: debug, now: clock.now }
  const client = connect({
    apiUrl: run.apiUrl,
    proxy: run.proxy,
    tokens,
    fallbackStatuses,
    clock,
    timeoutMs,
    log,
    requestLog
  })
  const deployments = deploymentsOf(client, { repository, graphqlUrl: run.graphqlUrl }, clock, warn)
  return opening.dryRun ? dryRunOf(deployments, repository, log) : deployments
}
