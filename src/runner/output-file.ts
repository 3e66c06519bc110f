import { readFileSync, statSync } from 'node:fs'

// GitHub takes 50 MB of outputs in a whole workflow run.
const MAX_BYTES = 50 * 1024 * 1024
const MAX_NAMED = 5
const MAX_SHOWN_CHARS = 200

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
