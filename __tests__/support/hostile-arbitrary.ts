import fc from 'fast-check'

/** Parts of commands, control sequences, Markdown and HTML, between other characters. */
const PIECES = [
  ...['::', ':', '##[', '##', '[', ']', ' ', '\t', '\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085'],
  ...['error', 'set-output name=a', 'add-mask', 'stop-commands', 'save-state', '%0A', '%0D', '%25'],
  ...['\u001b[31m', '\u001b]0;t\u0007', '\u202e', '\u2066', '\u200b', '\ufeff', '\0', '\u009b'],
  ...['<', '>', '&', '&#60;', '`', '|', '![', '](', 'javascript:', 'https://e.example', 'www.', '@'],
  ...['#1', '\\', '*', '_', '~~', 'EOF', '<<', '=', '"', "'", '\ud800', '\udc00', '👩‍👩‍👧', 'ä', '…']
]
/** A hostile or unusual text. */
export const TEXT = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary' })), {
    maxLength: 60
  })
  .map(parts => parts.join(''))
