import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { PICTURES } from '../../scripts/pictures/list.ts'
import { ROOT } from '../support/story.ts'

const FOLDER = join(ROOT, 'docs', 'pictures')

/** What the pictures were taken of, not their pixels, which differ by fonts. */
test.each(Object.keys(PICTURES))('the pictures of %s show what the action does', async name => {
  const page = readFileSync(join(FOLDER, `${name}.html`), 'utf8')
  // Else: "npm run pictures", and look at the pictures.
  expect(await PICTURES[name]?.()).toBe(page)
})

test('each has a light and a dark one, and nothing is left over', () => {
  const files = Object.keys(PICTURES).flatMap(name => [`${name}-dark.png`, `${name}-light.png`, `${name}.html`])
  expect(readdirSync(FOLDER).sort()).toEqual(files.sort())
})
