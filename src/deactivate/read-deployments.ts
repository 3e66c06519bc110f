import {
  type DeactivationTarget,
  isLive,
  type ListedDeployment,
  toDeactivationTarget
} from '../deployment/deployment.ts'
import { nameKey } from '../lib/text.ts'
import { createProgress } from '../report/progress.ts'
import type { Work } from './make-inactive.ts'
import { type Environments, type Exclusion, exclusionOf, needsRefLookup } from './selection.ts'

// One list for many environments needs fewer requests.
const NAMES_PER_LIST = 50

/** The deployments of one environment. */
export interface EnvironmentDeployments {
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

/** The environments before their deployments are read. */
export const emptyEnvironments = (environments: Environments): readonly EnvironmentDeployments[] =>
  [...environments].map(([name, isNamed]) => ({
    name,
    isNamed,
    selected: [],
    othersCount: 0,
    liveOthers: new Map(),
    idsWithRef: undefined
  }))

/** Reads all deployments of the environments into `found`, which is valid even if a page fails. */
export async function readDeployments(work: Work, found: readonly EnvironmentDeployments[]): Promise<void> {
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

async function add(
  { deps, selection }: Work,
  environment: EnvironmentDeployments,
  one: ListedDeployment
): Promise<void> {
  if (needsRefLookup(selection, one)) {
    environment.idsWithRef ??= await deps.deployments.madeWithRef(environment.name, selection.ref)
  }
  const exclusion = exclusionOf(selection, one, environment.idsWithRef)
  if (exclusion === undefined) {
    environment.selected.push(toDeactivationTarget(one))
    return
  }
  environment.othersCount += 1
  if (!isLive(one.state)) return
  environment.liveOthers.set(exclusion, (environment.liveOthers.get(exclusion) ?? 0) + 1)
}
