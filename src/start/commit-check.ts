import type { Deps } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'
import { isPullRequestEvent } from '../runner/event.ts'

// Events that run with the base repository's permissions but are about a commit that anyone can propose.
const UNTRUSTED_COMMIT_EVENTS = [
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'check_run',
  'check_suite',
  'status'
]

/**
 * Compares the commit in the workspace with the recorded one. A difference is a warning. On events about a commit
 * that can be untrusted, it is a line of information that never suggests checking that commit out.
 */
export function checkCommit(
  { log }: Deps,
  { event, sha }: RunContext,
  { head, recorded, isReused }: { head: string | undefined; recorded: string; isReused: boolean }
): void {
  if (head === undefined || recorded === '' || head === recorded) return
  if (UNTRUSTED_COMMIT_EVENTS.includes(event.name)) {
    log.info(`The workspace has commit ${head} checked out. The deployment records ${recorded}.`)
    return
  }
  // `actions/checkout` checks out the merge commit by default. The deployment records the head.
  if (isPullRequestEvent(event.name) && head === sha) return
  const record = isReused ? '' : ' To record the commit that you deploy, set `ref` on this step.'
  log.warning(
    `The workspace has commit ${head} checked out, but the deployment records ${recorded}.${record} To deploy the recorded commit, set \`ref\` on \`actions/checkout\`.`
  )
}
