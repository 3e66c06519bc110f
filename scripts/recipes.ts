/** Writes the examples into docs/recipes.md, each below the marker that names it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('..', import.meta.url)

const MARKED = /^<!-- (examples\/\S+\.yml) -->\n(?:```yaml\n(?:.*\n)*?```\n)?/gm

/** The examples that the page has a place for, in its order. */
export const recipesOf = (page: string): string[] => [...page.matchAll(MARKED)].map(([, path = '']) => path)

/** The page with every example made anew. */
export const withRecipes = (page: string, read: (path: string) => string): string =>
  page.replace(MARKED, (_all, path: string) => `<!-- ${path} -->\n\`\`\`yaml\n${read(path).trimEnd()}\n\`\`\`\n`)

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = new URL('docs/recipes.md', root)
  const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
  writeFileSync(page, withRecipes(readFileSync(page, 'utf8'), read))
}
