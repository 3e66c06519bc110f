import { commaParts, warnAboutCommas } from '../finalize/bare-comma.ts'
import { ActionError } from '../lib/errors.ts'
import { inferPatterns } from '../runner/infer.ts'
import { deleteDeployments, deleteEnvironment, makeInactive, type Work } from './make-inactive.ts'
import { type EnvironmentDeployments, emptyEnvironments, readDeployments } from './read-deployments.ts'
import { findEnvironments, leftOut, noMatch, withoutKept } from './selection.ts'

// The log names no more environments than this.
const MAX_NAMES = 10

/** Marks the selected deployments of all environments inactive, and deletes them or the environments on request. */
export async function deactivateEnvironments(work: Work): Promise<void> {
  const environments = await findEnvironments(work.deps, work.selection)
  logEnvironments(work, [...environments.keys()])
  // All are read first, so that the writes need as few requests as possible.
  const found = emptyEnvironments(environments)
  // What was read before a failure is still made inactive; the failure is thrown at the end.
  const failure = await readDeployments(work, found).then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof ActionError)) throw error
      return error
    }
  )
  if (!failure) for (const environment of found) await explain(work, environment)
  const { keep, delete: deletion } = work.selection.inputs
  const selected = found.flatMap(environment => withoutKept(environment.selected, keep))
  await makeInactive(work, selected)
  if (deletion !== 'none') {
    // A deployment that could not be made inactive is not deleted.
    await deleteDeployments(
      work,
      selected.filter(({ id }) => work.done.has(id))
    )
  }
  if (failure) throw failure
  if (deletion !== 'environment') return
  for (const { name, othersCount } of found) await deleteEnvironment(work, name, othersCount)
}

function logEnvironments({ deps, selection }: Work, names: readonly string[]): void {
  const { source } = inferPatterns(selection.run, selection.inputs.environments)
  const more = names.length - MAX_NAMES
  const others = more > 0 ? ` and ${more} more` : ''
  const listed = `${names.slice(0, MAX_NAMES).join(', ')}${others}`
  deps.log.info(`Environments: ${names.length === 0 ? 'none matches' : listed} (${source})`)
}

/** Explains why nothing, or not all, of an environment with a given name is selected. */
async function explain(work: Work, environment: EnvironmentDeployments): Promise<void> {
  const { name, isNamed, selected, othersCount, liveOthers } = environment
  if (!isNamed) return
  for (const [exclusion, count] of liveOthers) {
    work.deps.log.notice(leftOut(count, name, exclusion))
  }
  if (selected.length + othersCount > 0 || work.selection.inputs.environments.length === 0) return
  if (!(await warnAboutComma(work, name))) work.deps.log.notice(noMatch(name))
}

/** Warns if a name without deployments looks like a list. Costs one request for a name with a comma. */
async function warnAboutComma({ deps }: Work, name: string): Promise<boolean> {
  const parts = commaParts(name)
  if (parts.length === 0) return false
  for await (const page of deps.deployments.list(parts)) {
    return warnAboutCommas(deps.log, [name], page)
  }
  return false
}
