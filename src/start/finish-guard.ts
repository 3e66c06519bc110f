import { sameName } from '../deployment/deployment.ts'
import type { StartInputs } from '../inputs/types.ts'
import { InputError } from '../lib/errors.ts'
import type { Deps } from '../mode.ts'

/**
 * Refuses a `start` that looks like the finish step of another action: its `state` is known although the job has an
 * unfinished deployment that it does not distinguish itself from. Throws an InputError.
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
