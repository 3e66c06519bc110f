import { type Retirable, retirable, spellings } from '../deployment/deployment.ts'
import { progressOf } from '../report/progress.ts'
import type { Work } from './make-inactive.ts'
import { isAsked, isRefUntold } from './selection.ts'

// Names that one list is asked for, so that hundreds of environments do not cost as many requests.
const NAMES_AT_ONCE = 50

/** What is known of one environment: those that are meant, newest first, and how many are not. */
export interface Found {
  readonly name: string
  asked: Retirable[]
  passedOver: number
  /** Those that REST says were made with the ref, once somebody had to ask. */
  refs: ReadonlySet<number> | undefined
}

/** Reads all deployments of the environments into `found`, which is right also where a page fails. */
export async function readAll(work: Work, found: readonly Found[]): Promise<void> {
  const { tools, selection } = work
  let count = 0
  const tell = progressOf(tools, read => `Read ${read} deployments`)
  for (let from = 0; from < found.length; from += NAMES_AT_ONCE) {
    const some = found.slice(from, from + NAMES_AT_ONCE)
    const byName = new Map(some.map(each => [each.name.toLowerCase(), each]))
    const names = spellings(some.map(({ name }) => name))
    for await (const page of tools.deployments.list(names)) {
      for (const one of page) {
        const here = byName.get(one.environment.toLowerCase())
        if (!here) continue
        // All of the environment's at once, and only where nothing else tells.
        if (isRefUntold(selection, one)) {
          here.refs ??= await tools.deployments.madeWithRef(here.name, selection.ref)
        }
        if (isAsked(selection, one, here.refs)) here.asked.push(retirable(one))
        else here.passedOver += 1
      }
      count += page.length
      tell(count)
    }
  }
}
