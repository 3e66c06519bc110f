// JSON and text cannot have this key, so an object with it was created by a template in this file.
const MARKUP = Symbol('markup')

/** Safe HTML. */
export interface Html {
  readonly [MARKUP]: string
}

type Value = string | number | undefined | Html | readonly Html[]

/** A template that escapes its values, except HTML from another template. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  [MARKUP]: String.raw({ raw: parts }, ...values.map(markup))
})

/** The HTML as text. */
export const textOf = (page: Html): string => page[MARKUP]

/** Trusted text, such as a style sheet, without escaping. */
export const verbatim = (text: string): Html => ({ [MARKUP]: text })

function markup(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escaped(value)
  return 'map' in value ? value.map(textOf).join('') : value[MARKUP]
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

// HTML allows no control characters except line breaks and tabs.
const UNSAFE = /[&<>"']|[^\P{Cc}\n\t]/gu

const escaped = (text: string): string =>
  text.toWellFormed().replace(UNSAFE, character => ENTITIES[character] ?? '\ufffd')

/** A link. Empty if the URL is not http(s). */
export function link(address: string, text: Value): Html {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return html``
  return html`<a href="${url.href}" rel="noopener noreferrer">${text}</a>`
}

/** Untrusted text, isolated so that its direction marks do not affect the text around it. */
export const isolate = (text: string): Html => html`<bdi>${text}</bdi>`
