import { type ArtifactSubject, toSubject } from '../deployment/artifacts.ts'
import { InputError } from '../lib/errors.ts'
import { badInput, type ReadInput } from './parsers.ts'

/** The `artifacts` input. */
export type Artifacts =
  | { readonly kind: 'none' | 'auto' }
  | {
      readonly kind: 'list'
      readonly subjects: readonly ArtifactSubject[]
      /** Lines without a digest: the step that sets it has not run. */
      readonly incomplete: readonly string[]
    }

/** Parses `auto` or a list of `name@sha256:<digest>`. Throws an InputError for any other line. */
export function parseArtifacts(text: string): Artifacts {
  if (text === '') return { kind: 'none' }
  if (text.toLowerCase() === 'auto') return { kind: 'auto' }
  const lines = new Set(text.split('\n').map(line => line.trim()))
  lines.delete('')
  const incomplete: string[] = []
  const subjects: ArtifactSubject[] = []
  for (const line of lines) {
    const [, reference = '', digest = ''] = /^([^@]*)@(.*)$/.exec(line) ?? []
    const subject = toSubject(reference, digest.toLowerCase())
    if (subject) subjects.push(subject)
    else if (line.includes('@') && ['', 'sha256:'].includes(digest)) incomplete.push(line)
    else throw invalidArtifact(line)
  }
  return { kind: 'list', subjects, incomplete }
}

/** The input, checked. With `isLate`, digests can be missing: `start` reads the input again in its post step. */
export function readArtifacts(read: ReadInput, isLate: boolean): string {
  const text = read('artifacts')
  const artifacts = parseArtifacts(text)
  const [missing] = artifacts.kind === 'list' && !isLate ? artifacts.incomplete : []
  if (missing !== undefined) throw invalidArtifact(missing)
  return text
}

/** The input of `deactivate`, which accepts only a list. */
export function readSubjects(read: ReadInput): readonly ArtifactSubject[] {
  const artifacts = parseArtifacts(readArtifacts(read, false))
  if (artifacts.kind === 'list') return artifacts.subjects
  if (artifacts.kind === 'none') return []
  throw new InputError(
    'artifacts: "auto" is not possible with `mode: deactivate`. List the artifacts as <name>@sha256:<digest>.'
  )
}

/** Whether a text is valid and all digests are known. */
export function isComplete(text: string): boolean {
  try {
    const artifacts = parseArtifacts(text)
    return artifacts.kind === 'list' ? artifacts.incomplete.length === 0 : artifacts.kind === 'auto'
  } catch {
    return false
  }
}

const invalidArtifact = (line: string): InputError =>
  badInput('artifacts', '"auto", or lines of <name>@sha256:<64 hexadecimal digits>', line)
