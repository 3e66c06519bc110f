import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { PICTURES } from '../../scripts/pictures/list.ts'
import { ROOT } from '../support/scenario.ts'

const FOLDER = join(ROOT, 'docs', 'pictures')

/** Compares the HTML of the pictures. Their pixels depend on the fonts of the machine. */
test.each(Object.keys(PICTURES))('the pictures of %s are current', async name => {
  const page = readFileSync(join(FOLDER, `${name}.html`), 'utf8')
  // To update: run "npm run pictures" and check the pictures.
  expect(await PICTURES[name]?.()).toBe(page)
})

test('each has a light and a dark version, and the folder contains nothing else', () => {
  const files = Object.keys(PICTURES).flatMap(name => [`${name}-dark.png`, `${name}-light.png`, `${name}.html`])
  expect(readdirSync(FOLDER).sort()).toEqual(files.sort())
})

test('the README shows each picture, light and dark', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const shown = [...readme.matchAll(/docs\/pictures\/([\w-]+\.png)/g)].map(([, file]) => file)
  expect(shown.sort()).toEqual(
    readdirSync(FOLDER)
      .filter(file => file.endsWith('.png'))
      .sort()
  )
})
