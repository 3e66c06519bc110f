import { describeNotDeleted } from '../finalize/error-context.ts'
import { ActionError } from '../lib/errors.ts'
import { countOf } from '../lib/text.ts'
import { logChange, type Work } from './make-inactive.ts'

/** Deletes an environment unless it has other deployments. A failure is recorded and reported at the end. */
export async function deleteEnvironment(work: Work, name: string, others: number): Promise<void> {
  const { deployments, log } = work.deps
  if (work.failures.length > 0) return
  if (others > 0) {
    log.warning(
      `The environment "${name}" was not deleted: it still has ${countOf(others, 'deployment')} that the inputs do not select.`
    )
    return
  }
  try {
    await deployments.removeEnvironment(name, describeNotDeleted(`The environment "${name}"`))
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    work.failures.push(error)
    return
  }
  work.deletedEnvironments.push(name)
  logChange(work, `Deleted the environment ${name}`)
}
