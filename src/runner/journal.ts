import { createHmac, timingSafeEqual } from 'node:crypto'
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseStartRecord, type StartRecord, serializeStartRecord } from '../deployment/start-record.ts'
import { getText, parseJson } from '../lib/json.ts'
import type { RunContext } from './context.ts'
import { makeFolders, readRegularFile } from './runner-file.ts'

const MAX_RECORD_BYTES = 256 * 1024
// A job has a few `start` steps. Other steps can write more files; too many must not take memory or time.
const MAX_FILES = 5_000

/**
 * How the steps of one job find each other without wiring: a file per `start` in `RUNNER_TEMP`, which the runner
 * empties with each job. Other steps can write there, so only sealed records count. Without the folder, or without a
 * record, GitHub is asked.
 */
export interface Journal {
  put(record: StartRecord): void
  get(key: string): StartRecord | undefined
  /** Updates every record of a deployment. */
  update(id: number, change: Partial<StartRecord>): void
  /** All records of this job, oldest first. */
  all(): readonly StartRecord[]
}

/** Opens the journal of a job. `redact` removes secrets from what is written. */
export function openJournal(run: RunContext, { seal, checkRunId, redact }: JournalOptions): Journal {
  // The job is part of the path, since some runners have one RUNNER_TEMP for all jobs.
  const job = [run.runId ?? 0, run.runAttempt, encodeURIComponent(run.job), checkRunId ?? 0]
  const folder = join(run.tempFolder, 'deploy-status-action', job.join('-'))
  const read = (name: string): StartRecord | undefined => {
    const text = readRegularFile(join(folder, name), MAX_RECORD_BYTES)
    const record = text === undefined ? undefined : parseStartRecord(seal.open(text, name))
    return record && fileOf(record.key) === name ? record : undefined
  }
  const put = (record: StartRecord) => {
    if (run.tempFolder === '') return
    const name = fileOf(record.key)
    try {
      makeFolders(folder)
      const sealed = seal.close(redact(serializeStartRecord(record)), name)
      // Another step can have put a FIFO or a link there.
      rmSync(join(folder, `${name}.new`), { force: true, recursive: true })
      writeFileSync(join(folder, `${name}.new`), sealed, { mode: 0o600, flag: 'wx' })
      // A rename leaves no half-written record if the process is killed.
      renameSync(join(folder, `${name}.new`), join(folder, name))
    } catch {
      // The disk is full or read-only: later steps ask GitHub.
    }
  }
  const all = () =>
    namesIn(folder)
      .map(read)
      .filter(record => record !== undefined)
      .sort((one, other) => one.startedAt - other.startedAt || one.id - other.id)
  return {
    put,
    all,
    // The key is checked, because it becomes a file name.
    get: key => (/^[0-9a-f-]{36}$/.test(key) ? read(fileOf(key)) : undefined),
    update(id, change) {
      for (const record of all()) if (record.id === id) put({ ...record, ...change })
    }
  }
}

export interface JournalOptions {
  readonly seal: Seal
  readonly checkRunId: number | undefined
  readonly redact: (text: string) => string
}

const fileOf = (key: string): string => `${key}.json`

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => /^[0-9a-f-]{36}\.json$/.test(name))
      .slice(0, MAX_FILES)
  } catch {
    return []
  }
}

/** Whether a `start` that did not end still runs: its process exists. */
export function isAtWork({ hasEnded, pid, phase }: StartRecord): boolean {
  if (hasEnded || pid === 0 || phase === 'nothing') return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Marks records of this job, so that a record which another step wrote or copied is not believed. The key is the
 * job's own token: a step that cannot read it cannot make a valid mark (see SECURITY.md for what can read it).
 */
export interface Seal {
  /** The JSON with an HMAC-SHA256 over it, the job, and its place: the name of its file, or `state`. */
  close(json: string, place: string): string
  /** The parsed value; `undefined` if the mark is missing or wrong. */
  open(text: string, place: string): unknown
}

/** The place of a record in the saved state, which has no file name. */
export const STATE_PLACE = 'state'

/** A seal for one job. With an empty token no mark is valid. */
export function createSeal(token: string, run: RunContext, checkRunId: number | undefined): Seal {
  const job = [run.repository, run.runId, run.runAttempt, run.job, checkRunId ?? 0]
  const markOf = (json: string, place: string) =>
    createHmac('sha256', token)
      .update(JSON.stringify([...job, place, json]))
      .digest('hex')
  return {
    close: (json, place) => JSON.stringify({ json, mac: markOf(json, place) }),
    open(text, place) {
      const sealed = parseJson(text)
      const json = getText(sealed, 'json')
      const [given, wanted] = [getText(sealed, 'mac'), markOf(json, place)]
      const isValid =
        token !== '' && given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
      return isValid ? parseJson(json) : undefined
    }
  }
}
