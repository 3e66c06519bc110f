import type { Clock } from '../lib/clock.ts'
import type { RunContext } from '../runner/context.ts'
import { connect } from './client.ts'
import { type Deployments, deploymentsOf } from './deployments.ts'
import { withoutWriting } from './dry-run.ts'
import type { Watch } from './transport.ts'

export interface Opening {
  readonly repository: string
  readonly dryRun: boolean
  readonly timeoutMs: number
  readonly clock: Clock
  /** The first is used; the others, in turn, where GitHub answers 401. */
  readonly tokens: readonly string[]
  /** One line for the log. */
  readonly log: (text: string) => void
  /** One line for the debug log; `undefined` where nobody reads it. */
  readonly debug: ((line: string) => void) | undefined
}

/** The deployments of a repository, or in a dry run the same without writing. */
export async function openDeployments(run: RunContext, opening: Opening): Promise<Deployments> {
  const { repository, tokens, log } = opening
  const { clock, timeoutMs } = opening
  const watch = await watchOf(opening)
  const client = connect({ apiUrl: run.apiUrl, tokens, clock, timeoutMs, log, watch })
  const deployments = deploymentsOf(
    client,
    { repository, graphqlUrl: run.graphqlUrl, note: log },
    clock
  )
  return opening.dryRun ? withoutWriting(deployments, log) : deployments
}

/** Loaded where it is needed: the debug log is off in most runs. */
const watchOf = async ({ debug, clock }: Opening): Promise<Watch | undefined> =>
  debug && (await import('./request-log.ts')).traceTo(debug, clock.now)
