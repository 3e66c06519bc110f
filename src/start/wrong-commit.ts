import { inactiveStatus } from '../deployment/deployment.ts'
import type { StartRecord } from '../deployment/start-record.ts'
import type { OnFailure } from '../github/error-messages.ts'
import { ActionError } from '../lib/errors.ts'
import { description, sanitizeLine } from '../lib/text.ts'
import type { Deps } from '../mode.ts'

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
  const status = inactiveStatus({ ...record, nodeId: '', state: 'none', environmentUrl: '' }, text, record.logUrl)
  await deps.deployments.setStatus(record.id, status, { onFailure })
  deps.save({ ...record, phase: 'nothing', finished: 'inactive' })
  const isDeleted = await deps.deployments.remove(record.id, '').then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof ActionError)) throw error
      return false
    }
  )
  throw new ActionError(
    `GitHub recorded commit ${actual} for deployment ${record.id} of ${record.repository} instead of ${expected}, so it was ${isDeleted ? 'deleted' : 'made inactive'}. Run the job again.`
  )
}
