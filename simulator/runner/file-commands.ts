/** A file command that the runner refuses; the message is the runner's. */
export class FileCommandError extends Error {
  override name = 'FileCommandError'
}

/**
 * Reads what a step wrote to `GITHUB_OUTPUT`, `GITHUB_STATE` or `GITHUB_ENV`, in order: `NAME=VALUE`
 * or `NAME<<DELIMITER`, lines, `DELIMITER`. By behaviour the runner's FileCommandManager.cs on Linux,
 * where a carriage return is part of the value.
 */
export function parseFileCommand(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  const lines = text.split('\n')
  // The last line break ends the file; without one the last line has none.
  const endsInBreak = lines.at(-1) === ''
  if (endsInBreak) lines.pop()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (name === '' || delimiter === '') {
        throw new FileCommandError(
          `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`
        )
      }
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) {
        throw new FileCommandError(
          endsInBreak || index === lines.length - 1
            ? `Invalid value. Matching delimiter not found '${delimiter}'`
            : 'Invalid value. EOF marker missing new line.'
        )
      }
      pairs.push([name, lines.slice(index + 1, end).join('\n')])
      index = end
    } else {
      throw new FileCommandError(`Invalid format '${line}'`)
    }
  }
  return pairs
}
