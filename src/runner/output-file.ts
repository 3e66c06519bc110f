/**
 * The runner's format of `$GITHUB_OUTPUT`: `NAME=VALUE`, or `NAME<<DELIMITER`, lines, `DELIMITER`. What
 * does not follow it is passed over, since the command has ended and cannot be told.
 */
export function parseOutputs(text: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>()
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, index + 1)
      if (delimiter === '' || end < 0) continue
      outputs.set(line.slice(0, heredoc), lines.slice(index + 1, end).join('\n'))
      index = end
    } else if (equals > 0) {
      outputs.set(line.slice(0, equals), line.slice(equals + 1))
    }
  }
  return outputs
}
