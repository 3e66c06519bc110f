import {
  choice,
  type Field,
  flag,
  get,
  getId,
  getText,
  id,
  isId,
  isJsonObject,
  optional,
  type Parsed,
  parseFields,
  text
} from '../lib/json.ts'
import { AUTO_INACTIVE, CANCELLED_STATES, FINAL_STATES, isFinal, UNFINISHED_STATES } from './deployment.ts'

const milliseconds =
  (fallback: number): Field<number> =>
  value =>
    isId(value) ? value : fallback

const PHASES = ['creating', 'nothing', 'open', 'started'] as const

/** What a `finish` adds to the record with the final state. */
export const FINAL_FIELDS = {
  /** A `finish` of this job has sent a final state that GitHub may not have confirmed. */
  isFinishing: flag(false),
  /** The final state, once GitHub confirmed it. */
  finished: optional(FINAL_STATES),
  /** The status with that state, and its other fields. */
  finalStatusId: id,
  finalUrl: text,
  finalLogUrl: text,
  finalDescription: text,
  /** The `finish` was given a URL or a state itself, so a late value of `start` does not count. */
  finishHadUrl: flag(false),
  finishHadState: flag(false)
}

/** What later steps of the job add to the record. */
export const STEP_FIELDS = {
  ...FINAL_FIELDS,
  /** Main or a later `finish` has recorded the artifacts. */
  areArtifactsRecorded: flag(false)
}

/** The fields for a state that GitHub confirmed. */
export const finalFields = (posted: {
  readonly state: string
  readonly statusId: number
  readonly environmentUrl: string
  readonly logUrl: string
  /** Without the result that it starts with. */
  readonly userDescription: string
}) => ({
  isFinishing: false,
  finished: isFinal(posted.state) ? posted.state : undefined,
  finalStatusId: posted.statusId,
  finalUrl: posted.environmentUrl,
  finalLogUrl: posted.logUrl,
  finalDescription: posted.userDescription
})

/**
 * What a `start` did: the record that main saves for its post step and for later steps of the job. It contains no
 * token and no job result. This table is the only list of its fields.
 */
const FIELDS = {
  key: text,
  repository: text,
  /**
   * `creating`: the create was sent, and its result is not known. `nothing`: there is no deployment to finish.
   * `open`: there is a deployment, and `start` has not completed. `started`: `start` completed.
   */
  phase: choice(PHASES, 'nothing'),
  /** Main ended by itself. A record without it belongs to a `start` that still runs or was interrupted. */
  hasEnded: flag(false),
  /** Main's process. */
  pid: id,
  /** `GITHUB_ACTION` of the step: the same in main and post. */
  action: text,
  /** `GITHUB_ACTION_PATH` of main: another one in post in a composite action inside a composite action. */
  actionPath: text,
  /** `deployment-id` or a `deployment` event named the deployment. */
  isReused: flag(false),
  /** The reused deployment had a final state, so it is deployed once more. */
  wasFinal: flag(false),
  /** The newest deployment of the environment when `start` read them; 0 if they could not be read. */
  newestKnownId: id,
  /** The newest status of a reused deployment before `start` posted one; 0 for a created one. */
  reusedAtStatusId: id,
  /** The last status that GitHub confirmed to `start`. */
  statusId: id,
  /** A status that was sent and not confirmed: GitHub can still record it after main was killed. */
  pendingState: optional(UNFINISHED_STATES),
  /** The create was sent twice, so there can be a second deployment. */
  mayHaveDuplicate: flag(false),
  /** The deployment; 0 before GitHub's answer and in a dry run. */
  id,
  environment: text,
  task: text,
  ref: text,
  sha: text,
  /** The branch or tag name; `ref` is usually a SHA. */
  refName: text,
  /** Address of the deployment in the API. */
  url: text,
  transient: flag(false),
  /** The post step of a nested composite action can get another one. */
  checkRunId: id,
  logUrl: text,
  environmentUrl: text,
  /** `environment-url` had a value in main, so a later value is not late. */
  hadUrl: flag(false),
  /** The `state` input of main; empty if it was not given. */
  givenState: text,
  description: text,
  /** The `artifacts` input. */
  artifacts: text,
  /** As given; unset means the rule (`canceledState`). */
  cancelledState: optional(CANCELLED_STATES),
  autoInactive: choice(AUTO_INACTIVE, 'false'),
  autoFinish: flag(true),
  timeoutMs: milliseconds(120_000),
  dryRun: flag(false),
  summary: flag(true),
  /** Milliseconds since 1970. */
  startedAt: milliseconds(0),
  previousId: id,
  previousSha: text,
  /** `start` wraps a command, whose exit code decides. */
  hasCommand: flag(false),
  /** The command wrote the environment URL, so a late value does not count. */
  isUrlFromCommand: flag(false),
  /** Exit code of the command if it ended without an interruption. */
  exitCode: (value: unknown) => (typeof value === 'number' ? value : undefined),
  /** Main was interrupted while the command ran, and posts the state of a canceled job itself. */
  wasInterrupted: flag(false),
  ...STEP_FIELDS,
  /** GitHub's payload, for the outputs of a later `finish`. Not saved for post, which has no outputs. */
  payload: text
}

export type StartRecord = Parsed<typeof FIELDS>

/** A record with the defaults of the table for what is not known. */
export const newStartRecord = (known: Partial<StartRecord>): StartRecord => ({ ...parseFields(FIELDS, {}), ...known })

/** Parses a record from a file or a variable, which are untrusted text; `undefined` if it is invalid. */
export function parseStartRecord(value: unknown): StartRecord | undefined {
  if (!isJsonObject(value) || get(value, 'v') !== 1 || !isUsable(value)) return undefined
  return parseFields(FIELDS, value)
}

/** The record as JSON. */
export const serializeStartRecord = (record: StartRecord): string => JSON.stringify({ v: 1, ...record })

/** A record names a repository, and a deployment or the key to find it by. The key is also the name of a file. */
function isUsable(value: unknown): boolean {
  const isRepository = /^[\w-]{1,100}\/[\w.-]{1,100}$/.test(getText(value, 'repository'))
  const isPhase = PHASES.some(phase => phase === get(value, 'phase'))
  const key = getText(value, 'key')
  const isKey = /^[0-9a-f-]{36}$/.test(key)
  const isKnown = getId(value, 'id') !== undefined || get(value, 'dryRun') === true
  const canBeFound = ['creating', 'nothing'].includes(getText(value, 'phase')) && isKey
  return isRepository && isPhase && (isKey || key === '') && (isKnown || canBeFound)
}
