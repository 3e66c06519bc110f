import { escapeMarkdown } from './markdown.ts'

// Shorter pieces of an encoded secret occur in unrelated texts.
const MIN_PIECE_CHARS = 8
const MAX_PIECE_CHARS = 1024
// The end of a truncated text, possibly in the middle of a secret.
const ELLIPSIS = '…'

/** Removes secrets from texts, in all forms of `formsOf`. */
export interface Redactor {
  readonly redact: (text: string) => string
  add(secret: string): void
}

export function createRedactor(): Redactor {
  let forms: readonly string[] = []
  return {
    add(secret) {
      // Longest first, since a form can contain another one.
      forms = [...new Set([...forms, ...formsOf(secret)])].sort((one, other) => other.length - one.length)
    },
    redact: text => forms.reduce((result, form) => withoutStart(result.replaceAll(form, '***'), form), text)
  }
}

/** A secret unchanged and encoded: for a URL, JSON, our Markdown, in hexadecimal, and within base64. */
function formsOf(secret: string): readonly string[] {
  const encoded = [
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    escapeMarkdown(secret),
    Buffer.from(secret).toString('hex'),
    ...base64Of(secret)
  ]
  const long = encoded.filter(form => form.length >= MIN_PIECE_CHARS)
  return [...new Set([secret, ...long])]
}

/** Base64 encodes three bytes as four characters, so the result depends on the number of bytes before the secret. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [0, 1, 2].flatMap(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
    // Only the characters that depend on the secret alone.
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((text.length * 8) / 6)]
    return (['base64', 'base64url'] as const).map(form => text.toString(form).slice(from, to))
  })
}

/** Removes a secret whose end was truncated. */
function withoutStart(text: string, secret: string): string {
  if (!text.includes(ELLIPSIS)) return text
  let result = text
  const longest = Math.min(secret.length - 1, MAX_PIECE_CHARS)
  for (let length = longest; length >= MIN_PIECE_CHARS; length--) {
    result = result.replaceAll(secret.slice(0, length) + ELLIPSIS, `***${ELLIPSIS}`)
  }
  return result
}
