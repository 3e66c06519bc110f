import { type DeactivationTarget, toDeactivationTarget } from '../deployment/deployment.ts'
import { nameKey } from '../lib/text.ts'
import { createProgress } from '../report/progress.ts'
import type { Work } from './make-inactive.ts'
import { isSelected, needsRefLookup } from './selection.ts'

// One list for many environments needs fewer requests.
const NAMES_PER_LIST = 50

/** The deployments of one environment: those selected, newest first, and the number of others. */
export interface EnvironmentDeployments {
  readonly name: string
  selected: DeactivationTarget[]
  othersCount: number
  /** Ids of deployments created with the ref, as REST has them; `undefined` until they are needed. */
  idsWithRef: ReadonlySet<number> | undefined
}

/** Reads all deployments of the environments into `found`, which is valid even if a page fails. */
export async function readDeployments(
  work: Work,
  found: readonly EnvironmentDeployments[]
): Promise<void> {
  const { deps, selection } = work
  let count = 0
  const logProgress = createProgress(deps, read => `Read ${read} deployments`)
  for (let from = 0; from < found.length; from += NAMES_PER_LIST) {
    const some = found.slice(from, from + NAMES_PER_LIST)
    const byName = new Map(some.map(each => [nameKey(each.name), each]))
    for await (const page of deps.deployments.list(some.map(({ name }) => name))) {
      for (const one of page) {
        const here = byName.get(nameKey(one.environment))
        if (!here) continue
        if (needsRefLookup(selection, one)) {
          here.idsWithRef ??= await deps.deployments.madeWithRef(here.name, selection.ref)
        }
        if (isSelected(selection, one, here.idsWithRef))
          here.selected.push(toDeactivationTarget(one))
        else here.othersCount += 1
      }
      count += page.length
      logProgress(count)
    }
  }
}
