import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { recipesOf, withRecipes } from '../../scripts/recipes.ts'
import { allExamples, textOf } from '../support/examples/repository.ts'
import { ROOT } from '../support/story.ts'

const page = readFileSync(join(ROOT, 'docs', 'recipes.md'), 'utf8')

test('every example is in docs/recipes.md, once', () => {
  expect(recipesOf(page).sort()).toEqual(allExamples().map(file => `examples/${file}`))
})

test('docs/recipes.md shows the examples as they are; "npm run recipes" writes it', () => {
  const read = (path: string): string => textOf(path.replace('examples/', ''))
  expect(page).toBe(withRecipes(page, read))
})
