import { sanitizeLine } from './text.ts'

const MAX_TEXT_CHARS = 300

/**
 * A stranger's text for Markdown: every character that could mean something, in Markdown, HTML or as an
 * automatic link, becomes an entity, and a mention or issue number is broken up by a zero-width space.
 */
export function escapeMarkdown(text: string): string {
  const entity = (character: string) => `&#${character.codePointAt(0)};`
  return sanitizeLine(text, MAX_TEXT_CHARS)
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic} -]/gu, entity)
    .replace(/&#(64|35);/g, '$&&#8203;')
}

/** A link, or the bare text where the address is no http(s) one. */
export function link(text: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return escapeMarkdown(text)
  // What ends a Markdown link or starts an HTML tag is percent-encoded; `new URL` does the rest.
  const safe = url.href.replace(/[()<>[\]"'`|\\*]/g, character => {
    const code = character.charCodeAt(0).toString(16).toUpperCase()
    return `%${code}`
  })
  return `[${escapeMarkdown(text)}](${safe})`
}

/** A table of one row: a fact a column. Cells are Markdown already; columns without a value are left out. */
export function facts(columns: readonly (readonly [string, string])[]): string {
  const shown = columns.filter(([, value]) => value !== '')
  return table(
    shown.map(([name]) => name),
    [shown.map(([, value]) => value)]
  )
}

/** A table; heads and cells are Markdown already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Markdown for the job's page. */
export type Summary = string

// The runner drops a summary of over 1 MiB; a table that long is read by nobody.
const MAX_SUMMARY_CHARS = 64 * 1024

/** Cut where the runner would drop all of it. */
export function truncateSummary(summary: Summary): Summary {
  if (summary.length <= MAX_SUMMARY_CHARS) return summary
  // At the end of a line: half a row of a table would be read as something else.
  const kept = summary.slice(0, MAX_SUMMARY_CHARS)
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n…\n`
}
