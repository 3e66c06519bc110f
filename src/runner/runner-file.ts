import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { dirname } from 'node:path'
import { type ArtifactSubject, toSubject } from '../deployment/artifacts.ts'
import { get, getText, parseJson } from '../lib/json.ts'
import type { Env } from './addresses.ts'

// GitHub takes 50 MB of outputs in a whole workflow run.
const MAX_BYTES = 50 * 1024 * 1024
const MAX_NAMED = 5
const MAX_SHOWN_CHARS = 200

// Without these flags a FIFO would block the open, and a link could lead to another file. Windows has neither.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** The text of a regular file; `undefined` for anything else, or if it has more than `maxBytes`. */
export function readRegularFile(path: string, maxBytes: number): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, FLAGS)
    const status = fstatSync(file)
    return status.isFile() && status.size <= maxBytes ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Creates a folder and those above it. Node's own `recursive` does not return for a link to `/proc`. */
export function makeFolders(path: string): void {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // A step that runs at the same time can have created it.
    if (!existsSync(path)) throw error
  }
}

/** Creates a file of the runner that was deleted, with its folder. The runner reads it when this process has ended. */
export function restoreFile(path: string | undefined): boolean {
  if (!path || existsSync(path)) return false
  makeFolders(dirname(path))
  writeFileSync(path, '')
  return true
}

/** A file of the runner with names and values. */
export interface RunnerFile {
  set(name: string, value: string): void
  /** Writes everything again if the file was deleted. Throws if that is not possible. */
  restore(): void
}

/**
 * Remembers what is written to a file of the runner: a command that empties `RUNNER_TEMP` deletes it, and so can
 * another step that runs at the same time.
 */
export function openRunnerFile(path: string | undefined, write: (name: string, value: string) => void): RunnerFile {
  const values = new Map<string, string>()
  const append = (name: string, value: string) => {
    const size = sizeOf(path)
    try {
      write(name, value)
    } catch (error) {
      // The runner rejects the whole file if it ends with a part of a value, such as after a full disk.
      if (path) truncateSync(path, size)
      throw error
    }
  }
  const restore = () => {
    if (values.size === 0 || !restoreFile(path)) return false
    for (const [name, value] of values) append(name, value)
    return true
  }
  return {
    set(name, value) {
      values.set(name, value)
      if (!restore()) append(name, value)
    },
    restore
  }
}

/** Bytes of a file of the runner; 0 if there is none. Throws for a FIFO, because a write to it could block forever. */
export function sizeOf(path: string | undefined): number {
  const found = path ? statSync(path, { throwIfNoEntry: false }) : undefined
  if (found?.isFIFO()) throw new Error(`${path} is a FIFO`)
  return found?.size ?? 0
}

/** What a command wrote to `$GITHUB_OUTPUT` or `$GITHUB_ENV`. */
export interface FileCommands {
  readonly values: ReadonlyMap<string, string>
  /** What is wrong with the file, as one text that names the lines; empty if nothing is. */
  readonly problem: string
}

/** Reads such a file. It belongs to the command, so it can be missing, huge or no file at all. Never throws. */
export function readFileCommands(path: string): FileCommands {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) return { values: new Map(), problem: '' }
    if (!found.isFile()) return { values: new Map(), problem: 'it is not a file' }
    if (found.size > MAX_BYTES) return { values: new Map(), problem: 'it is larger than 50 MiB' }
    return parseFileCommands(decode(readFileSync(path)))
  } catch (error) {
    return { values: new Map(), problem: error instanceof Error ? error.message : String(error) }
  }
}

/** The runner reads the file as .NET does: by its byte order mark, and as UTF-8 without one. */
function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/**
 * The runner's format (FileCommandManager.cs): `NAME=VALUE`, or `NAME<<DELIMITER`, lines, `DELIMITER`. The
 * runner stops at the first malformed line and fails the step; here the other lines count.
 */
function parseFileCommands(text: string): FileCommands {
  const values = new Map<string, string>()
  const problems: string[] = []
  const raw = text.split('\n')
  const lines = raw.map(withoutReturn)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const [, name = '', separator = '', rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? []
    const isHeredoc = separator === '<<'
    const end = isHeredoc ? lines.indexOf(rest, index + 1) : index
    if (name === '' || (isHeredoc && rest === '')) {
      problems.push(`line ${index + 1}${shown(line)} is neither NAME=VALUE nor NAME<<DELIMITER`)
    } else if (end < 0) {
      problems.push(`line ${index + 1}${shown(line)} has no line with its delimiter after it`)
      // What follows belongs to the value, whatever it looks like.
      break
    } else {
      values.set(name, isHeredoc ? withoutReturn(raw.slice(index + 1, end).join('\n')) : rest)
      index = end
    }
  }
  return { values, problem: summarize(problems) }
}

/** On Windows a line can end in CRLF. Elsewhere a carriage return is part of the value. */
const withoutReturn = (line: string): string => (process.platform === 'win32' ? line.replace(/\r$/, '') : line)

/** Only a whole line: the runner masks a secret, but not a part of one. */
const shown = (line: string): string => (line.length > MAX_SHOWN_CHARS ? '' : ` ("${line}")`)

function summarize(problems: readonly string[]): string {
  const more = problems.length - MAX_NAMED
  return problems.slice(0, MAX_NAMED).join('; ') + (more > 0 ? `; ${more} more` : '')
}

const MAX_LIST_BYTES = 1024 * 1024

/**
 * The OCI artifacts that earlier steps of the job declared in `$GITHUB_ARTIFACTS`. `undefined` if the runner does not
 * provide the list. Other steps can write to the file, so invalid entries are ignored.
 */
export function readArtifactsList(env: Env): readonly ArtifactSubject[] | undefined {
  const text = readRegularFile(env['GITHUB_ARTIFACTS_LIST'] ?? '', MAX_LIST_BYTES) ?? ''
  const listed = get(parseJson(text), 'subjects')
  if (!Array.isArray(listed)) return undefined
  return listed
    .filter(each => getText(each, 'kind') === 'oci')
    .map(each => toSubject(getText(each, 'name'), getText(each, 'digest')))
    .filter(subject => subject !== undefined)
}
