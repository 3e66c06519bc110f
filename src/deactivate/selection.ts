import type { ListedDeployment } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { isGlob, matches } from '../lib/glob.ts'
import { nameKey } from '../lib/text.ts'
import type { Deps } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'
import { inferPatterns } from '../runner/infer.ts'

/** Selects the deployments of a `deactivate`. */
export interface Selection {
  readonly run: RunContext
  readonly inputs: DeactivateInputs
  /** Without `refs/heads/` or `refs/tags/`; empty: any. */
  readonly ref: string
}

export function selectionOf(run: RunContext, inputs: DeactivateInputs): Selection {
  const deleted = run.event.name === 'delete' ? run.event.deletedRef : ''
  return { run, inputs, ref: bareRef(inputs.ref || deleted) }
}

const bareRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '')

/** The environments that match the names and patterns. Patterns need a list of the repository's environments. */
export async function environmentNames(
  deps: Pick<Deps, 'deployments' | 'log'>,
  { run, inputs }: Selection
): Promise<readonly string[]> {
  const { patterns, isInferred } = inferPatterns(run, inputs.environments)
  const literal = patterns.filter(pattern => !isGlob(pattern))
  const names = new Map(literal.map(name => [nameKey(name), name]))
  const globs = patterns.filter(isGlob)
  if (globs.length === 0) return [...names.values()]
  try {
    for (const name of await deps.deployments.environments()) {
      if (globs.some(glob => matches(glob, name))) names.set(nameKey(name), name)
    }
  } catch (error) {
    // Without the permission to read environments some servers answer 404.
    const isRefused = [403, 404].includes(failureOf(error)?.status ?? 0)
    if (!isInferred || !isRefused) throw error
    deps.log.info(
      `${globs.join(', ')} skipped: listing environments needs the permission "actions: read".`
    )
  }
  return [...names.values()]
}

/** Whether the filters select a deployment. `idsWithRef` are the deployments that REST lists for the ref. */
export function isSelected(
  { inputs, run, ref }: Selection,
  one: ListedDeployment,
  idsWithRef: ReadonlySet<number> | undefined
): boolean {
  if (inputs.task !== '' && one.task !== inputs.task) return false
  const pull = run.event.pullRequest
  if (pull?.isClosed && pull.closedAt !== '') {
    // A reopened pull request has newer deployments, which must not change.
    if (Date.parse(one.createdAt) >= Date.parse(pull.closedAt)) return false
  }
  return ref === '' || idsWithRef?.has(one.id) === true || hasRef(one, ref)
}

function hasRef(one: ListedDeployment, ref: string): boolean {
  const kept = readOrigin(one.payload)?.ref ?? ''
  return [one.ref, kept].some(name => bareRef(name) === ref) || one.sha === ref.toLowerCase()
}

/** GraphQL has no ref for a deleted branch. Without one in the payload, REST is needed. */
export const needsRefLookup = ({ ref }: Selection, one: ListedDeployment): boolean =>
  ref !== '' && one.ref === '' && !readOrigin(one.payload)?.ref
