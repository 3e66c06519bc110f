import type { ListedDeployment } from '../deployment/deployment.ts'
import { readOrigin } from '../deployment/origin.ts'
import { failureOf } from '../github/tolerated-errors.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { isGlob, matches } from '../lib/glob.ts'
import type { Deps } from '../mode.ts'
import type { RunContext } from '../runner/context.ts'
import { inferPatterns } from '../runner/infer.ts'

/** Which deployments a `deactivate` is about. */
export interface Selection {
  readonly run: RunContext
  readonly inputs: DeactivateInputs
  /** Without `refs/heads/`; empty: any. */
  readonly ref: string
}

export function selectionOf(run: RunContext, inputs: DeactivateInputs): Selection {
  const deleted = run.event.name === 'delete' ? run.event.deletedRef : ''
  return { run, inputs, ref: bareRef(inputs.ref || deleted) }
}

const bareRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '')

/** The environments that the patterns name; a glob is looked up among those of the repository. */
export async function environmentNames(
  deps: Pick<Deps, 'deployments' | 'log'>,
  { run, inputs }: Selection
): Promise<readonly string[]> {
  const { patterns, isInferred } = inferPatterns(run, inputs.environments)
  const literal = patterns.filter(pattern => !isGlob(pattern))
  const names = new Map(literal.map(name => [name.toLowerCase(), name]))
  const globs = patterns.filter(isGlob)
  if (globs.length === 0) return [...names.values()]
  try {
    for (const name of await deps.deployments.environments()) {
      if (globs.some(glob => matches(glob, name))) names.set(name.toLowerCase(), name)
    }
  } catch (error) {
    // A 404 may mean the same, where the token may not even know.
    const isRefused = [403, 404].includes(failureOf(error)?.status ?? 0)
    if (!isInferred || !isRefused) throw error
    deps.log.info(`${globs.join(', ')} passed over: listing environments needs "actions: read".`)
  }
  return [...names.values()]
}

/** Whether a deployment is meant. `refs` are the ids that REST says were made with the ref. */
export function isSelected(
  { inputs, run, ref }: Selection,
  one: ListedDeployment,
  refs: ReadonlySet<number> | undefined
): boolean {
  if (inputs.task !== '' && one.task !== inputs.task) return false
  const pull = run.event.pullRequest
  if (pull?.isClosed && pull.closedAt !== '') {
    // A pull request that was opened again has new previews, which this run must not touch.
    if (Date.parse(one.createdAt) >= Date.parse(pull.closedAt)) return false
  }
  return ref === '' || refs?.has(one.id) === true || hasRef(one, ref)
}

function hasRef(one: ListedDeployment, ref: string): boolean {
  const kept = readOrigin(one.payload)?.ref ?? ''
  return [one.ref, kept].some(name => bareRef(name) === ref) || one.sha === ref.toLowerCase()
}

/** GraphQL forgets the ref of a branch that is gone; where nothing else tells it REST has to be asked. */
export const needsRefLookup = ({ ref }: Selection, one: ListedDeployment): boolean =>
  ref !== '' && one.ref === '' && !readOrigin(one.payload)?.ref
