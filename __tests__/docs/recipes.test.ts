import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { recipePages, recipesOf, withRecipes } from '../../scripts/recipes.ts'
import { allExamples } from '../support/examples/repository.ts'
import { anchorsIn, linksIn } from '../support/markdown-links.ts'
import { ROOT } from '../support/scenario.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const pages = recipePages().map(path => ({ path, text: read(path) }))

test('every example is on one page of docs/recipes, once', () => {
  expect(pages.flatMap(({ text }) => recipesOf(text)).sort()).toEqual(allExamples().map(file => `examples/${file}`))
})

test.each(pages)('$path shows the examples as they are; "npm run recipes" writes it', ({ text }) => {
  expect(text).toBe(withRecipes(text))
})

test.each(pages)('every workflow in $path is an example', ({ text }) => {
  expect(text.match(/^```ya?ml$/gm)).toHaveLength(recipesOf(text).length)
})

test('docs/recipes.md links to every recipe', () => {
  const links = new Set(linksIn(read('docs/recipes.md')))
  const recipes = pages.flatMap(({ path, text }) => {
    const [, ...anchors] = anchorsIn(text)
    return anchors.map(anchor => `${path.replace('docs/', '')}#${anchor}`)
  })
  expect(recipes.filter(recipe => !links.has(recipe))).toEqual([])
})
