import { get, getId, getText, isJsonObject, type JsonObject, membersOf, objectText, parseJson } from '../lib/json.ts'
import type { Deployment, ListedDeployment, Origin, RefType } from './deployment.ts'

/** The key of this action in GitHub's `payload`, beside the user's own keys. */
export const PAYLOAD_KEY = 'deploy-status-action'

/** The value of this action's key. Unknown fields are left out. */
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

/** What this action wrote to a payload, in any version; `undefined` if another tool created the deployment. */
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

/** Whether a job created a deployment. Without a check run id (GHES), the jobs of a matrix cannot be distinguished. */
export const isOfJob = (
  { origin }: Pick<Deployment, 'origin'>,
  { runId, runAttempt, job }: Pick<Origin, 'runId' | 'runAttempt' | 'job'>,
  checkRunId: number | undefined
): boolean =>
  runId !== undefined &&
  origin?.runId === runId &&
  origin.runAttempt === runAttempt &&
  origin.job === job &&
  (checkRunId === undefined || origin.checkRunId === checkRunId)

/** The type of a ref, which only its full name contains. */
export function refTypeOf(ref: string): RefType {
  if (ref.startsWith('refs/heads/')) return 'branch'
  return ref.startsWith('refs/tags/') ? 'tag' : 'unknown'
}

/** The name of a branch or tag without `refs/heads/` or `refs/tags/`. */
export const shortRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '')

/** The names under which GitHub can have recorded a ref. */
export const refVariants = (ref: string): readonly string[] =>
  refTypeOf(ref) === 'unknown' ? [ref, `refs/heads/${ref}`, `refs/tags/${ref}`] : [shortRef(ref), ref]

/**
 * Whether a deployment was created from a ref: a SHA, a short name, or a full name, which does not match a ref of the
 * other type with the same name.
 */
export function isOfRef(
  { sha, ref, refType, origin }: Pick<ListedDeployment, 'sha' | 'ref' | 'refType' | 'origin'>,
  wanted: string
): boolean {
  if (sha === wanted.toLowerCase()) return true
  const [name, type] = [shortRef(wanted), refTypeOf(wanted)]
  const known = [{ ref, refType }, ...(origin ? [origin] : [])]
  const isSameType = (other: RefType) => [type, other].includes('unknown') || other === type
  return known.some(each => shortRef(each.ref) === name && isSameType(each.refType))
}
