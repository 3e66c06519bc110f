import { get, getId, getText, isJsonObject, type JsonObject, membersOf, objectText, parseJson } from '../lib/json.ts'
import type { ListedDeployment, RefType } from './deployment.ts'

/** The one key of GitHub's `payload` that is ours; a user's own keys stand beside it. */
export const PAYLOAD_KEY = 'deploy-status-action'

/** What a deployment of ours says of its origin. Every earlier version reads, with fields missing. */
export interface Origin {
  readonly runId: number | undefined
  readonly runAttempt: number | undefined
  readonly checkRunId: number | undefined
  readonly job: string
  /** The branch or tag name kept; an explicit `ref` as given. */
  readonly ref: string
  readonly refType: RefType
  readonly pullRequest: number | undefined
  readonly autoFinish: boolean | undefined
  readonly transient: boolean | undefined
  /** Unique for each start: how a deployment is found again when GitHub's answer was lost. */
  readonly key: string
}

/** The object that GitHub keeps for us. Numbers stay numbers; what is unknown is left out. */
function writeOrigin(origin: Origin): JsonObject {
  return {
    v: 1,
    run_id: origin.runId,
    run_attempt: origin.runAttempt,
    check_run_id: origin.checkRunId,
    job: origin.job,
    ref: origin.ref,
    // Not written for a branch, the usual type.
    ref_type: origin.refType === 'branch' ? undefined : origin.refType,
    pull_request: origin.pullRequest,
    auto_finish: origin.autoFinish,
    transient: origin.transient,
    key: origin.key
  }
}

const MAX_ENCODINGS = 4

/** The value of a payload. A payload that was sent as a string contains JSON in a string, sometimes more than once. */
function decoded(payload: unknown): unknown {
  let value = payload
  for (let count = 0; count < MAX_ENCODINGS && typeof value === 'string'; count++) {
    value = parseJson(value)
  }
  return value
}

/** Who made a deployment, read from its payload; `undefined` where it is none of ours. */
export function readOrigin(payload: unknown): Origin | undefined {
  const ours = decoded(get(decoded(payload), PAYLOAD_KEY))
  if (!isJsonObject(ours)) return undefined
  const flag = (name: string) => {
    const value = get(ours, name)
    return typeof value === 'boolean' ? value : undefined
  }
  return {
    runId: getId(ours, 'run_id'),
    runAttempt: getId(ours, 'run_attempt'),
    checkRunId: getId(ours, 'check_run_id'),
    job: getText(ours, 'job'),
    ref: getText(ours, 'ref'),
    refType: readRefType(ours),
    pullRequest: getId(ours, 'pull_request'),
    autoFinish: flag('auto_finish'),
    transient: flag('transient'),
    key: getText(ours, 'key')
  }
}

/** Versions that do not write `transient` do not write the type either. */
function readRefType(ours: JsonObject): Origin['refType'] {
  const type = getText(ours, 'ref_type')
  if (type !== '') return type === 'tag' ? 'tag' : 'unknown'
  return Object.hasOwn(ours, 'transient') ? 'branch' : 'unknown'
}

/** The payload as an output: its JSON text, or the one in its string. Numbers keep all their digits. */
export function payloadText(payload: string): string {
  let text = payload
  for (let count = 1; count < MAX_ENCODINGS; count++) {
    const value = parseJson(text)
    if (typeof value !== 'string' || parseJson(value) === undefined) break
    text = value
  }
  const members = membersOf(text)
  if (members.size > 0) return objectText(members)
  if (['', 'null'].includes(text)) return '{}'
  return parseJson(text) === undefined ? JSON.stringify(text) : text
}

/** The JSON text of the user's payload with this action's part. */
export const withOrigin = (payload: string, origin: Origin): string =>
  objectText([...membersOf(payload), [PAYLOAD_KEY, JSON.stringify(writeOrigin(origin))]])

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
