import { escapeMarkdown } from './markdown.ts'

// Shorter pieces of an encoded secret would be found in innocent texts too.
const MIN_PIECE_CHARS = 8
const MAX_PIECE_CHARS = 1024
// A text that is cut ends so, maybe in the middle of a secret.
const ELLIPSIS = '…'

/** Takes secrets out of texts: as they are, and in the forms in which a text of ours or a server's may hold them. */
export interface Redactor {
  readonly redact: (text: string) => string
  add(secret: string): void
}

export function createRedactor(): Redactor {
  let forms: readonly string[] = []
  return {
    add(secret) {
      // Longest first: a form may hold another one.
      forms = [...new Set([...forms, ...formsOf(secret)])].sort(
        (one, other) => other.length - one.length
      )
    },
    redact: text =>
      forms.reduce((shown, form) => withoutStart(shown.replaceAll(form, '***'), form), text)
  }
}

/** A secret as it is, in a URL, in JSON, in our Markdown, in hexadecimal, and anywhere inside of base64. */
export function formsOf(secret: string): readonly string[] {
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

/** Base64 of three bytes is four characters, so what it looks like depends on how much stands before it. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [0, 1, 2].flatMap(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
    // Only the characters that are of the secret alone.
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((text.length * 8) / 6)]
    return (['base64', 'base64url'] as const).map(form => text.toString(form).slice(from, to))
  })
}

/** A secret whose end was cut away. */
function withoutStart(text: string, secret: string): string {
  if (!text.includes(ELLIPSIS)) return text
  let shown = text
  const longest = Math.min(secret.length - 1, MAX_PIECE_CHARS)
  for (let length = longest; length >= MIN_PIECE_CHARS; length--) {
    shown = shown.replaceAll(secret.slice(0, length) + ELLIPSIS, `***${ELLIPSIS}`)
  }
  return shown
}
