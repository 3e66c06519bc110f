import type { Clock } from '../clock.ts'
import type { RunContext } from '../context.ts'
import { connect } from './client.ts'
import { type Deployments, deploymentsOf } from './deployments.ts'
import { withoutWriting } from './dry-run.ts'

export interface Opening {
  readonly repository: string
  readonly dryRun: boolean
  readonly timeoutMs: number
  readonly clock: Clock
  /** The first is used; the others, in turn, where GitHub answers 401. */
  readonly tokens: readonly string[]
  /** One line for the log. */
  readonly tell: (text: string) => void
}

/** The deployments of a repository, or in a dry run the same without writing. */
export function openDeployments(run: RunContext, opening: Opening): Deployments {
  const { repository, tokens, tell } = opening
  const { clock, timeoutMs } = opening
  const client = connect({ apiUrl: run.apiUrl, tokens, clock, timeoutMs, tell })
  const deployments = deploymentsOf(
    client,
    { repository, graphqlUrl: run.graphqlUrl, note: tell },
    clock
  )
  return opening.dryRun ? withoutWriting(deployments, tell) : deployments
}
