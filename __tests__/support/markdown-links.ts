/** The links and the anchors of a Markdown page, in the forms that this project uses. */

const FENCE = /^( *)(```+|~~~+).*\n(?:.*\n)*?\1\2.*$/gm
const INLINE_CODE = /(`+)(?:.|\n)*?\1/g

// [text](target "title"), [name]: target, <https://…>, href="…" and its like, and bare addresses.
const LINKS = [
  /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g,
  /^ *\[[^\]]+\]:\s*<?([^\s>]+)/gm,
  /\b(?:href|src|srcset)="([^"\s]+)/g,
  /(?<![("=])\b(https?:\/\/[^\s<>)"]+)/g
]

/** The targets of all links and pictures outside of code. */
export function linksIn(markdown: string): string[] {
  const text = markdown.replace(FENCE, '').replace(INLINE_CODE, 'code')
  return [...new Set(LINKS.flatMap(link => [...text.matchAll(link)].map(([, to = '']) => to)))]
}

/** The anchors that GitHub creates for headings: lower case, hyphens for blanks, a number for a second one. */
export function anchorsIn(markdown: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of markdown.replace(FENCE, '').matchAll(/^#{1,6} +(.+)$/gm)) {
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim()
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  for (const [, id = ''] of markdown.matchAll(/<a [^>]*\b(?:id|name)="([^"]+)"/g)) anchors.add(id)
  return anchors
}
