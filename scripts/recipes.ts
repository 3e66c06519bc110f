/** Writes the examples into the pages of docs/recipes, each below the marker that names it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(import.meta.dirname, '..')
const MARKED = /^<!-- (examples\/\S+\.yml) -->\n(?:```yaml\n(?:.*\n)*?```\n)?/gm

/** The paths of the pages, from the root of the repository. */
export const recipePages = (): string[] =>
  readdirSync(join(ROOT, 'docs', 'recipes'))
    .sort()
    .map(name => `docs/recipes/${name}`)

/** The examples that a page has a place for, in its order. */
export const recipesOf = (page: string): string[] => [...page.matchAll(MARKED)].map(([, path = '']) => path)

/** The page with the current text of every example. */
export const withRecipes = (page: string): string =>
  page.replace(MARKED, (_all, path: string) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    return `<!-- ${path} -->\n\`\`\`yaml\n${text.trimEnd()}\n\`\`\`\n`
  })

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of recipePages()) {
    const file = join(ROOT, path)
    writeFileSync(file, withRecipes(readFileSync(file, 'utf8')))
  }
}
