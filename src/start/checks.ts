import { isDeepStrictEqual } from 'node:util'
import { type Deployment, inactiveStatus, sameName } from '../deployment/deployment.ts'
import { PAYLOAD_KEY, payloadText } from '../deployment/origin.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { OnFailure } from '../github/error-messages.ts'
import type { StartInputs } from '../inputs/types.ts'
import { ActionError, InputError } from '../lib/errors.ts'
import { isJsonObject, parseJson } from '../lib/json.ts'
import { description, sanitizeLine } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'
import { isPullRequestEvent } from '../runner/event.ts'
import type { Log } from '../runner/step.ts'

/**
 * Rejects a `start` that looks like the finish step of another action: its `state` is known, and the job has an
 * unfinished deployment, and no input names another environment or task. Throws an InputError.
 */
export function refuseFinish({ journal }: Deps, inputs: StartInputs): void {
  const { repository, environment, task, deploymentId } = inputs
  if (inputs.results.length === 0) return
  const open = journal
    .all()
    .find(
      record =>
        record.id > 0 &&
        record.phase !== 'nothing' &&
        record.finished === undefined &&
        sameName(record.repository, repository) &&
        (environment === '' || sameName(record.environment, environment)) &&
        (task === '' || record.task === task) &&
        (deploymentId === undefined || deploymentId === record.id)
    )
  if (!open) return
  throw new InputError(
    `state: this job has already started deployment ${open.id} of "${open.environment}" and not finished it. Did you mean \`mode: finish\`? To start a second deployment, set another \`environment\` or \`task\`.`
  )
}

/** A payload without the part of this action. */
function userPayload(payload: string): unknown {
  const value = parseJson(payloadText(payload))
  if (!isJsonObject(value)) return value
  const { [PAYLOAD_KEY]: _own, ...rest } = value
  return rest
}

/** Warns about inputs that cannot change a reused deployment and differ from what it has. */
export function warnAboutReuse(log: Log, inputs: StartInputs, deployment: Deployment): void {
  const isOtherRef = inputs.ref !== '' && ![deployment.ref, deployment.sha].includes(inputs.ref)
  const isOtherTask = inputs.task !== '' && inputs.task !== deployment.task
  const hasPayload = inputs.payload !== ''
  const isOtherPayload = hasPayload && !isDeepStrictEqual(userPayload(inputs.payload), userPayload(deployment.payload))
  const ignored = [
    ...(isOtherRef ? [`ref (it has ${deployment.ref})`] : []),
    ...(isOtherTask ? [`task (it has ${deployment.task})`] : []),
    ...(isOtherPayload ? ['payload'] : [])
  ]
  if (ignored.length === 0) return
  log.warning(
    `Deployment ${deployment.id} is reused, so these inputs are ignored: ${ignored.join(', ')}. GitHub sets them only when a deployment is created.`,
    'reused'
  )
}

/**
 * Rejects a deployment of another commit than the one that was sent: it is made inactive, then deleted. If it cannot
 * be deleted, it stays inactive. Throws an ActionError; `expected` is empty for an explicit `ref`.
 */
export async function rejectOtherCommit(
  deps: Deps,
  expected: string,
  record: StartRecord,
  onFailure: OnFailure
): Promise<void> {
  if (expected === '' || record.sha === expected) return
  const actual = sanitizeLine(record.sha, 64)
  const text = description(`Recorded commit ${actual} instead of ${expected}`, '')
  const status = inactiveStatus({ environmentUrl: '' }, text, record.logUrl)
  await deps.deployments.setStatus(record.id, status, { onFailure })
  deps.save({ ...record, phase: 'nothing', finished: 'inactive' })
  let isDeleted = true
  try {
    await deps.deployments.remove(record.id, '')
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    isDeleted = false
  }
  throw new ActionError(
    `GitHub recorded commit ${actual} for deployment ${record.id} of ${record.repository} instead of ${expected}, so it was ${isDeleted ? 'deleted' : 'made inactive'}. Run the job again.`,
    { section: 'otherCommit' }
  )
}

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
    `The workspace has commit ${head} checked out, but the deployment records ${recorded}.${record} To deploy the recorded commit, set \`ref\` on \`actions/checkout\`.`,
    'workspace'
  )
}
