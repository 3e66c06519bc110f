import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import type { FinalState } from '../deployment/deployment.ts'
import {
  parseStartRecord,
  type StartRecord,
  serializeStartRecord
} from '../deployment/start-record.ts'
import { parseJson } from '../lib/json.ts'
import type { RunContext } from './context.ts'

const MAX_RECORD_BYTES = 1024 * 1024

/**
 * How the steps of one job find each other without wiring: one small file for each `start`, in the job's
 * own folder for temporary files, which the runner empties with each job. It saves `finish` the search
 * on GitHub and tells post that somebody has finished already.
 */
export interface Journal {
  /** False where the runner gives no such folder: then GitHub has to be asked. */
  readonly isKept: boolean
  put(record: StartRecord): void
  get(key: string): StartRecord | undefined
  /** Notes the final state of a deployment in every record of it. */
  finish(id: number, state: FinalState): void
  /** All of this job, oldest first. */
  all(): readonly StartRecord[]
}

/** `clean` takes secrets out of what is written. */
export function openJournal(
  run: RunContext,
  checkRunId: number | undefined,
  clean: (text: string) => string
): Journal {
  if (run.tempFolder === '' || !existsSync(run.tempFolder)) return NO_JOURNAL
  // Named after the job too: some runners have one such folder for all jobs.
  const job = [run.runId ?? 0, run.runAttempt, encodeURIComponent(run.job), checkRunId ?? 0].join(
    '-'
  )
  const folder = join(run.tempFolder, 'deploy-status-action', job)
  const read = (name: string): StartRecord | undefined => {
    const file = join(folder, name)
    try {
      if (statSync(file).size > MAX_RECORD_BYTES) return undefined
      return parseStartRecord(parseJson(readFileSync(file, 'utf8')))
    } catch {
      return undefined
    }
  }
  const put = (record: StartRecord) => {
    try {
      mkdirSync(folder, { recursive: true })
      const file = join(folder, `${record.key}.json`)
      writeFileSync(`${file}.new`, clean(serializeStartRecord(record)), { mode: 0o600 })
      // Renamed into place, so that a kill in the middle leaves the old record and no half one.
      renameSync(`${file}.new`, file)
    } catch {
      // A full or read-only disk: GitHub itself can still be asked.
    }
  }
  const all = () => {
    const names = existsSync(folder)
      ? readdirSync(folder).filter(name => name.endsWith('.json'))
      : []
    const found = names.map(read).filter(record => record !== undefined)
    return found.sort((one, other) => one.startedAt - other.startedAt || one.id - other.id)
  }
  return {
    isKept: true,
    put,
    all,
    // The key may come from a variable that anybody could set: it must not name another file.
    get: key => (/^[0-9a-f-]{36}$/.test(key) ? read(`${key}.json`) : undefined),
    finish(id, state) {
      for (const record of all()) if (record.id === id) put({ ...record, finished: state })
    }
  }
}

const NO_JOURNAL: Journal = {
  isKept: false,
  put: () => undefined,
  get: () => undefined,
  finish: () => undefined,
  all: () => []
}
