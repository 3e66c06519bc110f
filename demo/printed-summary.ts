import { rendered } from './pages/summary.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

const plain = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|amp);/g, entity => ENTITIES[entity] ?? entity)

/**
 * The lines of a job summary as text. A link is followed by its URL, except one to the simulated GitHub at
 * `origin`, which ends with the demo.
 */
export function printedSummary(markdown: string, origin: string): string[] {
  const html = rendered(markdown)
    .replace(/\u200b/g, '')
    .replace(/<a href="([^"]*)">(.*?)<\/a>/g, (_link, url: string, text: string) =>
      url.startsWith(origin) ? text : `${text} (${url})`
    )
    .replace(/<table>(.*?)<\/table>/gs, (_table, rows: string) => `${tableLines(rows).join('\n')}\n`)
  return plain(html)
    .split('\n')
    .filter(line => line.trim() !== '')
}

/** The rows of a table, with aligned columns. */
function tableLines(table: string): string[] {
  const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell)
  )
  const width = (column: number): number => Math.max(...rows.map(row => plain(row[column] ?? '').length))
  return rows.map(row =>
    row
      .map((cell, column) => cell + ' '.repeat(width(column) - plain(cell).length))
      .join('  ')
      .trimEnd()
  )
}
