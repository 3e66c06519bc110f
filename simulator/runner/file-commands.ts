/** A malformed command file. The message is the runner's. */
export class FileCommandError extends Error {
  override name = 'FileCommandError'
}

/**
 * Parses the content of `GITHUB_OUTPUT`, `GITHUB_STATE` or `GITHUB_ENV`, pair by pair: `NAME=VALUE`, or
 * `NAME<<DELIMITER`, lines, `DELIMITER`. Follows the runner's FileCommandManager.cs on Linux, where a
 * carriage return belongs to the value. The pairs before a malformed line count.
 * @throws {FileCommandError} at a malformed line
 */
export function* parseFileCommand(text: string): Generator<[name: string, value: string]> {
  const lines = text.split('\n')
  const endsInBreak = lines.at(-1) === ''
  if (endsInBreak) lines.pop()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [line.slice(0, equals), line.slice(equals + 1)]
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (name === '' || delimiter === '') {
        throw new FileCommandError(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) {
        throw new FileCommandError(
          endsInBreak || index === lines.length - 1
            ? `Invalid value. Matching delimiter not found '${delimiter}'`
            : 'Invalid value. EOF marker missing new line.'
        )
      }
      yield [name, lines.slice(index + 1, end).join('\n')]
      index = end
    } else {
      throw new FileCommandError(`Invalid format '${line}'`)
    }
  }
}
