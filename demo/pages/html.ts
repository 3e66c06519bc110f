// No JSON and no text of a stranger can carry this key: what has it was written in a template here.
const MARKUP = Symbol('markup')

/** Markup that is safe to send. */
export interface Html {
  readonly [MARKUP]: string
}

type Value = string | number | undefined | Html | readonly Html[]

/** A template whose values are text, unless they came out of such a template themselves. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  [MARKUP]: String.raw({ raw: parts }, ...values.map(markup))
})

/** The text to send. */
export const textOf = (page: Html): string => page[MARKUP]

/** A file of our own, such as a style sheet, as it is. */
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

// Control characters have no place in HTML; line breaks and tabs have.
const UNSAFE = /[&<>"']|[^\P{Cc}\n\t]/gu

const escaped = (text: string): string =>
  text.toWellFormed().replace(UNSAFE, character => ENTITIES[character] ?? '\ufffd')

/** A link; nothing where the address is no http(s) one. */
export function link(address: string, text: Value): Html {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return html``
  return html`<a href="${url.href}" rel="noopener noreferrer">${text}</a>`
}

/** A stranger's text: direction marks in it reach no further than its end. */
export const foreign = (text: string): Html => html`<bdi>${text}</bdi>`
