import { parseUrl, sanitizeLine } from './text.ts'

const MAX_TEXT_CHARS = 300

/**
 * Escapes untrusted text for Markdown. ASCII punctuation except `-` becomes entities: no other character has a meaning in
 * Markdown, HTML, or automatic links. A zero-width space separates the sign of a mention or issue reference from its name.
 */
export function escapeMarkdown(text: string): string {
  const entity = (character: string) => `&#${character.charCodeAt(0)};`
  return (
    sanitizeLine(text, MAX_TEXT_CHARS)
      .trimStart()
      .replace(/[!-,./:-@[-`{-~]/g, entity)
      .replace(/&#(64|35);/g, '$&&#8203;')
      // A list or a line at the start of a paragraph.
      .replace(/^-/, '&#45;')
  )
}

/** A link, or the text alone if the address is not an http(s) URL. */
export function link(text: string, address: string): string {
  const url = parseUrl(address)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return escapeMarkdown(text)
  // `new URL` encodes the rest.
  const safe = url.href.replace(/[()<>[\]"'`|\\*]/g, character => {
    const code = character.charCodeAt(0).toString(16).toUpperCase()
    return `%${code}`
  })
  return `[${escapeMarkdown(text)}](${safe})`
}

/** A table of one row. Cells are Markdown; columns with an empty cell are omitted. */
export function facts(columns: readonly (readonly [string, string])[]): string {
  const filled = columns.filter(([, value]) => value !== '')
  return table(
    filled.map(([name]) => name),
    [filled.map(([, value]) => value)]
  )
}

/** A table. Heads and cells are Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Markdown for the job summary. */
export type Summary = string

// The runner drops a summary of more than 1 MiB, and a table is not readable long before that.
const MAX_SUMMARY_CHARS = 64 * 1024

/** Truncates a summary that the runner would drop. */
export function truncateSummary(summary: Summary): Summary {
  if (summary.length <= MAX_SUMMARY_CHARS) return summary
  // Half a row is not a table.
  const kept = summary.slice(0, MAX_SUMMARY_CHARS)
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n…\n`
}
