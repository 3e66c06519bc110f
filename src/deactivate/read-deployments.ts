import {
  caseVariants,
  type DeactivationTarget,
  toDeactivationTarget
} from '../deployment/deployment.ts'
import { createProgress } from '../report/progress.ts'
import type { Work } from './make-inactive.ts'
import { isSelected, needsRefLookup } from './selection.ts'

// Names that one list is asked for, so that hundreds of environments do not cost as many requests.
const NAMES_AT_ONCE = 50

/** What is known of one environment: those that are meant, newest first, and how many are not. */
export interface EnvironmentDeployments {
  readonly name: string
  selected: DeactivationTarget[]
  othersCount: number
  /** Those that REST says were made with the ref, once somebody had to ask. */
  refs: ReadonlySet<number> | undefined
}

/** Reads all deployments of the environments into `found`, which is right also where a page fails. */
export async function readDeployments(
  work: Work,
  found: readonly EnvironmentDeployments[]
): Promise<void> {
  const { deps, selection } = work
  let count = 0
  const tell = createProgress(deps, read => `Read ${read} deployments`)
  for (let from = 0; from < found.length; from += NAMES_AT_ONCE) {
    const some = found.slice(from, from + NAMES_AT_ONCE)
    const byName = new Map(some.map(each => [each.name.toLowerCase(), each]))
    const names = caseVariants(some.map(({ name }) => name))
    for await (const page of deps.deployments.list(names)) {
      for (const one of page) {
        const here = byName.get(one.environment.toLowerCase())
        if (!here) continue
        // All of the environment's at once, and only where nothing else tells.
        if (needsRefLookup(selection, one)) {
          here.refs ??= await deps.deployments.madeWithRef(here.name, selection.ref)
        }
        if (isSelected(selection, one, here.refs)) here.selected.push(toDeactivationTarget(one))
        else here.othersCount += 1
      }
      count += page.length
      tell(count)
    }
  }
}
