import { parseStartRecord, type StartRecord } from '../../src/deployment/start-record.ts'
import { getText, parseJson } from '../../src/lib/json.ts'

/** The record that a stage saved for its post step, without a check of its seal. */
export const savedRecord = (state: Readonly<Record<string, string>>): StartRecord | undefined =>
  parseStartRecord(parseJson(getText(parseJson(state['record'] ?? ''), 'json')))
