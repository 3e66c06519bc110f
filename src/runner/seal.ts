import { createHmac, timingSafeEqual } from 'node:crypto'
import { getText, parseJson } from '../lib/json.ts'
import type { RunContext } from './context.ts'

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
