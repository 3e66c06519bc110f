import type { ListedDeployment, RefType } from './deployment.ts'
import { readOrigin } from './origin.ts'

/** The type of a ref, which only its full name tells. */
export function refTypeOf(ref: string): RefType {
  if (ref.startsWith('refs/heads/')) return 'branch'
  return ref.startsWith('refs/tags/') ? 'tag' : 'unknown'
}

/** The name of a branch or tag without `refs/heads/` or `refs/tags/`. */
export const shortRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '')

/** The names under which GitHub can have recorded a ref. */
export const refVariants = (ref: string): readonly string[] =>
  refTypeOf(ref) === 'unknown' ? [ref, `refs/heads/${ref}`, `refs/tags/${ref}`] : [shortRef(ref), ref]

type RefFacts = Pick<ListedDeployment, 'ref' | 'refType' | 'sha' | 'payload'>

/**
 * Whether a deployment was created from a ref: a SHA, a short name, or a full name, which does not match a ref of the
 * other type with the same name.
 */
export function isOfRef(one: RefFacts, wanted: string): boolean {
  if (one.sha === wanted.toLowerCase()) return true
  const origin = readOrigin(one.payload)
  const known = [
    { name: one.ref, type: one.refType },
    { name: origin?.ref ?? '', type: origin?.refType ?? 'unknown' }
  ]
  const [name, type] = [shortRef(wanted), refTypeOf(wanted)]
  const isSameType = (other: RefType) => [type, other].includes('unknown') || other === type
  return known.some(ref => shortRef(ref.name) === name && isSameType(ref.type))
}
