import {
  type DeactivationTarget,
  isLive,
  type ListedDeployment,
  toDeactivationTarget
} from '../deployment/deployment.ts'
import { commaParts, warnAboutCommas } from '../finalize/target.ts'
import { ActionError } from '../lib/errors.ts'
import { nameKey } from '../lib/text.ts'
import type { Patterns } from '../runner/infer.ts'
import { createProgress, deleteDeployments, deleteEnvironment, makeInactive, type Work } from './changes.ts'
import {
  type Exclusion,
  exclusionOf,
  findEnvironments,
  leftOut,
  needsRefLookup,
  noMatch,
  refOf,
  withoutKept
} from './selection.ts'

// The log names no more environments than this.
const MAX_NAMES = 10
// One list for many environments needs fewer requests.
const NAMES_PER_LIST = 50

/** The deployments of one environment. */
interface EnvironmentDeployments {
  readonly name: string
  /** Its name is given, not matched by a pattern. */
  readonly isNamed: boolean
  /** Newest first. */
  readonly selected: DeactivationTarget[]
  othersCount: number
  /** How many live ones each filter leaves out. */
  readonly liveOthers: Map<Exclusion, number>
  /** Ids of deployments created with the ref, as REST has them; `undefined` until they are needed. */
  idsWithRef: ReadonlySet<number> | undefined
}

/** Marks the selected deployments of all environments inactive, and deletes them or the environments on request. */
export async function deactivateEnvironments(work: Work, from: Patterns): Promise<void> {
  const { deps, inputs } = work
  const environments = await findEnvironments(deps, from)
  logEnvironments(
    work,
    environments.map(({ name }) => name),
    from.source
  )
  const found = environments.map(
    (environment): EnvironmentDeployments => ({
      ...environment,
      selected: [],
      othersCount: 0,
      liveOthers: new Map(),
      idsWithRef: undefined
    })
  )
  // All are read first, so that the writes need as few requests as possible. What was read before a failure is still
  // made inactive; the failure is thrown at the end.
  let failure: ActionError | undefined
  try {
    await readDeployments(work, found)
    for (const environment of found) await explain(work, environment)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    failure = error
  }
  const selected = found.flatMap(environment => withoutKept(environment.selected, inputs.keep))
  await makeInactive(work, selected)
  // A deployment that could not be made inactive is not deleted.
  const deletable = selected.filter(({ id }) => work.done.has(id))
  if (inputs.delete !== 'none') await deleteDeployments(work, deletable)
  if (failure) throw failure
  if (inputs.delete !== 'environment') return
  for (const { name, othersCount } of found) await deleteEnvironment(work, name, othersCount)
}

function logEnvironments({ deps }: Work, names: readonly string[], source: string): void {
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ''
  const listed = names.length === 0 ? 'none matches' : `${names.slice(0, MAX_NAMES).join(', ')}${more}`
  deps.log.info(`Environments: ${listed} (${source})`)
}

/** Reads all deployments of the environments into `found`, which is valid even if a page fails. */
async function readDeployments(work: Work, found: readonly EnvironmentDeployments[]): Promise<void> {
  const { deps } = work
  let count = 0
  const logProgress = createProgress(deps, read => `Read ${read} deployments`)
  for (let from = 0; from < found.length; from += NAMES_PER_LIST) {
    const some = found.slice(from, from + NAMES_PER_LIST)
    const byName = new Map(some.map(each => [nameKey(each.name), each]))
    for await (const page of deps.deployments.list(some.map(({ name }) => name))) {
      for (const one of page) {
        const environment = byName.get(nameKey(one.environment))
        if (environment) await add(work, environment, one)
      }
      count += page.length
      logProgress(count)
    }
  }
}

async function add(work: Work, environment: EnvironmentDeployments, one: ListedDeployment): Promise<void> {
  const ref = refOf(work)
  if (needsRefLookup(ref, one)) {
    environment.idsWithRef ??= await work.deps.deployments.madeWithRef(environment.name, ref)
  }
  const exclusion = exclusionOf(work, one, environment.idsWithRef)
  if (exclusion === undefined) {
    environment.selected.push(toDeactivationTarget(one))
    return
  }
  environment.othersCount += 1
  if (!isLive(one.state)) return
  environment.liveOthers.set(exclusion, (environment.liveOthers.get(exclusion) ?? 0) + 1)
}

/** Explains why nothing, or not all, of an environment with a given name is selected. */
async function explain({ deps, inputs }: Work, environment: EnvironmentDeployments): Promise<void> {
  const { name, isNamed, selected, othersCount, liveOthers } = environment
  if (!isNamed) return
  for (const [exclusion, count] of liveOthers) deps.log.notice(leftOut(count, name, exclusion))
  if (selected.length + othersCount > 0 || inputs.environments.length === 0) return
  const parts = commaParts(name)
  let existing: readonly ListedDeployment[] = []
  // A name that looks like a list costs one request.
  if (parts.length > 0) {
    for await (const page of deps.deployments.list(parts)) {
      existing = page
      break
    }
  }
  if (!warnAboutCommas(deps.log, [name], existing)) deps.log.notice(noMatch(name))
}
