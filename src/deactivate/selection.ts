import { type DeactivationTarget, isFinal, type ListedDeployment } from '../deployment/deployment.ts'
import { isOfRef } from '../deployment/origin.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import { isGlob, matches } from '../lib/glob.ts'
import { countOf, nameKey } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import type { Patterns } from '../runner/infer.ts'
import type { Work } from './changes.ts'

/** The environments that match names and patterns. Patterns need a list of the repository's environments. */
export async function findEnvironments(
  deps: Deps,
  { patterns, isInferred }: Patterns
): Promise<readonly { readonly name: string; readonly isNamed: boolean }[]> {
  const literal = patterns.filter(pattern => !isGlob(pattern))
  const found = new Map(literal.map(name => [nameKey(name), { name, isNamed: true }]))
  const globs = patterns.filter(isGlob)
  if (globs.length > 0) {
    const existing = await listEnvironments(deps, globs, isInferred)
    for (const name of existing ?? []) {
      const isNew = !found.has(nameKey(name)) && globs.some(glob => matches(glob, name))
      if (isNew) found.set(nameKey(name), { name, isNamed: false })
    }
    const unmatched = globs.filter(glob => !existing?.some(name => matches(glob, name)))
    if (existing && !isInferred) for (const glob of unmatched) deps.log.notice(noMatch(glob))
  }
  return [...found.values()]
}

export const noMatch = (pattern: string): string => `environment: nothing matches "${pattern}".`

/** The repository's environments; `undefined` if they cannot be listed and the patterns were inferred. */
async function listEnvironments(
  deps: Deps,
  globs: readonly string[],
  isInferred: boolean
): Promise<readonly string[] | undefined> {
  try {
    return await deps.deployments.environments()
  } catch (error) {
    // Without the permission to read environments some servers answer 404.
    const isRefused = [403, 404].includes(failureOf(error)?.status ?? 0)
    if (!isInferred || !isRefused) throw error
    deps.log.info(`${globs.join(', ')} skipped: listing environments needs the permission "actions: read".`)
    return undefined
  }
}

/** The filter that leaves a deployment out. */
export type Exclusion = 'task' | 'time' | 'ref'

/** The ref to filter by: a full ref, a short name or a SHA; empty: any. */
export const refOf = ({ inputs, deps }: Work): string =>
  inputs.ref === '*' ? '' : inputs.ref || deps.run.event.deletedRef

/** Why the filters leave a deployment out, or `undefined`. `idsWithRef` are the deployments that REST lists for the ref. */
export function exclusionOf(
  work: Work,
  one: ListedDeployment,
  idsWithRef: ReadonlySet<number> | undefined
): Exclusion | undefined {
  const { task } = work.inputs
  if (task !== '' && one.task !== task) return 'task'
  const pull = work.deps.run.event.pullRequest
  // A reopened pull request has newer deployments, which must not change.
  const isEnded = pull?.isClosed && pull.closedAt !== ''
  if (isEnded && Date.parse(one.createdAt) >= Date.parse(pull.closedAt)) return 'time'
  const ref = refOf(work)
  const isListed = needsRefLookup(ref, one) && idsWithRef?.has(one.id) === true
  return ref === '' || isListed || isOfRef(one, ref) ? undefined : 'ref'
}

/** GraphQL has no ref for a deleted branch. Without one in the payload, REST is needed. */
export const needsRefLookup = (ref: string, one: ListedDeployment): boolean =>
  ref !== '' && one.ref === '' && !one.origin?.ref

const EXCLUDED: Readonly<Record<Exclusion, readonly [one: string, many: string]>> = {
  task: ['has another task', 'have other tasks'],
  time: ['is newer than the closing of the pull request', 'are newer than the closing of the pull request'],
  ref: ['belongs to another ref', 'belong to other refs']
}

/** A notice about live deployments of a named environment that the filters leave out. */
export const leftOut = (count: number, environment: string, exclusion: Exclusion): string => {
  const [one, many] = EXCLUDED[exclusion]
  return `${countOf(count, 'live deployment')} of ${environment} ${count === 1 ? one : many}.`
}

/**
 * The deployments of one environment that `keep` does not protect. For each task it protects the newest `keep`
 * deployments, the newest one with the state `success`, and all that are unfinished. The list is newest first.
 */
export function withoutKept(deployments: readonly DeactivationTarget[], keep: number): readonly DeactivationTarget[] {
  if (keep === 0) return deployments
  const counts = new Map<string, { seen: number; hasSuccess: boolean }>()
  return deployments.filter(({ task, state }) => {
    const { seen, hasSuccess } = counts.get(task) ?? { seen: 0, hasSuccess: false }
    const isSuccess = state === 'success'
    counts.set(task, { seen: seen + 1, hasSuccess: hasSuccess || isSuccess })
    return seen >= keep && !(isSuccess && !hasSuccess) && isFinal(state)
  })
}
